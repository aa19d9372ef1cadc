"""A handover as its reader sees it: the road, what is missing for the next step, what they may do;
and the list of all they have to do with."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import HandoverState
from accounts.models import Account, CareSettings, Handover, HandoverMove
from accounts.queries.handover_lines import Lines, lines_of
from accounts.queries.handover_words import (
    Missing,
    missing_before,
    second_words,
    too_late_words,
)
from accounts.rules import handover as rules
from accounts.rules.handover import Verb
from common import formats
from people.models import User, company_day

MOST = 200
WHOSE = ("give", "take", "all", "over")


@dataclass(frozen=True, slots=True)
class Step:
    """One place of the road, as components/_stepper.html reads it; `day`: when it was reached."""

    label: str
    state: str  # done, current, failed (it ended there) or empty
    day: dt.date | None
    url: str = ""


@dataclass(frozen=True)
class HandoverPage:
    """All the page shows of one handover."""

    handover: Handover
    reader: User
    lines: Lines
    moves: tuple[HandoverMove, ...]
    parts: frozenset[rules.Part]
    today: dt.date
    settings: CareSettings

    def may(self, verb: Verb) -> bool:
        return rules.refusal(verb, state=self.handover.state, parts=self.parts) is None

    @property
    def is_before(self) -> bool:
        return self.handover.state in rules.BEFORE

    @property
    def may_tell(self) -> bool:
        return self.may(Verb.TELL)

    @property
    def may_waive(self) -> bool:
        return self.may(Verb.WAIVE)

    @property
    def may_see(self) -> bool:
        return self.may(Verb.SEE)

    @property
    def may_cancel(self) -> bool:
        return self.may(Verb.CANCEL)

    @property
    def may_agree(self) -> bool:
        return self.handover.agreed_at is None and self.may(Verb.AGREE)

    @property
    def is_taker(self) -> bool:
        return rules.Part.TAKER in self.parts

    @property
    def next_state(self) -> str:
        return rules.next_state(self.handover.state) or "" if self.is_before else ""

    @property
    def may_move(self) -> bool:
        verb = Verb.ACCEPT if self.next_state == HandoverState.WATCH else self.next_state
        return bool(verb) and self.may(Verb(verb))

    @cached_property
    def missing(self) -> list[Missing]:
        """What keeps from the next step."""
        return missing_before(self.lines, self.next_state) if self.next_state else []

    @property
    def may_read_plan(self) -> bool:
        return self.is_taker or self.reader.is_director

    @property
    def undo_until(self) -> dt.date | None:
        if self.handover.accepted_on is None:
            return None
        return rules.undo_until(self.handover.accepted_on, self.settings.undo_days)

    @property
    def may_undo(self) -> bool:
        return self.may(Verb.UNDO) and self.today <= self.undo_until

    @property
    def too_late(self) -> str:
        """To whoever could have taken it back: why they cannot any more."""
        if not self.may(Verb.UNDO) or self.may_undo:
            return ""
        return too_late_words(self.handover, self.settings)

    @property
    def is_late(self) -> bool:
        return self.is_before and self.handover.planned_for < self.today

    @property
    def other(self) -> str:
        """Who has to be there beside the new manager."""
        return second_words(self.lines)

    @property
    def steps(self) -> list[Step]:
        return steps_of(self.handover, self.moves)

    @property
    def turn(self) -> str:
        return turn_words(self.handover)


def handover_page(handover: Handover, reader: User) -> HandoverPage:
    """The caller got `handover` through visible_to. The number of queries does not grow with it."""
    parts = rules.parts_of(
        reader.pk, is_director=reader.is_director, giver=handover.from_user_id,
        taker=handover.to_user_id, proposer=handover.made_by_id,
    )  # fmt: skip
    return HandoverPage(
        handover=handover,
        reader=reader,
        lines=lines_of(handover),
        moves=tuple(handover.moves.select_related("by")),
        parts=parts,
        today=company_day(),
        settings=CareSettings.current(),
    )


def steps_of(handover: Handover, moves: tuple[HandoverMove, ...] = ()) -> list[Step]:
    """The road with what is behind; one that was called off stands where it stood."""
    reached = {move.to_state: timezone.localdate(move.at) for move in moves}
    last = handover.state
    if last not in (*rules.ROAD, HandoverState.CLOSED):
        last = next((move.from_state for move in reversed(moves) if move.from_state), "planned")
    road = (*rules.ROAD, HandoverState.CLOSED)
    place = road.index(last)
    here = "current" if last == handover.state else "failed"
    marks = [*["done"] * place, here, *[""] * (len(road) - place - 1)]
    return [
        Step(capfirst(HandoverState(state).label), mark, reached.get(state))
        for state, mark in zip(road, marks, strict=True)
    ]


def turn_words(handover: Handover) -> str:
    """Whose turn it is, and for what; empty when it is over."""
    words = {"giver": handover.from_user or _("a director"), "taker": handover.to_user}
    if handover.agreed_at is None and handover.state == HandoverState.CAPTURED:
        return _("A director has to agree.")
    return {
        HandoverState.PLANNED: _("%(giver)s writes down what is in no system."),
        HandoverState.CAPTURED: _("%(giver)s introduces %(taker)s to everybody of power."),
        HandoverState.INTRODUCED: _("%(giver)s and %(taker)s meet the customer together."),
        HandoverState.JOINT: _("%(taker)s acknowledges every line and signs."),
        HandoverState.WATCH: _("%(taker)s answers for it; what is kept is watched."),
    }.get(HandoverState(handover.state), "") % words


def handover_of(account: Account, reader: User, number: int | None = None) -> Handover | None:
    """The one of this number, else the one under way, else the last."""
    rows = Handover.objects.visible_to(reader).filter(account=account)
    rows = rows.select_related("account", "from_user", "to_user", "made_by", "agreed_by", "plan")
    if number is not None:
        return rows.filter(pk=number).first()
    return _live_first(rows).first()


def live_handover(account: Account, reader: User) -> Handover | None:
    """The one under way or under watch, for the account's own page; one query."""
    rows = Handover.objects.visible_to(reader).live().filter(account=account)
    return _live_first(rows.select_related("from_user", "to_user")).first()


