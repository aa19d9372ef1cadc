"""A handover to somebody who came to own the account in another way ends in that very deed."""

import datetime as dt

import pytest

from accounts.commands import assignment, control
from accounts.commands.handover_move import overtaken
from accounts.models import Handover
from people.models import Event, Notification, company_day
from tests.gate import employ
from tests.handovers import digest, make_road, to_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(cast):
    return make_road(cast)


def assign(road, user, days: int = 0):
    start = company_day() + dt.timedelta(days=days)
    return assignment.assign_account(
        actor=road.cast.dora, account_id=road.account.pk, user=user, role="owner", start=start
    )


def row(road) -> Handover:
    road.row.refresh_from_db()
    return road.row


@pytest.mark.parametrize("state", ["planned", "captured", "introduced", "joint"])
def test_who_is_made_the_owner_takes_no_handover_any_more(road, state):
    to_state(road, state)
    assign(road, road.taker)
    ended = row(road)
    assert (ended.state, ended.ended_why) == ("cancelled", "Karl answers for it")
    assert ended.ended_at is not None and ended.moves.last().note == ended.ended_why
    said = Event.objects.about(road.account).filter(verb="account.handover_cancelled").get()
    assert said.actor == road.cast.dora and said.data["reason"] == "Karl answers for it"
    today = road.account.assignments.today().values_list("user", "role")
    assert set(today) == {(road.taker.pk, "owner")}  # the right to read is over too
    told = Notification.objects.filter(kind="handover_ended").values_list("user", flat=True)
    assert set(told) == {road.giver.pk, road.taker.pk}


def test_an_accepted_one_goes_on_into_its_watch(road):
    to_state(road, "watch")
    assert row(road).state == "watch" and not overtaken(company_day()).exists()


@pytest.mark.parametrize("whose", ["somebody else", "for some days"])
def test_one_that_still_has_a_purpose_goes_on(cast, road, whose):
    if whose == "somebody else":
        employ(cast.kim, 2)
        assign(road, cast.kim)
    else:
        end = company_day() + dt.timedelta(days=30)
        assignment.assign_account(
            actor=cast.dora, account_id=road.account.pk, user=cast.karl, role="owner",
            start=company_day(), to=end,
        )  # fmt: skip
    assert row(road).state == "planned"


def test_by_bulk_it_ends_and_with_undo_it_goes_on_as_it_was(cast, road):
    to_state(road, "captured")
    before = digest(road.account)
    event = assignment.assign_accounts(
        actor=cast.dora, account_ids=[road.account.pk], user=cast.karl, role="owner",
        start=company_day(),
    )  # fmt: skip
    assert row(road).state == "cancelled"
    assignment.undo_assign_accounts(actor=cast.dora, event_id=event.pk)
    again = row(road)
    assert (again.state, again.ended_at, again.ended_why) == ("captured", None, "")
    assert digest(road.account) == before


def test_a_director_who_controls_for_a_time_does_not_end_the_handover_to_another(cast, road):
    control.take_control(
        actor=cast.dora, account_id=road.account.pk, director=cast.dora, reason="To be sure"
    )
    assert row(road).state == "planned"


def test_an_owner_planned_ahead_ends_it_in_the_night_of_that_day(road, time_machine):
    assign(road, road.taker, days=5)
    assert row(road).state == "planned"
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(days=5))
    assignment.refresh_owners(day=company_day())
    assignment.refresh_owners(day=company_day())
    ended = row(road)
    assert ended.state == "cancelled" and ended.moves.filter(to_state="cancelled").count() == 1
