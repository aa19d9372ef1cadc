"""The list of candidates: a page of rows by keyset, capped counts, their candidacies beside them.

Every row comes from visible_to(reader), every candidacy beside it too; filters that tell of closed
fields work for recruiters only.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from common.lists import CAP, capped_counts, place, token
from hiring.choices import CandidacyState
from hiring.models import Candidacy, Candidate, OffLimits, Stage
from hiring.queries.candidate_search import found_in
from hiring.queries.candidate_sight import Sight, sights
from hiring.queries.candidate_state import FOR_RECRUITERS, CandidateState
from hiring.queries.off_limits import marks, off_limits_by_name
from people.models import User

PAGE = 30
EXPORTED = 1_000  # rows read at a time
COLUMNS = {"created": "created_at", "name": "name"}


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    candidate: Candidate
    sight: Sight
    candidacies: list[Candidacy] = field(default_factory=list)
    off_limits: OffLimits | None = None


@dataclass(frozen=True)
class CandidateList:
    state: CandidateState
    rows: list[Row]
    counts: dict[str, int]
    next: str = ""
    previous: str = ""


def open_to(user: User, state: CandidateState) -> CandidateState:
    """The state without filters that would tell this reader of what they may not see."""
    if user.is_recruiter:
        return state
    closed = {name: type(getattr(state, name))() for name in FOR_RECRUITERS}
    view = state.view if state.view in ("all", "active") or state.view[:1] == "s" else "all"
    return replace(state, view=view, **closed)


def candidates_of(user: User, state: CandidateState) -> QuerySet[Candidate]:
    """All candidates the list would show, unordered; what exports, counts and bulk actions use."""
    state = open_to(user, state)
    rows = Candidate.objects.visible_to(user).present()
    if condition := _candidacy(state):
        theirs = Candidacy.objects.filter(condition)
        if not user.is_recruiter:
            theirs = theirs.filter(pk__in=Candidacy.objects.visible_to(user).values("pk"))
        rows = rows.filter(pk__in=theirs.values("candidate"))
    if state.view == "free":
        busy = Candidacy.objects.active().filter(candidate=OuterRef("pk"))
        rows = rows.filter(~Exists(busy))
    if state.view == "internal":
        rows = rows.filter(user__isnull=False)
    if state.source:
        rows = rows.filter(source__in=state.source)
    if state.city:
        rows = rows.filter(city__iexact=state.city)
    if state.opted_out:
        rows = rows.filter(Q(wants_no_letters__isnull=False) | Q(wants_no_calls__isnull=False))
    if state.off_limits:
        rows = rows.filter(plain_employer__in=list(off_limits_by_name()))
    return found_in(rows, user, state.q) if state.q else rows


def _candidacy(state: CandidateState) -> Q:
    """What one and the same candidacy of theirs must be."""
    condition = Q()
    if state.view == "active" or state.view == "stale" or state.stale:
        condition &= Q(state=CandidacyState.ACTIVE)
    if state.view == "stale" or state.stale:
        condition &= stale(timezone.now())
    plain = {
        "vacancy__in": state.vacancy, "stage__kind__in": state.stage,
        "state__in": state.state, "tier__kind__in": state.tier,
    }  # fmt: skip
    for path, values in plain.items():
        if values:
            condition &= Q(**{path: values})
    return condition


def stale(now: dt.datetime) -> Q:
    """Longer in their stage than it allows. By the few lengths in use: no arithmetic of times that
    the engines would do differently."""
    condition = Q(pk=None)
    for days in Stage.objects.order_by().values_list("stale_days", flat=True).distinct():
        since = now - dt.timedelta(days=days)
        condition |= Q(stage__stale_days=days, entered_at__lt=since)
    return condition


def candidate_list(
    user: User, state: CandidateState, counted: dict[str, CandidateState] | None = None
) -> CandidateList:
    """One page of the list; `counted` are further states whose sizes are wanted (tabs)."""
    people, following, preceding = page_of(user, state)
    wanted = {"": state, **(counted or {})}
    counts = capped_counts({name: candidates_of(user, one) for name, one in wanted.items()})
    return CandidateList(state, rows_of(user, people), counts, following, preceding)


def page_of(user: User, state: CandidateState) -> tuple[list[Candidate], str, str]:
    """One page, and the tokens of the next and the previous."""
    name = state.order.removeprefix("-")
    at = _place(name, state.before) or _place(name, state.after)
    forward = _place(name, state.before) is None
    found = list(page_rows(user, state, at, forward=forward)[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if not forward:
        found.reverse()
    if not found:
        return [], "", ""
    has_next = more if forward else True
    has_previous = at is not None if forward else more
    return (
        found,
        _token(name, found[-1]) if has_next else "",
        _token(name, found[0]) if has_previous else "",
    )


def page_rows(
    user: User, state: CandidateState, at: tuple | None = None, *, forward: bool = True
) -> QuerySet[Candidate]:
    """From a place on, in the order of the list or against it."""
    name, down = state.order.removeprefix("-"), state.order.startswith("-")
    return _ordered(candidates_of(user, state), name, down == forward, at)


def _ordered(rows: QuerySet[Candidate], name: str, falls: bool, at: tuple | None) -> QuerySet:
    column = COLUMNS[name]
    if at is not None:
        side, strict = ("lte", "lt") if falls else ("gte", "gt")
        value, pk = at
        rows = rows.filter(**{f"{column}__{side}": value})
        rows = rows.filter(Q(**{f"{column}__{strict}": value}) | Q(**{f"pk__{strict}": pk}))
    return rows.order_by(*((f"-{column}", "-pk") if falls else (column, "pk")))


def _token(name: str, candidate: Candidate) -> str:
    value = candidate.name if name == "name" else candidate.created_at.isoformat()
    return token(name, value, candidate.pk)


def _place(name: str, text: str) -> tuple | None:
    parts = place(text) if text else None
    if parts is None or parts[0] != name or not isinstance(parts[1], str):
        return None
    if not isinstance(parts[2], int) or isinstance(parts[2], bool):
        return None
    try:
        value = parts[1] if name == "name" else parse_datetime(parts[1])
    except ValueError:
        return None
    return (value, parts[2]) if value and (name == "name" or timezone.is_aware(value)) else None


def rows_of(user: User, people: list[Candidate]) -> list[Row]:
    """Rows with what the reader may see; three queries for any number."""
    beside = candidacies_beside(user, people)
    seen = sights(user, people)
    marked = marks(people) if user.is_recruiter else {}
    return [Row(one, seen[one.pk], beside.get(one.pk, []), marked.get(one.pk)) for one in people]


def candidacies_beside(user: User, people: Iterable[Candidate]) -> dict[int, list[Candidacy]]:
    """Candidacies the reader may know of, those under way first, the newest first."""
    rows = Candidacy.objects.visible_to(user).filter(candidate__in=[one.pk for one in people])
    rows = rows.select_related("vacancy", "stage").order_by("-entered_at", "-pk")
    found: dict[int, list[Candidacy]] = defaultdict(list)
    for row in rows:
        found[row.candidate_id].append(row)
    for several in found.values():
        several.sort(key=lambda row: row.state != CandidacyState.ACTIVE)
    return found


def neighbours(
    user: User, state: CandidateState, candidate: Candidate
) -> tuple[int | None, int | None]:
    """Who stands before and after the candidate in the list with this state."""
    name, down = state.order.removeprefix("-"), state.order.startswith("-")
    rows = candidates_of(user, state)
    at = (getattr(candidate, COLUMNS[name]), candidate.pk)
    found = [
        _ordered(rows, name, falls, at).values_list("pk", flat=True).first()
        for falls in (not down, down)
    ]
    return found[0], found[1]


def selected(user: User, state: CandidateState, most: int = CAP) -> list[int]:
    """The numbers of all that the list would show, at most so many."""
    return list(candidates_of(user, state).order_by("pk").values_list("pk", flat=True)[:most])


def chunks_of(user: User, state: CandidateState) -> Iterator[list[Row]]:
    """Every row of the list, in its order, some at a time."""
    name, down = state.order.removeprefix("-"), state.order.startswith("-")
    rows = _ordered(candidates_of(user, state), name, down, None)
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), EXPORTED):
        some = ids[start : start + EXPORTED]
        known = Candidate.objects.prefetch_related("reaches").in_bulk(some)
        yield rows_of(user, [known[pk] for pk in some if pk in known])
