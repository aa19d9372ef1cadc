"""What the cockpit shows a reader: who is in the room, their own marks, how many others gave one.

Never what the others gave: the only thing read of their marks is a count.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from hiring.models import (
    Candidacy,
    Candidate,
    Competency,
    Exercise,
    Mark,
    Observer,
    ProfileCompetency,
    Seat,
    Session,
    Sheet,
)
from hiring.models.session import ATTENDED, HOLDING
from hiring.models.vacancy import recruits
from hiring.queries.sessions import when
from hiring.rules.clock import is_running, spent
from people.models import User

AWAY_AFTER = dt.timedelta(seconds=40)


@dataclass(frozen=True, slots=True)
class Column:
    competency: Competency
    share: float


@dataclass(slots=True)
class Cell:
    competency: Competency
    mark: int | None
    others: int
    of: int

    @property
    def dots(self) -> list[bool]:
        return [place < self.others for place in range(self.of)]


@dataclass(slots=True)
class Row:
    """Somebody in the room. No employer and no pay: observers never see them."""

    seat: Seat
    name: str
    note: str
    sheet: Sheet | None
    cells: list[Cell] = field(default_factory=list)

    @property
    def is_locked(self) -> bool:
        return self.sheet is None or self.sheet.submitted_at is not None


@dataclass(frozen=True, slots=True)
class Present:
    observer: Observer
    is_you: bool
    is_here: bool

    @property
    def first_name(self) -> str:
        return str(self.observer.user).split()[0]

    @property
    def has_finished(self) -> bool:
        return self.observer.finished_at is not None


@dataclass(frozen=True, slots=True)
class Clock:
    exercise: Exercise
    number: int
    of: int
    left: int
    is_running: bool

    @property
    def name(self) -> str:
        return self.exercise.name

    @property
    def shown(self) -> str:
        """Minutes and seconds; over time counts up with a sign."""
        minutes, seconds = divmod(abs(self.left), 60)
        return f"{'+' if self.left < 0 else ''}{minutes:02d}:{seconds:02d}"


@dataclass(slots=True)
class Cockpit:
    session: Session
    me: Observer | None
    may_lead: bool
    may_check_in: bool
    presence: list[Present]
    columns: list[Column]
    exercises: list[Clock]
    exercise: Exercise | None  # whose marks the table shows; None: the round as a whole
    expected: list[Row]
    rows: list[Row]
    scored: int
    marks: dict[str, int]  # "seat-competency-exercise", exercise 0 for the round as a whole
    counts: dict[str, int]
    others: int
    stamp: str

    @property
    def is_scoring(self) -> bool:
        return self.me is not None and self.me.finished_at is None

    @property
    def clock(self) -> Clock | None:
        """What runs, else what was begun last, else the first."""
        running = next((clock for clock in self.exercises if clock.is_running), None)
        begun = [c for c in self.exercises if c.exercise.started_at and not c.exercise.ended_at]
        waiting = [c for c in self.exercises if not c.exercise.ended_at]
        return running or next(iter([*begun, *waiting, *self.exercises[-1:]]), None)

    @property
    def places(self) -> int:
        return len(self.rows) * len(self.columns)

    @property
    def left(self) -> int:
        return self.places - self.scored

    @property
    def live(self) -> dict:
        """What the page renews every few seconds."""
        return {
            "marks": self.marks,
            "counts": self.counts,
            "others": self.others,
            "stamp": self.stamp,
            "revealed": self.session.revealed_at is not None,
        }

    @property
    def words(self) -> dict:
        """What a mark means, by competency, for the pad below the table."""
        return {
            str(column.competency.pk): {
                "name": column.competency.name,
                "about": column.competency.description,
                "anchors": [column.competency.anchor(mark) for mark in range(1, 6)],
            }
            for column in self.columns
        }

    @property
    def when(self) -> str:
        return when(self.session)

    @property
    def to_read_out(self) -> list[Exercise]:
        return [one.exercise for one in self.exercises if one.exercise.read_out]

    @property
    def is_over(self) -> bool:
        return timezone.now() >= self.session.ends_at

    @property
    def sentence(self) -> str:
        """Six of sixteen came; you have scored 14 of 30."""
        invited = len(self.rows) + len(self.expected)
        came = ngettext("%(came)s of %(all)s came.", "%(came)s of %(all)s came.", len(self.rows))
        words = came % {"came": formats.number(len(self.rows)), "all": formats.number(invited)}
        if self.me is None or not self.rows:
            return words
        own = _("You have scored %(done)s of %(all)s.")
        numbers = {"done": formats.number(self.scored), "all": formats.number(self.places)}
        return f"{words} {own % numbers}"


def cockpit(
    session: Session, reader: User, *, exercise_id: int | None = None, now: dt.datetime
) -> Cockpit:
    """Of a session the reader may see; the same number of queries whoever sits there."""
    observers = list(session.observers.select_related("user"))
    me = next((row for row in observers if row.user_id == reader.pk), None)
    columns = columns_of(session)
    exercises = list(session.exercises.select_related("task__task"))
    exercise = next((row for row in exercises if row.pk == exercise_id), None)
    people = _people(session, reader)
    sheets = {
        sheet.candidacy_id: sheet
        for sheet in Sheet.objects.within_window(reader, now).filter(session=session)
    }
    rows = [row for row in people if row.seat.state in ATTENDED]
    for row in rows:
        row.sheet = sheets.get(row.seat.candidacy_id)
    marks, counts = _own_marks(session, reader), _counts(session, reader)
    others = len(observers) - (me is not None)
    _fill(rows, columns, exercise.pk if exercise else 0, marks, counts, others)
    asked = {(row.seat.candidacy_id, col.competency.pk) for row in rows for col in columns}
    presence = [
        Present(row, row.user_id == reader.pk, bool(row.seen_at and now - row.seen_at < AWAY_AFTER))
        for row in sorted(observers, key=lambda row: row.user_id != reader.pk)
    ]
    leads = recruits(reader) or bool(me and me.is_chair)
    return Cockpit(
        session=session, me=me, may_lead=leads, may_check_in=leads or me is not None,
        presence=presence, columns=columns, exercises=_clocks(exercises, now), exercise=exercise,
        expected=[row for row in people if row.seat.state not in ATTENDED], rows=rows,
        scored=len(asked & {(who, what) for who, what, _where in marks}),
        marks=_by_seat(rows, marks), counts=_by_seat(rows, counts), others=others,
        stamp=_stamp(people, sheets, exercises, session, me),
    )  # fmt: skip


def columns_of(session: Session) -> list[Column]:
    weights = list(
        ProfileCompetency.objects.filter(
            profile=session.vacancy.profile_id, weight__gt=0
        ).select_related("competency")
    )
    total = sum(row.weight for row in weights)
    return [Column(row.competency, row.weight / total) for row in weights]


def _people(session: Session, reader: User) -> list[Row]:
    """Who is expected or here, of those the reader may see; the erased are left out."""
    seats = session.seats_taken.filter(
        candidacy__in=Candidacy.objects.visible_to(reader).values("pk"),
        candidacy__candidate__isnull=False,
        state__in=[*HOLDING, *ATTENDED, "no_show"],
    ).select_related("candidacy__candidate")
    return [
        Row(seat, seat.candidacy.candidate.name, note_of(seat.candidacy.candidate), None)
        for seat in sorted(seats, key=lambda seat: (seat.badge or 0, seat.pk))
    ]


def note_of(candidate: Candidate) -> str:
    """7 years in sales, key account manager."""
    years = candidate.years_in_sales
    told = [
        ngettext("%(n)s year in sales", "%(n)s years in sales", years) % {"n": years}
        if years is not None
        else "",
        candidate.title,
    ]
    return ", ".join(part for part in told if part)


def _own_marks(session: Session, reader: User) -> dict[tuple, int]:
    rows = Mark.objects.filter(sheet__session=session, sheet__rater=reader)
    rows = rows.values_list("sheet__candidacy", "competency", "exercise", "value")
    return {(who, what, where or 0): value for who, what, where, value in rows}


def _counts(session: Session, reader: User) -> dict[tuple, int]:
    """How many others have given a mark, by place; what they gave is not read."""
    rows = (
        Mark.objects.filter(sheet__session=session)
        .exclude(sheet__rater=reader)
        .values_list("sheet__candidacy", "competency", "exercise")
        .annotate(given=Count("sheet__rater", distinct=True))
        .order_by()
    )
    return {(who, what, where or 0): given for who, what, where, given in rows}


def _fill(rows: list[Row], columns: list[Column], where: int, marks, counts, others: int) -> None:
    for row in rows:
        row.cells = [
            Cell(
                competency=column.competency,
                mark=marks.get((row.seat.candidacy_id, column.competency.pk, where)),
                others=counts.get((row.seat.candidacy_id, column.competency.pk, where), 0),
                of=others,
            )
            for column in columns
        ]


def _by_seat(rows: list[Row], found: dict[tuple, int]) -> dict[str, int]:
    seats = {row.seat.candidacy_id: row.seat.pk for row in rows}
    return {
        f"{seats[who]}-{what}-{where}": number
        for (who, what, where), number in found.items()
        if who in seats
    }


def _clocks(exercises: list[Exercise], now: dt.datetime) -> list[Clock]:
    return [
        Clock(
            exercise=row,
            number=place,
            of=len(exercises),
            left=row.minutes * 60
            - spent(
                now=now,
                started_at=row.started_at,
                paused_at=row.paused_at,
                ended_at=row.ended_at,
                spent_seconds=row.spent_seconds,
            ),
            is_running=is_running(row.started_at, row.paused_at, row.ended_at),
        )
        for place, row in enumerate(exercises, start=1)
    ]


def _stamp(people, sheets, exercises, session, me) -> str:
    """Changes when the table must be drawn anew: who is here, what is locked, which exercises."""
    told = [
        [(row.seat.pk, row.seat.state, row.seat.badge) for row in people],
        [(s.pk, s.submitted_at, s.reopened_at) for s in sheets.values()],
        [(row.pk, row.started_at, row.paused_at, row.ended_at) for row in exercises],
        session.revealed_at, me and me.finished_at,
    ]  # fmt: skip
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
