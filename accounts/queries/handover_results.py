"""What was kept of relationships that changed hands: a measured result for each manager."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.choices import HandoverState
from accounts.models import Handover, Pulse
from accounts.rules import retention as rules
from people.models import User


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One watch that ended; shares are None where nothing can be said."""

    handover: Handover
    retained: float | None
    target: float
    in_rhythm: int
    with_rhythm: int
    answers: list[int]

    @property
    def is_reached(self) -> bool | None:
        return None if self.retained is None else self.retained >= self.target


@dataclass(frozen=True, slots=True)
class ManagerResult:
    """`retained` over all of them, weighed by what there was to lose; `known` counts those."""

    user: User
    lines: list[ResultLine]
    retained: float | None
    known: int
    reached: int
    answers: list[int]
    running: int

    @property
    def answer(self) -> float | None:
        return sum(self.answers) / len(self.answers) if self.answers else None


def results(reader: User) -> list[ManagerResult]:
    """Directors see everybody, managers themselves; three queries."""
    rows = _mine(Handover.objects.all(), reader).select_related("account", "to_user", "from_user")
    closed = list(rows.filter(state=HandoverState.CLOSED).order_by("-ended_at", "-pk"))
    answers = defaultdict(list)
    given = Pulse.objects.filter(handover__in=closed, answer__isnull=False)
    for handover, answer in given.order_by("day", "pk").values_list("handover", "answer"):
        answers[handover].append(answer)
    running = rows.filter(state=HandoverState.WATCH).values_list("to_user", flat=True)
    under_watch = list(running)
    by_user: dict[int, list[ResultLine]] = defaultdict(list)
    users = {}
    for handover in closed:
        users[handover.to_user_id] = handover.to_user
        by_user[handover.to_user_id].append(line_of(handover, answers[handover.pk]))
    found = [_manager(users[pk], lines, under_watch.count(pk)) for pk, lines in by_user.items()]
    return sorted(found, key=lambda one: (one.user.name, one.user.pk))


def _mine(rows: QuerySet[Handover], reader: User) -> QuerySet[Handover]:
    if not reader.sells:
        return rows.none()
    return rows if reader.is_director else rows.filter(to_user=reader)


def line_of(handover: Handover, answers: list[int]) -> ResultLine:
    kept = handover.result
    return ResultLine(
        handover, kept.get("retained"), kept.get("target", 0.8), kept.get("in_rhythm", 0),
        kept.get("with_rhythm", 0), answers,
    )  # fmt: skip


def _manager(user: User, lines: list[ResultLine], running: int) -> ManagerResult:
    known = [line for line in lines if line.retained is not None]
    pairs = [
        (line.handover.result.get("before", 0), line.handover.result.get("now", 0))
        for line in known
    ]
    return ManagerResult(
        user=user, lines=lines, retained=rules.pooled(pairs), known=len(known),
        reached=sum(bool(line.is_reached) for line in known),
        answers=[answer for line in lines for answer in line.answers], running=running,
    )  # fmt: skip
