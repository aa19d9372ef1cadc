import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Contact, Promise, Task
from accounts.queries.handover_lines import lines_of, second_managers, start_of
from accounts.rules.handover import Gap
from people.models import company_day
from tests.field import make_contact, make_observation
from tests.handovers import make_road, meet, to_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(cast):
    return make_road(cast)


def boss(road):
    return next(line for line in lines_of(road.row).people if line.contact == road.boss)


def test_a_talk_of_both_managers_is_found_on_the_timeline(road):
    assert boss(road).touchpoint is None
    made = meet(road, road.boss, channel="call")
    assert boss(road).touchpoint == made and boss(road).is_done


@pytest.mark.parametrize(
    "fields",
    [{"state": "planned"}, {"state": "cancelled"}, {"direction": "ours"}, {"days_ago": 3}],
)
def test_what_does_not_introduce(road, fields):
    meet(road, road.boss, **fields)
    assert not boss(road).is_done


def test_a_talk_with_only_one_of_them_is_shown_as_nearest(cast, road):
    alone = meet(road, road.boss, ours=(cast.karl,))
    assert boss(road).alone == alone and not boss(road).is_done


def test_a_planned_introduction_is_shown_and_does_not_count(road):
    made = meet(road, road.boss, state="planned", at=timezone.now() + dt.timedelta(days=2))
    assert boss(road).planned == made and not boss(road).is_done


def test_the_first_talk_with_somebody_is_no_joint_meeting(road):
    meet(road, road.boss)
    assert lines_of(road.row).joint == ()
    second = meet(road, road.boss)
    assert lines_of(road.row).joint == (second,)
    meet(road, channel="mail")
    assert len(lines_of(road.row).joint) == 1


def test_everybody_of_power_two_and_more_is_asked_for_the_most_powerful_first(road):
    weak, mid = make_contact(road.account, "Weak"), make_contact(road.account, "Mid")
    make_observation(weak, "power", "1")
    make_observation(mid, "power", "2")
    unknown = make_contact(road.account, "Unknown")
    make_contact(road.account, "")
    left = make_contact(road.account, "Left", valid_to=company_day())
    make_observation(left, "power", "3")
    lines = lines_of(road.row)
    assert [line.contact for line in lines.people] == [road.boss, mid]
    assert lines.unknown == (unknown,)


def test_merged_people_are_not_asked_for(road):
    twin = make_contact(road.account, "Twin")
    make_observation(twin, "power", "3")
    Contact.objects.filter(pk=twin.pk).update(merged_into=road.boss)
    assert [line.contact for line in lines_of(road.row).people] == [road.boss]


def test_who_stands_for_the_former_manager(cast, road):
    assert second_managers(road.row) == [cast.lena]
    cast.lena.is_active = False
    cast.lena.save()
    road.row.from_user.refresh_from_db()
    assert second_managers(road.row) == [cast.dora]


def test_tasks_of_others_stay_with_them_and_those_of_people_gone_do_not(cast, road):
    Task.objects.create(account=road.account, title="Hers", owner=cast.anna)
    Task.objects.create(account=road.account, title="His", owner=cast.sam)
    cast.sam.is_active = False
    cast.sam.save()
    titles = [line.row.title for line in lines_of(road.row).tasks]
    assert titles == ["Send the list", "His"]


def test_promises_that_ended_before_are_not_gone_through(cast, road):
    Promise.objects.create(
        account=road.account, text="Old", colleague=cast.lena, made_on=company_day(), state="kept"
    )
    assert [line.row.text for line in lines_of(road.row).promises] == ["A sample by June"]


def test_what_is_missing_is_counted(road):
    missing = lines_of(road.row).missing
    assert missing[Gap.QUESTION] == 14 and missing[Gap.CHECK] == 5
    assert missing[Gap.PERSON] == missing[Gap.JOINT] == missing[Gap.PROMISE] == 1
    assert missing[Gap.UNSEEN] == 14 + 5 + 2 and Gap.AGREEMENT not in missing


def test_introductions_count_from_the_day_of_the_plan(road):
    assert start_of(road.row) == company_day()
    meet(road, road.boss, at=timezone.now().replace(hour=0, minute=0, second=1))
    assert boss(road).is_done


def test_the_number_of_queries_does_not_grow(road, cast, django_assert_num_queries):
    def more():
        for _n in range(3):
            person = make_contact(road.account)
            make_observation(person, "power", "3")
            meet(road, person)
            Promise.objects.create(
                account=road.account, text="x", colleague=cast.lena, made_on=company_day()
            )

    more()
    with django_assert_num_queries(9):
        lines_of(road.row)
    more()
    with django_assert_num_queries(9):
        lines_of(road.row)


def test_after_the_signature_its_lines_stay_as_they_were(cast, road):
    to_state(road, "watch")
    Promise.objects.create(
        account=road.account, text="Later", colleague=cast.karl, made_on=company_day()
    )
    Promise.objects.filter(pk=road.promise.pk).update(state="kept")
    Task.objects.create(account=road.account, title="Later", owner=cast.lena)
    make_observation(make_contact(road.account, "Risen Later"), "power", "3")
    lines = lines_of(road.row)
    assert [(line.row.pk, line.choice) for line in lines.promises] == [(road.promise.pk, "on")]
    assert [line.row.pk for line in lines.tasks] == [road.task.pk]
    assert [line.contact for line in lines.people] == [road.boss]
    assert all(line.is_done for line in (*lines.promises, *lines.tasks, *lines.people))