def _live_first(rows: QuerySet[Handover]) -> QuerySet[Handover]:
    order = Case(
        When(state__in=rules.BEFORE, then=Value(0)), When(state=HandoverState.WATCH, then=Value(1)),
        default=Value(2), output_field=IntegerField(),
    )  # fmt: skip
    return rows.annotate(order=order).order_by("order", "-made_at", "-pk")


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One line of the list; `turn` says whose turn it is."""

    handover: Handover
    late_days: int
    turn: str
    steps: list[Step]
    is_mine: bool

    @property
    def late(self) -> str:
        words = ngettext("%(n)s day late", "%(n)s days late", self.late_days)
        return words % {"n": formats.number(self.late_days)} if self.late_days else ""


def handovers(reader: User, whose: str = "", most: int = MOST) -> list[HandoverRow]:
    """Live ones of the reader, late ones first; `whose` narrows: "give", "take", "over" (ended).
    Everything a reader may open is "all". One query besides their rights."""
    rows = Handover.objects.visible_to(reader)
    rows = rows.select_related("account", "from_user", "to_user", "made_by")
    if whose == "over":
        rows = rows.exclude(state__in=rules.ROAD).order_by("-ended_at", "-pk")
    else:
        rows = rows.filter(state__in=rules.ROAD)
        if whose == "give":
            rows = rows.filter(from_user=reader)
        elif whose == "take":
            rows = rows.filter(to_user=reader)
        before = Q(state__in=rules.BEFORE)
        rank = Case(When(before, then=Value(0)), default=Value(1), output_field=IntegerField())
        rows = rows.annotate(rank=rank).order_by("rank", F("planned_for"), "pk")
    today = company_day()
    return [_row(row, reader, today) for row in rows[:most]]


def _row(handover: Handover, reader: User, today: dt.date) -> HandoverRow:
    is_before = handover.state in rules.BEFORE
    late = max(0, (today - handover.planned_for).days) if is_before else 0
    turns = {
        HandoverState.PLANNED: {handover.from_user_id},
        HandoverState.CAPTURED: {handover.from_user_id, handover.to_user_id},
        HandoverState.INTRODUCED: {handover.from_user_id, handover.to_user_id},
        HandoverState.JOINT: {handover.to_user_id},
    }
    is_mine = reader.pk in turns.get(HandoverState(handover.state), set())
    to_agree = handover.agreed_at is None and is_before and reader.is_director
    turn = _("A director has to agree.") if to_agree and not is_mine else turn_words(handover)
    return HandoverRow(handover, late, turn, steps_of(handover), is_mine or to_agree)


def handovers_to_do(reader: User) -> list[HandoverRow]:
    """Those that wait for the reader now."""
    if not reader.sells:
        return []
    return [row for row in handovers(reader) if row.is_mine]
