"""What happened, for one reader, as far as they may still see what it is about."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone

from people import notices
from people.models import Notification, User
from people.notices import Section

MOST = 200
COUNTED = 100


@dataclass(frozen=True, slots=True)
class News:
    row: Notification
    sentence: str
    url: str
    icon: str

    @property
    def is_unread(self) -> bool:
        return self.row.read_at is None


@dataclass(frozen=True, slots=True)
class Day:
    day: dt.date
    news: list[News]


def shown(user: User, rows: Iterable[Notification]) -> list[News]:
    """Those of the rows whose target the user may see now; one query a kind of finding."""
    if not user.is_active:
        return []
    wanted: dict[notices.Find, set[int]] = defaultdict(set)
    known = [(row, notices.KINDS[row.kind]) for row in rows if row.kind in notices.KINDS]
    for row, kind in known:
        wanted[kind.find].add(row.target_id)
    found = {find: find(user, ids) for find, ids in wanted.items()}
    return [
        News(row, kind.sentence(target, row.data), kind.url(target), kind.icon)
        for row, kind in known
        if (target := found[kind.find].get(row.target_id)) is not None
    ]


def news(user: User, most: int = MOST) -> list[Day]:
    """The newest by day."""
    rows = list(Notification.objects.visible_to(user)[:most])
    found = shown(user, rows)
    by_day = groupby(found, lambda item: timezone.localtime(item.row.at).date())
    return [Day(day, list(group)) for day, group in by_day]


def unread_count(user: User) -> int:
    """How many unread ones may be seen, at most COUNTED; one query when there are none."""
    rows = list(Notification.objects.visible_to(user).unread()[:COUNTED])
    return len(shown(user, rows)) if rows else 0


def one(user: User, pk: int) -> News | None:
    rows = Notification.objects.visible_to(user).filter(pk=pk)
    return next(iter(shown(user, rows)), None)


@dataclass(frozen=True, slots=True)
class DigestLetter:
    """What goes into one letter; ids are of the notifications it tells of."""

    news: list[News]
    sections: list[Section]
    ids: list[int]

    @property
    def is_empty(self) -> bool:
        return not (self.news or self.sections)


def digest(user: User, day: dt.date) -> DigestLetter:
    """Unread news not mailed yet and what is due, by the user's rights of this moment."""
    rows = Notification.objects.visible_to(user).unread().filter(mailed_at=None)
    found = shown(user, rows[:MOST])
    parts = [make(user, day) for make in notices.SECTIONS] if user.is_active else []
    return DigestLetter(found, [part for part in parts if part], [item.row.pk for item in found])
