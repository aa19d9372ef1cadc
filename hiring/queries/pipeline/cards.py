"""A candidacy as a card of the board or a line of the list: who, one line of facts, one mark."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common import folding, formats
from hiring.choices import CandidacyState, LetterState, SeatState, StageKind, Verdict
from hiring.models import Candidacy, Finding, Letter, Seat, Stage, Vacancy
from hiring.queries.pipeline.state import FLAGS, State
from hiring.rules.candidacy import last_working_day
from people.models import User, company_zone

PAY_SHOWN = (StageKind.DECISION, StageKind.OFFER, StageKind.HIRED)
OUR_TURN = (StageKind.FOUND, StageKind.CALL, StageKind.INVITE, StageKind.DECISION)
UNSENT = Letter.objects.filter(
    candidacy=OuterRef("pk"),
    state__in=(LetterState.FAILED, LetterState.STOPPED),
    written_at__gte=OuterRef("entered_at"),
)
FAILS = Finding.objects.filter(candidacy=OuterRef("pk"), verdict=Verdict.FAILS, decided_at=None)
COMING = (SeatState.BOOKED, SeatState.CONFIRMED)
CAME = (SeatState.CAME, SeatState.LATE)
ENDED = {
    CandidacyState.HIRED: ("pos", "check2"),
    CandidacyState.REJECTED: ("", ""),
    CandidacyState.WITHDRAWN: ("", ""),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One state worth seeing from afar; tones pos, cau, dan or none."""

    text: str
    tone: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    candidacy: Candidacy
    name: str
    facts: str
    mark: Mark | None
    since: str
    days: int
    is_stale: bool


def visible_rows(reader: User, vacancy: Vacancy) -> QuerySet[Candidacy]:
    return Candidacy.objects.visible_to(reader).filter(vacancy=vacancy)


def narrowed(
    reader: User, rows: QuerySet[Candidacy], state: State, stages: Iterable[Stage]
) -> QuerySet[Candidacy]:
    """By source, tier, words, and what is asked at once; not by stage."""
    if state.source:
        rows = rows.filter(source=state.source)
    if state.tier:
        rows = rows.filter(tier=state.tier)
    for name in quick_of(reader):
        if getattr(state, name):
            rows = rows.filter(QUICK[name](stages), state=CandidacyState.ACTIVE)
    for word in folding.words(state.q):
        rows = rows.filter(candidate__search_text__contains=word)
    return rows


def stale(stages: Iterable[Stage], now: dt.datetime | None = None) -> Q:
    """In a stage for longer than it bears."""
    now = now or timezone.now()
    found = Q(pk__in=[])
    for stage in stages:
        if stage.kind != StageKind.HIRED:
            late = now - dt.timedelta(days=stage.stale_days)
            found |= Q(stage=stage.pk, entered_at__lt=late)
    return found


def lately(stages: Iterable[Stage]) -> Q:
    """Applied since the working day before."""
    return Q(applied_at__gte=last_working_day(timezone.now(), company_zone()))


def ours(stages: Iterable[Stage]) -> Q:
    """The next step is ours: theirs is the questionnaire, the session, the task, the offer."""
    turns = [stage.pk for stage in stages if stage.kind in OUR_TURN]
    return Q(stage__in=turns) | Exists(UNSENT) | Exists(FAILS)


QUICK: dict[str, Callable[[Iterable[Stage]], Q]] = {"new": lately, "ours": ours, "stale": stale}


def quick_of(reader: User) -> tuple[str, ...]:
    """Letters and rules are the recruiters': whose turn it is, nobody else is told."""
    return FLAGS if reader.is_recruiter else ("stale",)


