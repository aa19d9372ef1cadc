"""The weeks of a trial as one reader sees them: others' words only after the talk."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from hiring.choices import CheckInState, ProbationState
from hiring.models import CheckIn, Probation
from hiring.queries.probation_evidence import reads_notes
from hiring.rules import check_in as rules
from people.models import User, company_day

LABELS: dict[str, str | Promise] = {
    rules.NEWCOMER: pgettext_lazy("who wrote", "Newcomer"),
    rules.MENTOR: pgettext_lazy("who wrote", "Mentor"),
    rules.LEAD: pgettext_lazy("who wrote", "Lead"),
}
SHOWN = 2  # talks that were held, before the others are folded away
TONES = {CheckInState.HELD: "pos", CheckInState.MISSED: "dan"}


@dataclass(frozen=True)
class Said:
    """What one of the three wrote; `text` is empty for whom it is not."""

    seat: str
    name: str
    text: str
    has_said: bool
    is_own: bool
    is_shown: bool

    @property
    def label(self) -> str:
        return str(LABELS[self.seat])


@dataclass(frozen=True)
class Week:
    row: CheckIn
    said: tuple[Said, ...]
    own_words: str
    may_say: bool
    may_hold: bool
    may_confirm: bool
    is_due: bool
    tone: str

    @property
    def is_over(self) -> bool:
        return self.row.state != CheckInState.PLANNED


def weeks_of(probation: Probation, reader: User) -> list[Week]:
    """In their order; one query."""
    rows = list(probation.check_ins.all())
    today = company_day()
    return [_week(row, probation, reader, today) for row in rows]


def _week(row: CheckIn, probation: Probation, reader: User, today: dt.date) -> Week:
    seats = rules.seats_of(
        reader.pk, newcomer=probation.user_id, mentor=probation.mentor_id, lead=probation.lead_id
    )
    running = probation.state == ProbationState.RUNNING
    near = reads_notes(probation, reader)
    said = tuple(_said(row, probation, seats, near))
    own = getattr(row, f"{seats[-1]}_words") if seats else ""
    return Week(
        row=row, said=said, own_words=own,
        may_say=rules.may_say(row.state, seats, is_running=running, has_said=bool(own)),
        may_hold=rules.may_hold(row.state, seats, is_running=running),
        may_confirm=rules.NEWCOMER in seats and row.state == CheckInState.HELD
        and row.seen_at is None,
        is_due=running and row.state == CheckInState.PLANNED and row.due_on <= today,
        tone=TONES.get(row.state, "cau" if row.due_on < today and running else ""),
    )  # fmt: skip


def _said(row: CheckIn, probation: Probation, seats: list[str], near: bool) -> Iterable[Said]:
    people = {
        rules.NEWCOMER: probation.user,
        rules.MENTOR: probation.mentor,
        rules.LEAD: probation.lead,
    }
    once = probation.mentor_id is not None and probation.mentor_id == probation.lead_id
    for seat, person in people.items():
        text = getattr(row, f"{seat}_words")
        if person is None or (once and seat == rules.MENTOR and not text):
            continue
        is_own = seat in seats
        shown = near and rules.shows(row.state, is_own=is_own)
        yield Said(seat, person.name, text if shown else "", bool(text), is_own, shown)


@dataclass(frozen=True)
class Folded:
    """`older` and `later` are out of the way; what is shown are the newest talks and those due."""

    older: list[Week]
    shown: list[Week]
    later: list[Week]

    @property
    def last_on(self) -> dt.date | None:
        return self.later[-1].row.due_on if self.later else None


def folded(weeks: Sequence[Week]) -> Folded:
    over = [week for week in weeks if week.is_over]
    ahead = [week for week in weeks if not week.is_over]
    due = [week for week in ahead if week.is_due or week is ahead[0]]
    return Folded(
        older=over[:-SHOWN], shown=[*over[-SHOWN:], *due],
        later=[week for week in ahead if week not in due],
    )  # fmt: skip


def next_week(weeks: Iterable[Week]) -> Week | None:
    """The first talk that is still to be held."""
    return next((week for week in weeks if week.row.state == CheckInState.PLANNED), None)
