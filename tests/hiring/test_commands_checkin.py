import pytest

from common.errors import RuleBroken
from hiring.choices import SeatState
from hiring.commands.checkin import add_walk_in, settle_seat, undo_checkin
from hiring.commands.scoring import finish_scoring
from hiring.models import Candidate, Seat, Session, Sheet
from people.models import Event
from tests.hiring.rounds import make_room, open_room
from tests.recruiting import DAY, make_candidacy


@pytest.fixture
def room(cast):
    return make_room(cast.ivan, cast.kim, came=False)


def settle(actor, seat, state=SeatState.CAME):
    return settle_seat(actor=actor, seat_id=seat.pk, state=state)


def test_badges_follow_one_another_and_every_observer_is_asked(cast, room):
    badges = [settle(cast.kim, seat).badge for seat in reversed(room.seats)]
    assert badges == [1, 2, 3]
    assert Sheet.objects.filter(session=room.session).count() == 6
    room.session.refresh_from_db()
    assert room.session.booked == 0


def test_tapped_twice_it_is_one_arrival(cast, room):
    first, second = settle(cast.ivan, room.seats[0]), settle(cast.kim, room.seats[0])
    assert first.badge == second.badge == 1
    assert Event.objects.about(first).count() == 1


def test_who_did_not_come_has_no_badge_and_can_still_be_late(cast, room):
    assert settle(cast.rita, room.seats[0], SeatState.NO_SHOW).badge is None
    assert settle(cast.rita, room.seats[0], SeatState.LATE).badge == 1


def test_undo_puts_the_chair_back(cast, room):
    settle(cast.ivan, room.seats[0])
    seat = undo_checkin(actor=cast.ivan, seat_id=room.seats[0].pk)
    room.session.refresh_from_db()
    assert (seat.state, seat.badge, seat.settled_at) == ("booked", None, None)
    assert room.session.booked == 3
    with pytest.raises(RuleBroken):
        undo_checkin(actor=cast.ivan, seat_id=room.seats[0].pk)


def test_undo_of_a_second_tap_goes_back_to_the_first(cast, room):
    settle(cast.ivan, room.seats[0])
    settle(cast.ivan, room.seats[0], SeatState.NO_SHOW)
    seat = undo_checkin(actor=cast.ivan, seat_id=room.seats[0].pk)
    assert (seat.state, seat.badge) == ("came", 1)


def test_who_was_scored_was_here(cast, room):
    settle(cast.ivan, room.seats[0])
    room.mark(cast.ivan, room.seats[0], 4)
    with pytest.raises(RuleBroken):
        settle(cast.ivan, room.seats[0], SeatState.NO_SHOW)
    with pytest.raises(RuleBroken):
        undo_checkin(actor=cast.ivan, seat_id=room.seats[0].pk)


def test_only_observers_and_recruiters_check_in_within_the_window(cast, room):
    for actor in (cast.dora, cast.lena, cast.sam, cast.adam):
        with pytest.raises(Session.DoesNotExist):
            settle(actor, room.seats[0])
    Session.objects.update(starts_at=room.session.starts_at + 8 * DAY,
                           ends_at=room.session.ends_at + 8 * DAY)  # fmt: skip
    with pytest.raises(Session.DoesNotExist):
        settle(cast.ivan, room.seats[0])
    assert not Seat.objects.filter(state="came").exists()


def test_an_unknown_state_or_a_cancelled_session_changes_nothing(cast, room):
    with pytest.raises(RuleBroken):
        settle(cast.ivan, room.seats[0], "booked")
    Session.objects.update(state="cancelled")
    with pytest.raises(RuleBroken):
        settle(cast.ivan, room.seats[0])


def test_somebody_new_walks_in(cast, room):
    seat = add_walk_in(actor=cast.ivan, session_id=room.session.pk, name="Nina", phone="")
    assert (seat.badge, seat.candidacy.candidate.name) == (1, "Nina")
    assert seat.candidacy.stage.kind == "session"
    assert Sheet.objects.filter(candidacy=seat.candidacy).count() == 2


def test_a_walk_in_who_is_known_is_not_made_twice(cast, room):
    first = add_walk_in(
        actor=cast.rita, session_id=room.session.pk, name="Nina", email="nina@example.org"
    )
    with pytest.raises(RuleBroken):
        add_walk_in(
            actor=cast.rita, session_id=room.session.pk, name="Nina", email="nina@example.org"
        )
    assert Candidate.objects.filter(name="Nina").get() == first.candidacy.candidate


def test_somebody_of_the_vacancy_walks_in(cast, room):
    candidacy = make_candidacy(room.session.vacancy)
    seat = add_walk_in(actor=cast.rita, session_id=room.session.pk, candidacy_id=candidacy.pk)
    assert seat.candidacy == candidacy


def test_walk_ins_are_let_in_by_who_leads_and_only_before_the_scores_are_open(cast, room):
    with pytest.raises(Session.DoesNotExist):
        add_walk_in(actor=cast.kim, session_id=room.session.pk, name="Nina")
    with pytest.raises(RuleBroken):
        add_walk_in(actor=cast.ivan, session_id=room.session.pk, name="  ")
    open_room(room)
    with pytest.raises(RuleBroken):
        add_walk_in(actor=cast.ivan, session_id=room.session.pk, name="Nina")


def test_who_had_finished_has_somebody_left_to_judge(cast):
    room = make_room(cast.ivan, cast.kim, people=1)
    room.mark(cast.ivan, room.seats[0], 4)
    finish_scoring(actor=cast.ivan, session_id=room.session.pk)
    add_walk_in(actor=cast.ivan, session_id=room.session.pk, name="Nina")
    assert not room.session.observers.exclude(finished_at=None).exists()
