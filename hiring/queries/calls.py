"""The calling list as it stands now: who may be rung, who not and why, and how the calls go."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from accounts.choices import ReachKind
from hiring.choices import CallOutcome, CallState, CandidacyState, StageKind
from hiring.models import (
    Call,
    CallEntry,
    CallList,
    Candidacy,
    CandidateReach,
    HiringSettings,
    Vacancy,
)
from hiring.queries import off_limits
from hiring.queries.numbers.funnel import PLACES, kinds_of, roads, stage_rows
from hiring.queries.off_limits import refusal
from hiring.rules import call as rules
from hiring.rules.needed import binomial_tail
from hiring.rules.zones import zone_of
from people.models import Company, User, company_zone

SKIPPED: dict[str, str | Promise] = {
    "erased": gettext_lazy("The data were erased."),
    "over": gettext_lazy("Out of this vacancy."),
    "silent": gettext_lazy("They want no calls from us."),
    "no_number": gettext_lazy("No phone number that works."),
    "merged": gettext_lazy("This record was merged into another."),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry and whether it may be rung now; `why` not at all, "" for those who may be."""

    entry_id: int
    state: str
    is_callback: bool
    due_at: dt.datetime
    zone: str
    knows_zone: bool
    loud_at: dt.datetime
    why: str
    held_by: int | None

    def may_ring(self, now: dt.datetime) -> bool:
        """A promised time is kept also in quiet hours: they chose it."""
        is_open = self.state == CallState.WAITING and not self.why and self.due_at <= now
        return is_open and (self.is_callback or self.loud_at <= now)


def zone_for(time_zone: str, city: str, country: str, vacancy: Vacancy) -> tuple[str, bool]:
    """(zone, whether it is the candidate's own); else the vacancy's, else the company's."""
    own = time_zone or zone_of(city, country)
    if own:
        return own, True
    known = vacancy.time_zone or zone_of(vacancy.city, vacancy.country)
    return known or Company.current().time_zone, False


def standings(
    call_list: CallList, now: dt.datetime, entries: QuerySet[CallEntry] | None = None
) -> list[Standing]:
    """Of all entries (or of these), in the order they are offered; five queries at most."""
    phones = CandidateReach.objects.filter(
        candidate=OuterRef("candidacy__candidate"), kind=ReachKind.PHONE, is_wrong=False
    )
    rows = call_list.entries.all() if entries is None else entries
    rows = rows.annotate(has_phone=Exists(phones)).order_by("-is_callback", "order", "due_at", "pk")
    today = timezone.localdate(now, company_zone())
    barred = off_limits.barred(rows.values("candidacy__candidate"), today)
    fields = (
        "pk", "state", "is_callback", "due_at", "held_by", "held_until", "has_phone",
        "candidacy__state", "candidacy__candidate", "candidacy__candidate__time_zone",
        "candidacy__candidate__city", "candidacy__candidate__country",
        "candidacy__candidate__wants_no_calls", "candidacy__candidate__merged_into",
    )  # fmt: skip
    vacancy, loud, found = call_list.vacancy, {}, []
    for row in rows.values_list(*fields):
        (pk, state, is_callback, due_at, held_by, held_until, has_phone, stands,
         candidate, time_zone, city, country, silent, merged) = row  # fmt: skip
        place = (time_zone or "", city or "", country or "")
        if place not in loud:
            zone, knows = zone_for(*place, vacancy)
            quiet = (call_list.quiet_from, call_list.quiet_to)
            loud[place] = (zone, knows, rules.next_loud(now, zone, *quiet))
        zone, knows, loud_at = loud[place]
        reasons = (
            ("erased", candidate is None), ("merged", merged is not None),
            ("over", stands != CandidacyState.ACTIVE), ("silent", silent is not None),
            ("off_limits", candidate in barred), ("no_number", not has_phone),
        )  # fmt: skip
        code = next((code for code, holds in reasons if holds), "")
        why = refusal(barred[candidate]) if code == "off_limits" else str(SKIPPED.get(code, ""))
        is_held = held_by if held_until and held_until > now else None
        found.append(Standing(pk, state, is_callback, due_at, zone, knows, loud_at, why, is_held))
    return found


def list_of(vacancy: Vacancy) -> CallList:
    """The vacancy's list, or an unsaved one with the usual rules."""
    return CallList.objects.filter(vacancy=vacancy).select_related("vacancy").first() or CallList(
        vacancy=vacancy
    )


def held(rows: Iterable[Standing], reader: User) -> Standing | None:
    """Whom the reader is talking to; somebody who may not be called (any more) only at last."""
    mine = (row for row in rows if row.held_by == reader.pk and row.state == CallState.WAITING)
    return min(mine, key=lambda row: bool(row.why), default=None)


@dataclass(frozen=True, slots=True)
class Progress:
    """The campaign in figures; `per_hour` and `enough` are None while nothing is known."""

    total: int
    done: int
    given_up: int
    waiting: int
    skipped: int
    ready: int
    quiet: int
    next_at: dt.datetime | None
    outcomes: list[tuple[str, str, int]]
    calls_today: int
    per_hour: float | None
    callbacks: int
    good: int
    enough: float | None
    after_agreed: float
    is_example: bool

    @property
    def settled(self) -> int:
        return self.done + self.given_up

    @property
    def share(self) -> float:
        return self.settled / self.total if self.total else 0.0


