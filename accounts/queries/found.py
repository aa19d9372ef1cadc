"""What a hit of the search says about itself: a name, where it belongs, and what was said."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Account, Contact, Task, Touchpoint
from accounts.queries.search import Hits, Kind
from common import formats
from common.folding import excerpt

ICONS = {Kind.ACCOUNTS: "building", Kind.PEOPLE: "people", Kind.TOUCHPOINTS: "chat",
         Kind.TASKS: "list-check"}  # fmt: skip
SHORT = 70


@dataclass(frozen=True)
class Found:
    url: str
    name: str
    note: str = ""
    text: str = ""


def titles() -> dict[Kind, str]:
    return {
        Kind.ACCOUNTS: _("Accounts"),
        Kind.PEOPLE: _("People"),
        Kind.TOUCHPOINTS: _("Touchpoints"),
        Kind.TASKS: _("Tasks"),
    }


def found(hits: Hits, query: str) -> list[Found]:
    """The rows of a group as they are shown; `query` chooses what is quoted of a long text."""
    show = {Kind.ACCOUNTS: _account, Kind.PEOPLE: _person, Kind.TOUCHPOINTS: _touchpoint,
            Kind.TASKS: _task}[hits.kind]  # fmt: skip
    return [show(row, query) for row in hits.rows]


def _listed(*notes: object) -> str:
    return ", ".join(str(note) for note in notes if note)


def _account(account: Account, query: str) -> Found:
    segment = account.segment.name if account.segment else ""
    url = reverse("accounts:account_page", args=[account.pk])
    return Found(url, account.name, _listed(segment, account.owner))


def _person(contact: Contact, query: str) -> Found:
    place = contact.places[-1]
    url = reverse("accounts:contact_page", args=[place.account_id, contact.pk])
    name = contact.name or contact.other_name or place.title
    return Found(url, name, _listed(place.title, place.account))


def _touchpoint(touchpoint: Touchpoint, query: str) -> Found:
    said = touchpoint.text or touchpoint.subject
    day = formats.day(timezone.localdate(touchpoint.at))
    url = reverse("accounts:touchpoint_page", args=[touchpoint.pk])
    name = touchpoint.subject or excerpt(said, query, SHORT) or touchpoint.get_channel_display()
    return Found(url, name, _listed(touchpoint.account, day), excerpt(touchpoint.text, query))


def _task(task: Task, query: str) -> Found:
    due = formats.day(task.due) if task.due else ""
    url = reverse("accounts:task_page", args=[task.pk])
    return Found(url, task.title, _listed(task.account, due), excerpt(task.note, query))
