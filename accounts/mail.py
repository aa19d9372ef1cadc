"""Letters to customers as they leave: plain words, the sender's own address to answer to."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import CustomerLetter, Pulse
from accounts.rules import customer_letter as rules
from accounts.rules import pulse as pulse_rules
from common import tokens
from common.merge_fields import fields_in, one_line
from people.models import Company


def send(letter: CustomerLetter) -> None:
    """To the address the letter holds; raises what the mail server raises."""
    body = letter.body
    if letter.pulse and "link" in fields_in(body):
        body = rules.fill_late(body, {"link": pulse_url(letter.pulse)})
    with translation.override(letter.language):
        context = {"company": Company.current(), "body": body, "language": letter.language}
        html = render_to_string("emails/customer_letter.html", context)
    message = EmailMultiAlternatives(
        one_line(letter.subject),
        body.strip() + "\n",
        to=[letter.address],
        reply_to=[letter.sent_by.email] if letter.sent_by else None,
        headers={"Message-ID": message_id(letter)},
    )
    message.attach_alternative(html, "text/html")
    if letter.pulse:
        _begin_time(letter.pulse)
    message.send()


def _begin_time(pulse: Pulse) -> None:
    """A question is open for 30 days from the letter that asks it."""
    pulse.asked_at = timezone.now()
    pulse.expires_at = pulse.asked_at + pulse_rules.OPEN
    pulse.save(update_fields=["asked_at", "expires_at"])


def pulse_url(pulse: Pulse) -> str:
    token = tokens.derive(pulse_rules.PURPOSE, pulse.seed)
    return settings.BASE_URL + reverse("accounts:pulse_page", args=[token])


def message_id(letter: CustomerLetter) -> str:
    """The same for the same letter, so that a mailbox shows one that came twice once."""
    name = tokens.digest(f"customer-letter:{letter.pk}:{letter.written_at.timestamp()}")[:32]
    host = settings.BASE_URL.partition("://")[2].partition(":")[0] or "localhost"
    return f"<{name}@{host}>"
