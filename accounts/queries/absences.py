"""Who is away when, and whether somebody stands in: as a list and by weeks."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.choices import CoverState
from accounts.models import Assignment, Cover
from accounts.queries.substitutes import SHUT
from people.choices import Role
from people.models import Absence, Membership, User, company_day

WEEKS = 8
MOST = 300
STANDING = (CoverState.PROPOSED, CoverState.AGREED, CoverState.ENDED)
AGREED = (CoverState.AGREED, CoverState.ENDED)
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class AbsenceLine:
    """One absence; `is_near`: the reader may know why. `keys` key accounts, `agreed` of them."""

    absence: Absence
    is_near: bool
    is_mine: bool
    accounts: int
    keys: int
    agreed: int
    asked: int
    keys_agreed: int
    is_over: bool = False
    clashes: list[str] = field(default_factory=list)

    @property
    def last_day(self) -> dt.date:
        return self.absence.valid_to - dt.timedelta(days=1)

    @property
    def open_keys(self) -> int:
        """Key accounts nobody has agreed to stand in for; none when it is over."""
        return 0 if self.is_over else self.keys - self.keys_agreed

    @property
    def is_open(self) -> bool:
        return self.open_keys > 0

    @property
    def days(self) -> int:
        return (self.absence.valid_to - self.absence.valid_from).days


def absence_lines(reader: User, *, past: bool = False, mine: bool = False) -> list[AbsenceLine]:
    """Those the reader may know of. Running and coming: without somebody for key accounts and soon
    first; past ones the newest first. A constant number of queries."""
    today = company_day()
    rows = Absence.objects.live().filter(known(reader)).select_related("user")
    rows = rows.filter(valid_to__lte=today) if past else rows.filter(valid_to__gt=today)
    if mine:
        rows = rows.filter(Q(user=reader) | Q(covers__substitute=reader)).distinct()
    found = list(rows.order_by("-valid_from" if past else "valid_from", "pk")[:MOST])
    lines = _lines(reader, found)
    if not past:
        soon = today + dt.timedelta(days=7)
        lines.sort(
            key=lambda one: (
                not (one.is_open and one.absence.valid_from <= soon), one.absence.valid_from,
                one.absence.user.name,
            )
        )  # fmt: skip
    return lines


def known(reader: User) -> Q:
    """Own, led, team mates', and those one is asked to stand in for."""
    known = Absence.objects.known_to(reader).values("pk")
    asked = Cover.objects.filter(substitute=reader).exclude(state=CoverState.CANCELLED)
    return Q(pk__in=known) | Q(pk__in=asked.values("absence"))


def _lines(reader: User, rows: list[Absence]) -> list[AbsenceLine]:
    near = set(
        Absence.objects.visible_to(reader).filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )  # fmt: skip
    owned, covers, away, today = _owned(rows), _covers(rows), _away(rows), company_day()
    lines = []
    for row in rows:
        accounts = owned[row.user_id]
        here = {pk: key for pk, (key, first, to) in accounts.items() if _meets(row, first, to)}
        found = covers[row.pk]
        agreed = {c.account_id for c in found if c.state in AGREED}
        keys = {pk for pk, key in here.items() if key}
        clashes = sorted({c.substitute.name for c in found if _clashes(row, away[c.substitute_id])})
        lines.append(
            AbsenceLine(
                row, row.pk in near, row.user_id == reader.pk, len(here), len(keys),
                len(agreed & set(here)), sum(c.state == CoverState.PROPOSED for c in found),
                len(keys & agreed), row.valid_to <= today, clashes,
            )
        )  # fmt: skip
    return lines


def _meets(row: Absence, first: dt.date, to: dt.date | None) -> bool:
    return first < row.valid_to and (to is None or to > row.valid_from)


def _clashes(row: Absence, spans: list[tuple[dt.date, dt.date]]) -> bool:
    return any(start < row.valid_to and end > row.valid_from for start, end in spans)


def _owned(rows: list[Absence]) -> dict[int, dict[int, tuple[bool, dt.date, dt.date | None]]]:
    users = {row.user_id for row in rows}
    found: dict[int, dict] = defaultdict(dict)
    spans = Assignment.objects.owners().filter(user__in=users).exclude(account__status__in=SHUT)
    for user, account, key, first, to in spans.values_list(
        "user", "account", "account__score__is_key", "valid_from", "valid_to"
    ):
        found[user][account] = (bool(key), first, to)
    return found


