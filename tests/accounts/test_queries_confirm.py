import datetime as dt

import pytest
from django.utils import timezone

from accounts.queries.confirm import (
    confirm_list,
    count_to_confirm,
    options_of,
    question_after,
    to_confirm,
)
from tests.cast import make_account
from tests.field import make_contact, make_observation, make_touchpoint, set_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena(account):
    return make_contact(account, "Elena")


def words(found):
    return [item.sentence for item in found]


def test_what_is_past_its_shelf_life_waits_for_one_tap(cast, account, elena):
    make_observation(elena, days_ago=181)
    make_observation(elena, "power", "3", days_ago=300)
    found = to_confirm(cast.karl)
    assert words(found) == ["Stance of Elena: still “neutral”?"]
    assert found[0].fact.is_stale and found[0].account == account
    assert count_to_confirm(cast.karl) == 1


def test_the_shelf_life_is_that_of_the_tier(cast, account, elena):
    make_observation(elena, days_ago=100)
    assert not to_confirm(cast.karl)
    set_tier(account, "A")
    assert to_confirm(cast.karl)[0].fact.shelf_days == 90


def test_whoever_weighs_more_comes_first(cast, account):
    small, great = make_account(owner=cast.karl), account
    set_tier(small, "C")
    set_tier(great, "A")
    people = [
        ("Powerless", great, "1"), ("Decider", great, "3"), ("Decider of a small one", small, "3")
    ]  # fmt: skip
    for name, where, power in people:
        contact = make_contact(where, name)
        make_observation(contact, "power", power)
        make_observation(contact, days_ago=270)
    names = [item.contact.name for item in to_confirm(cast.karl)]
    assert names == ["Decider", "Powerless", "Decider of a small one"]
    assert [item.contact.name for item in to_confirm(cast.karl, limit=1)] == ["Decider"]


def test_what_is_newer_unknown_or_taken_back_is_not_asked_for(cast, account, elena):
    old = make_observation(elena, days_ago=400)
    make_observation(elena, "power", "2", days_ago=800)
    assert count_to_confirm(cast.karl) == 2
    make_observation(elena, value="4")
    make_observation(elena, "power", "")
    assert not to_confirm(cast.karl)
    back = make_observation(elena, "access", "2", days_ago=900)
    make_observation(elena, "access", "2", retracts=back)
    assert not to_confirm(cast.karl)
    assert old.pk


def test_people_who_have_left_or_were_merged_away_are_let_go(cast, account, elena):
    make_observation(elena, days_ago=400)
    elena.positions.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert not to_confirm(cast.karl)
    elena.positions.update(valid_to=None)
    type(elena).objects.filter(pk=elena.pk).update(merged_into=make_contact(account))
    assert not to_confirm(cast.karl)


def test_a_relationship_of_a_colleague_is_theirs_to_confirm(cast, elena):
    make_observation(elena, "level", "2", days_ago=400, colleague=cast.anna)
    assert not to_confirm(cast.karl)
    assert words(to_confirm(cast.anna)) == [
        "Your own relationship with Elena: still “credible source”?"
    ]


def test_a_newer_word_of_a_colleague_leaves_the_companys_stale(cast, elena):
    make_observation(elena, "level", "2", days_ago=400)
    make_observation(elena, "level", "3", colleague=cast.anna)
    assert [item.fact.value for item in to_confirm(cast.karl)] == ["2"]


@pytest.mark.parametrize(
    "who, number", [("dora", 0), ("karl", 1), ("anna", 1), ("lena", 0), ("kim", 0), ("adam", 0)]
)
def test_only_those_who_may_write_are_asked(cast, elena, who, number):
    make_observation(elena, days_ago=400)
    assert count_to_confirm(getattr(cast, who)) == number


def test_directors_are_asked_about_accounts_they_answer_for(cast, account, elena):
    make_observation(elena, days_ago=400)
    own = make_account(owner=cast.dora)
    make_observation(make_contact(own), days_ago=400)
    assert [item.account for item in to_confirm(cast.dora)] == [own]
    assert len(to_confirm(cast.dora, account)) == 1


def test_the_first_few_come_with_the_number_of_all(cast, account):
    for _person in range(3):
        make_observation(make_contact(account), days_ago=400)
    items, number = confirm_list(cast.karl, limit=2)
    assert len(items) == 2 and number == 3


def test_the_list_can_be_that_of_one_account(cast, account, elena):
    other = make_account(owner=cast.karl)
    make_observation(make_contact(other), days_ago=400)
    make_observation(elena, days_ago=400)
    assert count_to_confirm(cast.karl) == 2
    assert [item.account for item in to_confirm(cast.karl, account)] == [account]


def test_three_queries_for_one_and_for_many(cast, account, django_assert_num_queries):
    assert cast.karl.is_kam  # roles are read once
    for number in (1, 30):
        for _person in range(number):
            make_observation(make_contact(account), days_ago=400)
        with django_assert_num_queries(3):
            to_confirm(cast.karl, account)


def test_after_a_touchpoint_the_most_overdue_fact_is_asked_for(cast, account, elena):
    paul = make_contact(account, "Paul")
    make_contact(account, "Absent")
    make_observation(elena, value="4", days_ago=200)
    make_observation(elena, "power", "2")
    make_observation(paul, days_ago=200)
    make_observation(paul, "power", "3")
    question = question_after(make_touchpoint(account, elena, paul), cast.karl)
    assert question.sentence == "Stance of Paul: still “neutral”?"
    assert [option.value for option in question.options if option.is_current] == ["3"]
    assert len(question.options) == 5 and all(option.behaviour for option in question.options)


def test_then_what_was_never_recorded(cast, account, elena):
    meeting = make_touchpoint(account, elena)
    question = question_after(meeting, cast.karl)
    assert question.sentence == "How does Elena stand towards us?"
    assert question.observation_id is None
    make_observation(elena)
    assert question_after(meeting, cast.karl).fact == "power"
    make_observation(elena, "power", "")
    assert question_after(meeting, cast.karl) is None


def test_one_answer_is_enough_for_one_touchpoint(cast, account, elena):
    meeting = make_touchpoint(account, elena)
    assert question_after(meeting, cast.karl)
    make_observation(elena, evidence=meeting)
    assert question_after(meeting, cast.karl) is None


def test_no_question_about_nobody_or_to_those_who_only_read(cast, account, elena):
    hole = make_contact(account, "")
    assert question_after(make_touchpoint(account, hole), cast.karl) is None
    assert question_after(make_touchpoint(account, elena), cast.lena) is None


def test_facts_written_in_words_have_no_options():
    assert options_of("sore_spot") == ()
    assert options_of("level", "2")[1].is_current
