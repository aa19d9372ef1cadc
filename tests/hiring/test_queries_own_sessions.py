import pytest
from django.utils import timezone

from hiring.choices import CandidacyState, SeatState
from hiring.queries import own_sessions as queries
from tests.hiring.test_commands_seat import book, make_asked
from tests.recruiting import DAY, HOUR, make_session, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(cast):
    return make_session(make_vacancy("Inside title", texts={"en": {"title": "Outside"}}))


def part(seat):
    return queries.own_sessions(seat.candidacy.candidate)


def test_who_is_asked_chooses_and_who_has_a_place_sees_it(session):
    seat = make_asked(session)
    found = part(seat)[0]
    assert (found.title, found.holds) == ("Outside", False)
    assert [one.session for one in found.choices] == [session]
    book(seat)
    found = part(seat)[0]
    assert found.holds
    assert found.own.session == session
    assert found.choices == []


def test_full_ones_stand_apart_and_say_for_which_one_waits(session):
    full = make_session(session.vacancy, limit=1)
    book(make_asked(full))
    seat = make_asked(full, state=SeatState.WAITING)
    found = part(seat)[0]
    assert [one.session for one in found.full] == [full]
    assert [one.session for one in found.choices] == [session]
    assert found.waits_for == [full.pk]


@pytest.mark.parametrize("state", [CandidacyState.REJECTED, CandidacyState.WITHDRAWN])
def test_who_is_out_sees_nothing(session, state):
    seat = make_asked(session)
    seat.candidacy.state, seat.candidacy.ended_at = state, timezone.now()
    seat.candidacy.save()
    assert part(seat) == []
    assert queries.part_of(seat.candidacy.candidate, timezone.now()) is None


def test_today_is_told_from_later(cast):
    soon = make_session(make_vacancy(), starts_at=timezone.now() + 2 * HOUR)
    seat = book(make_asked(soon))
    assert part(seat)[0].is_today
    later = book(make_asked(make_session(make_vacancy(), starts_at=timezone.now() + 3 * DAY)))
    assert not part(later)[0].is_today


def test_what_else_can_be_had(session):
    other = make_session(session.vacancy, starts_at=timezone.now() + 5 * DAY)
    seat = make_asked(session)
    found = queries.other_choices(seat.candidacy.candidate, session.pk)
    assert [one.session for one in found] == [other]
    stranger = make_asked(make_session(make_vacancy()))
    assert queries.other_choices(stranger.candidacy.candidate, session.pk) == []


def test_who_has_been_at_a_session_is_not_asked_to_choose_another(session):
    earlier = make_session(session.vacancy, starts_at=timezone.now() - 3 * DAY)
    assert part(make_asked(earlier, state=SeatState.CAME)) == []
