"""One function per letter. Language of the recipient, links from BASE_URL only, sent by jobs."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from people.models import Company, EmailChange, Invitation, User
from people.models.company import company_known
from people.queries.news import DigestLetter


def invitation(row: Invitation) -> None:
    _send(
        "invitation",
        to=row.email,
        link=_link("people:invitation_accept", row.token),
        invitation=row,
        until=row.expires_at,
    )


def password_reset(user: User, *, uid: str, token: str) -> None:
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    _send("password_reset", to=user.email, user=user, link=settings.BASE_URL + path)


def email_confirm(change: EmailChange) -> None:
    link = _link("people:email_confirm", change.confirm_token)
    _send("email_confirm", to=change.new, user=change.user, link=link, change=change)


def email_undo(change: EmailChange) -> None:
    link = _link("people:email_undo", change.undo_token)
    _send("email_undo", to=change.old, user=change.user, link=link, change=change)


def security_notice(user: User, *, kind: str) -> None:
    """`kind`: password_changed, factor_added or factor_removed."""
    link = settings.BASE_URL + reverse("people:security_page")
    _send("security_notice", to=user.email, user=user, link=link, kind=kind, at=timezone.now())


def digest(user: User, letter: DigestLetter, *, day: dt.date) -> None:
    """What is new and what is due; its subject names no customer."""
    _send(
        "digest", to=user.email, user=user, letter=letter, day=day, base=settings.BASE_URL,
        settings_link=settings.BASE_URL + reverse("people:profile_page"),
    )  # fmt: skip


@contextmanager
def for_reader(user: User) -> Iterator[None]:
    """In the language and the zone of whoever will read it."""
    company = Company.current()
    zone = ZoneInfo(user.time_zone or company.time_zone)
    language = user.language or company.language
    with company_known(company), translation.override(language), timezone.override(zone):
        yield


def _link(name: str, token: str) -> str:
    return settings.BASE_URL + reverse(name, args=[token])


def _send(name: str, *, to: str, user: User | None = None, **context) -> None:
    company = Company.current()
    language = (user and user.language) or company.language
    zone = (user and user.time_zone) or company.time_zone
    context |= {"user": user, "company": company}
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        subject = render_to_string(f"emails/{name}_subject.txt", context)
        text = render_to_string(f"emails/{name}.txt", context)
        html = render_to_string(f"emails/{name}.html", {**context, "language": language})
    message = EmailMultiAlternatives(" ".join(subject.split()), text.strip() + "\n", to=[to])
    message.attach_alternative(html, "text/html")
    message.send()
