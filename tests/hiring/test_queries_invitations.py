"""The calculator on real places: strata and replies."""

import datetime as dt

import pytest
from django.utils import timezone

from hiring.choices import SeatState, SessionState
from hiring.models import HiringSettings
from hiring.queries import invitations as queries
from hiring.rules import show
from tests.recruiting import (
    DAY,
    make_seat,
    make_session,
)

pytestmark = pytest.mark.django_db
SESSION = {"spare": 99}
S = SeatState


def make_past(vacancy, came: int, missed: int, **fields) -> None:
    """A session that is over, with so many who came and who did not; three days' notice."""
    start = timezone.now() - 10 * DAY
    over = make_session(vacancy, starts_at=start, state=SessionState.FINISHED)
    asked = {"invited_at": start - 2 * DAY, **fields}
    for _number in range(came):
        make_seat(over, state=S.CAME, settled_at=start, **asked)
    for _number in range(missed):
        make_seat(over, state=S.NO_SHOW, settled_at=start, **asked)


def test_nine_of_twenty_four_ask_for_twenty_three(vacancy, session):
    make_past(vacancy, 9, 15)
    found = queries.calculate(session)
    assert (found.newcomers.came, found.newcomers.missed) == (11, 18)
    assert found.advice.more == 23
    assert found.invited == 0
    assert found.total == 23


def test_without_a_past_there_is_the_weak_start_of_the_settings(session):
    found = queries.calculate(session)
    assert (found.newcomers.came, found.newcomers.missed) == (2, 3)
    assert found.evidence.is_thin
    HiringSettings.objects.create(pk=1, prior_came=50, prior_missed=50)
    assert queries.calculate(session).newcomers.rate == 0.5


def test_known_half_of_eight_seats_is_seventeen_in_the_sentence(session):
    HiringSettings.objects.create(pk=1, prior_came=5000, prior_missed=5000)
    found = queries.calculate(session)
    assert found.advice.more == 17
    assert found.then.mean == pytest.approx(8.5)


def test_the_room_holds_the_number_down(session):
    HiringSettings.objects.create(pk=1, prior_came=5000, prior_missed=5000)
    tried = {"spare": 2, "too_many_percent": 5}
    found = queries.calculate(session, tried=tried)
    assert (found.advice.more, found.advice.is_capped) == (14, True)
    session.refresh_from_db()
    assert session.spare == 99


def test_other_figures_are_tried_without_being_kept(session):
    HiringSettings.objects.create(pk=1, prior_came=5000, prior_missed=5000)
    assert queries.calculate(session, tried={"cost_empty": 1, "cost_over": 2}).advice.more == 14
    assert queries.calculate(session, tried={"cost_empty": 1, "cost_over": 1}).advice.more == 15
    assert queries.calculate(session, tried={"seats": 3}).session.minimum == 3
    assert queries.calculate(session, more=5).total == 5


def test_left_out_are_those_who_moved_and_those_nobody_noted(vacancy):
    make_past(vacancy, 1, 1)
    over = vacancy.sessions.get()
    make_seat(over, state=S.MOVED)
    make_seat(over, state=S.CONFIRMED)
    make_seat(over, state=S.DECLINED, settled_at=over.starts_at - DAY)
    make_seat(over, state=S.INVITED)
    running = make_session(vacancy, starts_at=timezone.now() - 3 * DAY)
    make_seat(running, state=S.CAME)
    share = queries.evidence().all
    assert (share.hits, share.tries) == (1, 4)


def test_those_who_confirmed_count_more_than_those_who_are_silent(vacancy, session):
    early = timezone.now() - 13 * DAY
    confirmed = {"booked_at": early, "confirmed_at": early, "invited_at": early}
    make_past(vacancy, 8, 1, **confirmed)
    make_past(vacancy, 2, 12)
    now = timezone.now()
    long_ago = session.starts_at - 3 * DAY - dt.timedelta(hours=1)
    for _number in range(4):
        make_seat(session, invited_at=long_ago, booked_at=long_ago, confirmed_at=long_ago,
                  state=S.CONFIRMED)  # fmt: skip
    make_seat(session, invited_at=now)
    found = queries.calculate(session)
    rates = {one.reply: one.share.rate for one in found.strata}
    assert rates[show.EARLIER] > 0.6 > 0.35 > rates[show.SILENT]
    assert found.invited == 5
    sizes = {one.reply: one.size for one in found.strata}
    assert sizes == {show.EARLIER: 4, show.SILENT: 1}


def test_every_reply_moves_the_number(vacancy, session):
    make_past(vacancy, 12, 12)
    before = queries.calculate(session).advice.more
    seats = [make_seat(session) for _number in range(6)]
    asked = queries.calculate(session).advice.more
    assert asked < before
    for seat in seats:
        seat.state = S.DECLINED
        seat.save()
    assert queries.calculate(session).advice.more == before


def test_many_places_ask_as_few_questions_as_one(vacancy, session, django_assert_max_num_queries):
    make_past(vacancy, 3, 3)
    for _number in range(12):
        make_seat(session)
    with django_assert_max_num_queries(4):
        queries.calculate(session)