def with_marks(rows: QuerySet[Candidacy]) -> QuerySet[Candidacy]:
    """With the person and what the marks are made of, in one query."""
    seats = Seat.objects.filter(candidacy=OuterRef("pk")).order_by("-session__starts_at", "-pk")
    return rows.select_related("candidate", "tier", "reject_reason").annotate(
        seat_state=Subquery(seats.values("state")[:1]),
        seat_at=Subquery(seats.values("session__starts_at")[:1]),
        is_unsent=Exists(UNSENT),
        fails_rule=Exists(FAILS),
    )


def cards(
    rows: Iterable[Candidacy], reader: User, stages: dict[int, Stage], closed: Collection[str]
) -> list[Card]:
    """Of rows of with_marks; erased people are left out."""
    now = timezone.now()
    return [card(row, reader, stages[row.stage_id], closed, now) for row in rows if row.candidate]


def card(
    row: Candidacy, reader: User, stage: Stage, closed: Collection[str], now: dt.datetime
) -> Card:
    since = row.ended_at or row.entered_at
    days = max(0, (now - since).days)
    is_active = row.state == CandidacyState.ACTIVE
    is_stale = is_active and stage.kind != StageKind.HIRED and days >= stage.stale_days
    return Card(
        candidacy=row,
        name=row.candidate.name,
        facts=facts(row, reader, stage),
        mark=mark(row, stage, closed if reader.is_recruiter else (), days if is_stale else 0),
        since=time_in_stage(days),
        days=days,
        is_stale=is_stale,
    )


def time_in_stage(days: int) -> str:
    if not days:
        return pgettext("time in stage", "today")
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": formats.number(days)}


def facts(row: Candidacy, reader: User, stage: Stage) -> str:
    """Years, position, town and wish of pay, as far as the reader may know them."""
    person = row.candidate
    years = person.years_in_sales
    pay_open = reader.is_recruiter or stage.kind in PAY_SHOWN
    asks = ""
    if person.pay_wish and pay_open:
        short = formats.money_short(
            person.pay_wish, person.pay_currency or row.vacancy.pay_currency
        )
        asks = _("asks %(pay)s") % {"pay": short}
    known = [
        "" if years is None
        else ngettext("%(n)s year in sales", "%(n)s years in sales", years) % {"n": years},
        person.title or (person.employer if pay_open else ""),
        person.city,
        asks,
    ]  # fmt: skip
    return ", ".join(filter(None, known))


def mark(row: Candidacy, stage: Stage, closed: Collection[str], stale_days: int) -> Mark | None:
    """The one that matters most."""
    if row.state != CandidacyState.ACTIVE:
        return ended_mark(row)
    if row.candidate.plain_employer and row.candidate.plain_employer in closed:
        return Mark(_("off limits"), "dan", "shield-lock")
    if row.fails_rule:
        return Mark(_("fails a rule"), "cau")
    if row.is_unsent:
        return Mark(_("letter not sent"), "cau")
    if stage.kind == StageKind.SESSION and (found := seat_mark(row)):
        return found
    if stale_days:
        words = ngettext("waits %(n)s day", "waits %(n)s days", stale_days)
        return Mark(words % {"n": formats.number(stale_days)}, "cau")
    return None


def ended_mark(row: Candidacy) -> Mark:
    tone, icon = ENDED[CandidacyState(row.state)]
    why = row.reject_reason.name if row.reject_reason else row.get_state_display()
    return Mark(str(why), tone, icon)


def seat_mark(row: Candidacy) -> Mark | None:
    if row.seat_state is None:
        return Mark(_("not invited yet"))
    if row.seat_state in COMING:
        return Mark(_("coming"), "pos", "check2")
    if row.seat_state in CAME:
        return Mark(_("came"), "pos", "check2")
    words = {
        SeatState.INVITED: Mark(_("no answer yet")),
        SeatState.DECLINED: Mark(_("declined"), "cau"),
        SeatState.CANCELLED: Mark(_("called off"), "cau"),
        SeatState.NO_SHOW: Mark(_("did not come"), "dan"),
    }
    return words.get(row.seat_state)