def progress(call_list: CallList, rows: Iterable[Standing], now: dt.datetime) -> Progress:
    """From the standings and two queries on the calls made."""
    rows = list(rows)
    waiting = [row for row in rows if row.state == CallState.WAITING]
    open_rows = [row for row in waiting if not row.why]
    ahead = [
        row.due_at if row.is_callback else max(row.due_at, row.loud_at)
        for row in open_rows
        if not row.may_ring(now)
    ]
    live = Call.objects.filter(entry__list=call_list, undone_at=None) if call_list.pk else None
    by_outcome = Counter(
        {row["outcome"]: row["n"] for row in live.values("outcome").annotate(n=Count("pk"))}
        if live is not None
        else {}
    )
    today, pace = _pace(live, now)
    done = sum(row.state == CallState.DONE for row in rows)
    given_up = sum(row.state == CallState.GIVEN_UP for row in rows)
    good = call_list.vacancy.openings
    own = _after_agreed(call_list.vacancy) if done + given_up >= FEWEST_SETTLED else None
    after = AFTER_AGREED if own is None else own
    return Progress(
        total=len(rows),
        done=done,
        given_up=given_up,
        waiting=len(open_rows),
        skipped=len(waiting) - len(open_rows),
        ready=sum(row.may_ring(now) and row.held_by is None for row in open_rows),
        quiet=sum(
            row.due_at <= now and not row.is_callback and row.loud_at > now for row in open_rows
        ),
        next_at=min(ahead, default=None),
        outcomes=[(code.value, code.label, by_outcome[code]) for code in CallOutcome],
        calls_today=today,
        per_hour=pace,
        callbacks=sum(row.is_callback for row in open_rows),
        good=good,
        enough=_enough(len(rows), by_outcome[CallOutcome.AGREED], done + given_up, good, after),
        after_agreed=after,
        is_example=own is None,
    )


# From an agreed call to somebody good who stays, where own figures say nothing yet: the example of
# the method (questionnaire .5, session .5, offer .25, probation .5).
AFTER_AGREED = 0.5 * 0.5 * 0.25 * 0.5
FEWEST_SETTLED = 10


def _after_agreed(vacancy: Vacancy) -> float | None:
    """The same from own figures: of vacancies of this profile, once every stage has let enough
    people go."""
    alike = Vacancy.objects.filter(profile=vacancy.profile_id)
    kinds = [kind for kind in kinds_of(alike) if PLACES[kind] > PLACES[StageKind.CALL]]
    found = roads(Candidacy.objects.filter(vacancy__in=alike.values("pk")))
    rates = [row.went_on for row in stage_rows(found, kinds)]
    if not rates or any(not rate.is_enough or not rate.hits for rate in rates):
        return None
    stays = 1 - HiringSettings.current().attrition_percent / 100
    return prod(rate.hits / rate.cases for rate in rates) * stays


def _enough(total: int, agreed: int, settled: int, good: int, after: float) -> float | None:
    """The chance that a list of this length ends in `good` people who stay."""
    if settled < FEWEST_SETTLED:
        return None
    return binomial_tail(total, min(agreed / settled, 1) * after, good)


def _pace(live: QuerySet[Call] | None, now: dt.datetime) -> tuple[int, float | None]:
    """(calls today, calls an hour of today between the first and now)."""
    if live is None:
        return 0, None
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    times = list(live.filter(at__gte=midnight).values_list("at", flat=True))
    if not times:
        return 0, None
    return len(times), rules.per_hour(len(times), (now - min(times)).total_seconds() / 3600)


def may_be_added(vacancy: Vacancy, reader: User) -> QuerySet[Candidacy]:
    """Who is early on the road and not on the list yet."""
    return (
        Candidacy.objects.editable_by(reader)
        .filter(vacancy=vacancy, candidate__isnull=False, call_entry=None)
        .filter(Q(stage__kind__in=[StageKind.FOUND, StageKind.CALL, StageKind.FORM]))
        .active()
    )


def local_time(now: dt.datetime, zone: str) -> dt.datetime:
    return now.astimezone(ZoneInfo(zone))


SCRIPT_FIELDS = ("name", "vacancy", "city", "company", "recruiter")


def parts(rows: Iterable[Standing]) -> dict[str, list[Standing]]:
    """The tabs of the page; everybody is in exactly one, callbacks also among those who wait."""
    found: dict[str, list[Standing]] = {
        "waiting": [], "callbacks": [], "done": [], "given_up": [], "skipped": [],
    }  # fmt: skip
    for row in rows:
        if row.state != CallState.WAITING:
            found[row.state].append(row)
        elif row.why:
            found["skipped"].append(row)
        else:
            found["waiting"].append(row)
            if row.is_callback:
                found["callbacks"].append(row)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list as it is drawn; `when` is the moment it may be rung, None for now."""

    standing: Standing
    entry: CallEntry
    last: Call | None
    when: dt.datetime | None
    is_quiet: bool


def lines(rows: Iterable[Standing], now: dt.datetime) -> list[Line]:
    """The standings of one page with their people and last calls; two queries."""
    rows = list(rows)
    entries = CallEntry.objects.select_related(
        "candidacy__candidate", "candidacy__tier", "held_by"
    ).in_bulk([row.entry_id for row in rows])
    last: dict[int, Call] = {}
    made = Call.objects.filter(entry__in=list(entries), undone_at=None).order_by("at", "pk")
    for call in made.select_related("by"):
        last[call.entry_id] = call
    found = []
    for row in rows:
        opens = row.due_at if row.is_callback else max(row.due_at, row.loud_at)
        found.append(
            Line(
                standing=row,
                entry=entries[row.entry_id],
                last=last.get(row.entry_id),
                when=opens if opens > now else None,
                is_quiet=not row.is_callback and row.loud_at > now,
            )
        )
    return found
