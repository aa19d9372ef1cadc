"""Whom to invite next and where, of those who wait; and what that leads to."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.db.models import F
from django.utils import timezone

from hiring.choices import CandidacyState, SeatState, StageKind
from hiring.models import Candidacy, Observer, Seat, Session, Vacancy
from hiring.models.session import OPEN
from hiring.queries.invitations import (
    Calculation,
    Evidence,
    costs_of,
    evidence,
    guards_of,
    strata_of,
)
from hiring.queries.room import people_in, person_of
from hiring.rules import invitations as rule
from hiring.rules.proposal import Plan, Room, propose


def waiting(vacancy: Vacancy) -> list[Candidacy]:
    """Whom to invite next, best first: who stands to be invited, in the board's own order."""
    asked = Seat.objects.filter(candidacy=F("candidacy"), state__in=OPEN)
    coming = Session.objects.filter(vacancy=vacancy).coming(timezone.now())
    rows = Candidacy.objects.filter(
        vacancy=vacancy, state=CandidacyState.ACTIVE, candidate__isnull=False,
        stage__kind__in=(StageKind.INVITE, StageKind.SESSION),
    ).exclude(pk__in=asked.filter(session__in=coming.values("pk")).values("candidacy"))  # fmt: skip
    been = Seat.objects.filter(candidacy__vacancy=vacancy).exclude(state=SeatState.CANCELLED)
    rows = rows.exclude(stage__kind=StageKind.SESSION, pk__in=been.values("candidacy"))
    return list(
        rows.select_related("candidate", "stage").order_by(
            "-stage__position", "rank", "-entered_at", "pk"
        )
    )


@dataclass(frozen=True)
class Invitation:
    candidacy: Candidacy
    session: Session


@dataclass(frozen=True)
class Refill:
    """Whom to ask where; `left` are people no session takes; `joining` those asked, in groups that
    are alike; `ends_early`: more wait than the sessions gain by."""

    invitations: list[Invitation]
    left: list[Candidacy]
    joining: list[rule.Group]
    ends_early: bool


def refill(vacancy: Vacancy, sessions: Sequence[Session], *, most: int = 200) -> Refill:
    """The best waiting people for these sessions of the vacancy, one after another."""
    now, people = timezone.now(), waiting(vacancy)
    rooms = rooms_for(sessions, {one.source for one in people}, evidence(now), now)
    by_key = {one.candidate_id: one for one in people}
    persons = [replace(person_of(one.candidate), kind=one.source) for one in people]
    plan: Plan = propose(persons, rooms, most=most)
    places = {session.pk: session for session in sessions}
    found = [Invitation(by_key[one.person], places[one.room]) for one in plan.proposals]
    return Refill(
        invitations=found,
        left=[by_key[key] for key in plan.left],
        joining=[group for room in rooms for group in room.joining.values()],
        ends_early=len(plan.proposals) + len(plan.left) < len(people),
    )


def with_people(found: Calculation, plan: Refill) -> Calculation:
    """The same with the people who would be asked, each with the show rate of their own kind: what
    one press of the button leads to. While nobody waits, what would be good stays."""
    number, advice = len(plan.invitations), found.advice
    if not number and not plan.ends_early:
        return found
    if plan.ends_early:
        best, cap = max(advice.best, number), number if advice.is_capped else advice.cap
        advice = replace(advice, best=best, cap=cap, is_capped=advice.is_capped and cap < best)
    guards = guards_of(found.session)
    chances = rule.arrivals([*(one.group for one in found.strata), *plan.joining])
    then = rule.outlook(chances, found.session.seats, guards)
    return replace(found, advice=replace(advice, more=number), then=then, chances=chances)


def rooms_for(
    sessions: Sequence[Session], sources: Collection[str], known: Evidence, now: dt.datetime
) -> list[Room]:
    """The sessions as they stand, read together, for people of these sources."""
    ids = [session.pk for session in sessions]
    seats, observers = defaultdict(list), defaultdict(list)
    rows = Seat.objects.filter(session__in=ids).select_related("candidacy__candidate")
    for seat in rows.order_by("pk"):
        seats[seat.session_id].append(seat)
    for observer in Observer.objects.filter(session__in=ids).select_related("user"):
        observers[observer.session_id].append(observer)
    return [
        _room(session, seats[session.pk], observers[session.pk], sources, known, now)
        for session in sessions
    ]


def _room(
    session: Session,
    seats: list[Seat],
    observers: list[Observer],
    sources: Collection[str],
    known: Evidence,
    now: dt.datetime,
) -> Room:
    ahead = max(session.starts_at - now, dt.timedelta())
    shares = {source: known.of_newcomers(ahead, source) for source in sources}
    is_open = [
        seat
        for seat in seats
        if seat.state in OPEN and seat.candidacy.state == CandidacyState.ACTIVE
    ]
    said_no = [seat for seat in seats if seat.state not in (*OPEN, SeatState.MOVED)]
    return Room(
        key=session.pk,
        seats=session.seats,
        costs=costs_of(session),
        guards=guards_of(session),
        others=[one.group for one in strata_of(session, is_open, known, now)],
        joining={kind: rule.Group(0, one.came, one.missed) for kind, one in shares.items()},
        people=people_in(seats, observers),
        closed_to=frozenset(seat.candidacy.candidate_id for seat in said_no),
    )