def _covers(rows: list[Absence]) -> dict[int, list[Cover]]:
    found: dict[int, list[Cover]] = defaultdict(list)
    live = Cover.objects.filter(absence__in=rows, state__in=STANDING).select_related("substitute")
    for cover in live:
        found[cover.absence_id].append(cover)
    return found


def _away(rows: list[Absence]) -> dict[int, list[tuple[dt.date, dt.date]]]:
    """Of all who stand in at one of these."""
    found: dict[int, list] = defaultdict(list)
    who = Cover.objects.filter(absence__in=rows, state__in=STANDING).values("substitute")
    for row in Absence.objects.live().filter(user__in=who):
        found[row.user_id].append((row.valid_from, row.valid_to))
    return found


@dataclass(frozen=True)
class Week:
    monday: dt.date
    is_now: bool


@dataclass(frozen=True)
class Bar:
    """An absence in one week: from its `first` day (1 Monday) to its `last`, both away."""

    line: AbsenceLine
    first: int
    last: int
    begins: bool
    ends: bool


@dataclass(frozen=True)
class Cell:
    is_now: bool
    bars: list[Bar]


@dataclass(frozen=True)
class Row:
    """One person: for each week the absences that fall into it."""

    user: User
    cells: list[Cell]


@dataclass(frozen=True)
class Calendar:
    weeks: list[Week]
    rows: list[Row]


def calendar(reader: User, *, start: dt.date | None = None, weeks: int = WEEKS) -> Calendar:
    """Weeks from the one of `start` on; only people who are away in them."""
    today = company_day()
    start = start or today
    first = start - dt.timedelta(days=start.weekday())
    mondays = [first + dt.timedelta(weeks=n) for n in range(weeks)]
    end = first + dt.timedelta(weeks=weeks)
    rows = Absence.objects.live().filter(known(reader)).between(first, end)
    lines = _lines(reader, list(rows.select_related("user").order_by("valid_from")[:MOST]))
    people: dict[User, list[AbsenceLine]] = defaultdict(list)
    for line in lines:
        people[line.absence.user].append(line)
    heads = [Week(monday, monday <= today < monday + WEEK) for monday in mondays]
    return Calendar(
        heads,
        [
            Row(user, [Cell(week.is_now, _bars(held, week.monday)) for week in heads])
            for user, held in sorted(people.items(), key=lambda pair: pair[0].name)
        ],
    )


def _bars(lines: list[AbsenceLine], monday: dt.date) -> list[Bar]:
    """Of those that fall into the week of `monday`."""
    bars = []
    for line in lines:
        start, last = line.absence.valid_from, line.last_day
        if start >= monday + WEEK or last < monday:
            continue
        first, to = (start - monday).days + 1, (last - monday).days + 1
        bars.append(Bar(line, max(first, 1), min(to, 7), first >= 1, to <= 7))
    return bars


def absence_for(reader: User, pk: int) -> tuple[Absence, bool] | None:
    """One the reader may open, and whether they may plan it; None otherwise.

    Its page is for the near ones and for who is asked to stand in; team mates only know the days.
    """
    rows = Absence.objects.select_related("user", "made_by")
    near = Absence.objects.visible_to(reader).filter(pk=pk).exists()
    asked = Cover.objects.filter(absence=pk, substitute=reader)
    if not near and not asked.exclude(state=CoverState.CANCELLED).exists():
        return None
    row = rows.filter(pk=pk).first()
    return (row, near) if row else None


def possible_people(reader: User) -> QuerySet[User]:
    """For whom the reader may note an absence: oneself, those they lead, for a director all who
    work with accounts."""
    working = (Role.KAM, Role.ASSISTANT, Role.DIRECTOR)
    rows = User.objects.active().filter(role_grants__role__in=working)
    if not reader.is_director:
        led = Membership.objects.on(company_day()).filter(team__lead=reader).values("user")
        rows = rows.filter(Q(pk=reader.pk) | Q(pk__in=led))
    return rows.distinct().order_by("name", "pk")
