"""Letters to candidates as they leave: plain words, one link, and the way to stop them."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from common import tokens
from hiring.commands import own
from hiring.commands.letter_stop import stop_token
from hiring.commands.link import make_link
from hiring.models import Candidate, DetailChange, Letter
from hiring.queries import calendar
from hiring.queries.letter import language_of
from hiring.queries.link import link_url
from hiring.rules import letter as rules
from people.models import Company


def send(letter: Letter) -> None:
    """To the address the letter holds; raises what the mail server raises."""
    company = Company.current()
    stop = settings.BASE_URL + reverse("hiring:letters_stop", args=[stop_token(letter.candidate)])
    body = letter.body
    if rules.fields_in(body) and "link" in rules.fields_in(body):
        body = rules.fill_late(body, {"link": link_url(make_link(letter.candidate))})
    context = {"company": company, "body": body, "stop": stop, "language": letter.language}
    with translation.override(letter.language):
        text = render_to_string("emails/letter.txt", context)
        html = render_to_string("emails/letter.html", context)
    recruiter = letter.written_by or (letter.candidacy and letter.candidacy.vacancy.recruiter)
    message = EmailMultiAlternatives(
        rules.one_line(letter.subject),
        text.strip() + "\n",
        to=[letter.address],
        reply_to=[recruiter.email] if recruiter else None,
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Message-ID": message_id(letter),
        },
    )
    message.attach_alternative(html, "text/html")
    if attached := calendar.attachment_of(letter):
        message.attach(attached.name, attached.content, attached.mime)
    message.send()


def message_id(letter: Letter) -> str:
    """The same for the same letter, so that a mailbox shows one that came twice once."""
    name = tokens.digest(f"letter:{letter.pk}:{letter.written_at.timestamp()}")[:32]
    host = settings.BASE_URL.partition("://")[2].partition(":")[0] or "localhost"
    return f"<{name}@{host}>"


def page_link(candidate: Candidate) -> str:
    """A new link to the candidate's own page, living as long as the settings say."""
    return link_url(make_link(candidate))


def send_email_code(change: DetailChange) -> None:
    """To the address that is to be proven, in the candidate's language."""
    _send_plain("email_code", change, to=change.new, code=own.code_of(change))


def send_email_notice(change: DetailChange) -> None:
    """To the address that was theirs until now; it names the new one to nobody."""
    _send_plain("email_changed", change, to=change.old)


def _send_plain(template: str, change: DetailChange, *, to: str, **words: str) -> None:
    with translation.override(language_of(change.candidate)):
        context = {"company": Company.current(), **words}
        text = render_to_string(f"emails/candidate_{template}.txt", context).strip()
        subject, _blank, body = text.partition("\n")
    EmailMultiAlternatives(rules.one_line(subject), body.strip() + "\n", to=[to]).send()
