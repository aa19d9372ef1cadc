"""Whom to invite next and where, with real people and places."""

import pytest
from django.utils import timezone

from hiring.choices import CandidacyState, SeatState, SessionState, StageKind
from hiring.models import Candidacy, HiringSettings
from hiring.queries import filling as queries
from hiring.queries.invitations import calculate
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_candidate,
    make_seat,
    make_session,
)

pytestmark = pytest.mark.django_db
SESSION = {"spare": 99}
S = SeatState


def make_waiting(vacancy, name: str, rank: int = 0, **fields):
    candidate = make_candidate(name, **fields)
    return make_candidacy(vacancy, candidate, stage=StageKind.INVITE, rank=rank)


def test_waiting_are_those_to_be_invited_best_first(vacancy, session):
    second = make_waiting(vacancy, "Second", rank=2)
    best = make_waiting(vacancy, "Best", rank=1)
    make_candidacy(vacancy, stage=StageKind.FORM)
    make_candidacy(vacancy, stage=StageKind.INVITE, state=CandidacyState.WITHDRAWN)
    asked = make_waiting(vacancy, "Asked")
    make_seat(session, asked)
    forgotten = make_candidacy(vacancy, stage=StageKind.SESSION)
    declined = make_candidacy(vacancy, stage=StageKind.SESSION)
    make_seat(session, declined, state=S.DECLINED)
    erased = make_waiting(vacancy, "Erased")
    erased.candidate = None
    erased.save()
    assert queries.waiting(vacancy) == [forgotten, best, second]


def test_the_refill_passes_over_colleagues_and_who_said_no(vacancy, session):
    HiringSettings.objects.create(pk=1, prior_came=5000, prior_missed=5000)
    sits = make_candidacy(
        vacancy, make_candidate("Olga", employer="Nordpack", plain_employer="nordpack"),
        stage=StageKind.SESSION,
    )  # fmt: skip
    make_seat(session, sits)
    colleague = make_waiting(vacancy, "Anna", plain_employer="nordpack")
    refuses = make_waiting(vacancy, "Boris", rank=1)
    make_seat(session, refuses, state=S.DECLINED)
    free = make_waiting(vacancy, "Carl", rank=2)
    found = queries.refill(vacancy, [session])
    assert [one.candidacy for one in found.invitations] == [free]
    assert found.left == [colleague, refuses]
    other = make_session(vacancy, spare=99)
    found = queries.refill(vacancy, [session, other])
    places = {one.candidacy: one.session for one in found.invitations}
    assert places[colleague] == other
    assert places[refuses] == other


def test_the_refill_ends_where_the_calculator_says(vacancy, session):
    HiringSettings.objects.create(pk=1, prior_came=5000, prior_missed=5000)
    for number in range(30):
        make_waiting(vacancy, f"Candidate {number}")
    assert len(queries.refill(vacancy, [session]).invitations) == 17
    assert len(queries.refill(vacancy, [session], most=3).invitations) == 3


def test_the_refill_counts_everybody_with_the_rate_of_their_own_source(vacancy, session):
    """Nearly all of the referred came and hardly any of the others: fewer of the former fill it."""
    start = timezone.now() - 10 * DAY
    over = make_session(vacancy, starts_at=start, state=SessionState.FINISHED)
    asked = {"invited_at": start - 2 * DAY, "settled_at": start}
    for source, came in (("referral", 27), ("cv_base", 3)):
        for number in range(30):
            state = S.CAME if number < came else S.NO_SHOW
            make_seat(over, make_candidacy(vacancy, source=source), state=state, **asked)
    numbers = {}
    for source in ("referral", "cv_base"):
        waiting = [make_waiting(vacancy, f"{source} {n}") for n in range(60)]
        Candidacy.objects.filter(pk__in=[one.pk for one in waiting]).update(source=source)
        plan = queries.refill(vacancy, [session])
        found = queries.with_people(calculate(session), plan)
        numbers[source] = len(plan.invitations)
        assert found.advice.more == numbers[source]
        assert 7.9 < found.then.mean < 12
        Candidacy.objects.filter(pk__in=[one.pk for one in waiting]).delete()
    assert numbers["referral"] < 13 < 30 < numbers["cv_base"]
