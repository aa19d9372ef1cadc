import datetime as dt

import pytest

from accounts.commands import handover_switch
from accounts.commands.handover import undo_handover
from accounts.models import Assignment, Promise, Task
from accounts.queries.handover_lines import lines_of
from common.errors import RuleBroken
from people.models import company_day
from tests.gate import employ
from tests.handovers import begin, digest, make_road, meet, tell, to_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(cast):
    made = to_state(make_road(cast), "joint")
    made.row.watch_until = company_day() + dt.timedelta(days=90)
    return made


def hand_over(road) -> None:
    handover_switch.hand_over(road.row, lines_of(road.row), actor=road.taker, today=company_day())


def test_what_changed_is_kept_as_plain_values_for_undoing(cast, road):
    hand_over(road)
    kept = road.row.switched
    assert kept["promises"] == [[road.promise.pk, cast.lena.pk, cast.karl.pk]]
    assert kept["tasks"] == [[road.task.pk, cast.lena.pk, cast.karl.pk, None]]
    assert kept["place"]["controls"] == [] and len(kept["place"]["made"]) == 2
    assert Assignment.objects.get(pk=kept["owner"]).user == cast.karl


def test_back_and_forth_leaves_no_trace_but_the_past_right_to_read(cast, road):
    before = digest(road.account)
    hand_over(road)
    handover_switch.hand_back(road.row, actor=cast.dora, today=company_day())
    after = digest(road.account)
    gone = set(before["assignments"]) - set(after["assignments"])
    assert all("'deputy'" in row for row in gone) and len(gone) == 1
    assert {**before, "assignments": []} == {**after, "assignments": []}


def test_a_stand_in_from_before_does_so_again_after_taking_back(cast):
    road = make_road(cast, begun=False)
    Assignment.objects.create(
        account=road.account, user=cast.karl, role="deputy", valid_from=dt.date(2021, 1, 1)
    )
    before = digest(road.account)
    from_here = make_and_walk(road)
    assert "reading" not in from_here.switched
    handover_switch.hand_back(from_here, actor=cast.dora, today=company_day())
    assert digest(road.account) == before


def make_and_walk(road):
    road.row = begin(road)
    to_state(road, "joint")
    road.row.watch_until = company_day() + dt.timedelta(days=90)
    hand_over(road)
    return road.row


def test_what_somebody_passed_further_meanwhile_stays_there(cast, road):
    hand_over(road)
    Promise.objects.update(colleague=cast.dora)
    Task.objects.update(owner=cast.dora)
    handover_switch.hand_back(road.row, actor=cast.dora, today=company_day())
    assert (Promise.objects.get().colleague, Task.objects.get().owner) == (cast.dora, cast.dora)


def test_nothing_goes_back_past_the_gate(cast, road):
    hand_over(road)
    employ(cast.lena, 1)
    with pytest.raises(RuleBroken, match="lower grade"):
        handover_switch.hand_back(road.row, actor=cast.dora, today=company_day())


def test_strengths_are_of_people_of_power_with_us_all(road):
    found = handover_switch.strengths(road.account, lines_of(road.row), company_day())
    assert set(found) == {str(road.boss.pk)} and 0 <= found[str(road.boss.pk)] <= 100


def test_the_right_to_read_ends_only_once(cast):
    road = make_road(cast)
    tell(road)
    meet(road)
    tomorrow = company_day() + dt.timedelta(days=1)
    number = handover_switch.end_reading(road.row, day=tomorrow)
    assert Assignment.objects.get(pk=number).valid_to == tomorrow
    handover_switch.end_reading(road.row, day=tomorrow + dt.timedelta(days=1))
    assert Assignment.objects.get(pk=number).valid_to == tomorrow


def test_what_the_new_manager_had_to_do_before_stays_theirs_when_it_is_taken_back(cast):
    road = make_road(cast)
    own = Task.objects.create(account=road.account, title="Read in", owner=cast.karl)
    to_state(road, "watch")
    later = Task.objects.create(account=road.account, title="Call them", owner=cast.karl)
    undo_handover(actor=cast.dora, handover_id=road.row.pk)
    own.refresh_from_db()
    later.refresh_from_db()
    assert (own.owner, later.owner) == (cast.karl, cast.lena)
