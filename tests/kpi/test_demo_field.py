"""The invented company in the field, as a plan: the same for the same seed, and believable."""

import datetime as dt
import re

import numpy as np
import pytest

from kpi.demo.company import DAIRY, HANSA, UNOWNED, plan_accounts
from kpi.demo.field import ROLES
from kpi.demo.field.large import KALTBERG
from kpi.demo.field.names import latin, patronymic, person_name
from kpi.demo.field.plan import plan_field
from kpi.demo.field.stories import SWEETS
from kpi.demo.field.talk import INFORMAL, OURS, STEPS, TALK, THEIRS
from kpi.demo.field.titles import SPEECH, TITLES
from kpi.demo.field.touches import FASTENERS

TODAY = dt.date(2026, 11, 21)


def draw(seed: int):
    return lambda *stream: np.random.default_rng([seed, *stream])


@pytest.fixture(scope="module")
def plans():
    return plan_accounts(np.random.default_rng([1, 1]), 250)


@pytest.fixture(scope="module")
def fields(plans):
    return plan_field(plans, today=TODAY, rng=draw(1))


@pytest.fixture(scope="module")
def at(plans, fields):
    """The field of a customer by its name."""
    return {plans[field.index].name: field for field in fields}


def test_the_same_seed_makes_the_same_life(plans, fields):
    assert plan_field(plans, today=TODAY, rng=draw(1)) == fields
    assert plan_field(plans, today=TODAY, rng=draw(2)) != fields


@pytest.mark.parametrize("count", [1, 3, 25, 41])
def test_a_small_company_has_a_field_too(count):
    few = plan_accounts(np.random.default_rng([1, 1]), count)
    assert len(plan_field(few, today=TODAY, rng=draw(1))) <= count


def test_one_customer_has_sixty_people_and_one_three_hundred(at):
    assert len(at[DAIRY].people) == 60
    assert len(at[KALTBERG].people) == 300


def test_important_customers_have_five_to_twenty_people(at, fields):
    ordinary = [f for f in fields if f.importance < 2 and f not in (at[DAIRY], at[KALTBERG])]
    assert len(ordinary) >= 36
    assert all(3 <= len(field.people) <= 20 for field in ordinary)


def test_nobody_reports_to_themselves_at_any_remove(fields):
    for field in fields:
        for who in range(len(field.people)):
            seen, chief = set(), who
            while chief is not None:
                assert chief not in seen
                seen.add(chief)
                chief = field.people[chief].chief


def test_names_are_written_in_the_scripts_of_their_countries(at):
    def cyrillic(field):
        return [bool(re.search("[а-яё]", p.name)) for p in field.people if p.name]

    assert all(cyrillic(at[DAIRY]))
    assert not any(cyrillic(at["Alpina Dairy AG"]))
    assert all(p.other_name for p in at[DAIRY].people if p.name)


def test_languages_have_all_their_words():
    assert {*SPEECH.values()} == {*TITLES}
    assert all(set(titles) >= {*ROLES, ""} for titles in TITLES.values())
    assert {*TALK} == {*INFORMAL} == {*OURS} == {*THEIRS} == {*STEPS}
    for topics in TALK.values():
        assert {tone for tone, _subject, _text in topics} == {-1, 0, 1}


def test_some_deciding_seats_are_empty(fields):
    holes = [p for f in fields for p in f.people if not p.name]
    assert 5 < len(holes) < 60
    assert all(p.role for p in holes)


def test_people_left_and_some_turned_up_elsewhere(at, fields):
    moved = [p for f in fields for p in f.people if p.came_from]
    assert 2 <= len(moved) <= 5
    assert at[UNOWNED].people[-1].name == at[HANSA].people[1].name == "Jutta Krämer"
    for person in moved:
        index, who = person.came_from
        left = next(f for f in fields if f.index == index).people[who]
        assert left.until > person.since


def test_every_touchpoint_has_people_who_worked_there_that_day(fields):
    for field in fields:
        for touch in field.touches:
            for who in touch.who:
                person = field.people[who]
                assert person.name
                assert person.since >= touch.ago >= (person.until or -99)


def test_what_lies_ahead_is_planned_only(fields):
    touches = [touch for field in fields for touch in field.touches]
    assert all(touch.state == "planned" for touch in touches if touch.ago <= 0)
    assert 12 <= sum(touch.ago <= 0 for touch in touches) <= 60
    weekdays = [(TODAY - dt.timedelta(days=touch.ago)).weekday() for touch in touches]
    assert max(weekdays) <= 4


@pytest.mark.parametrize("later", range(1, 7))
def test_whatever_the_weekday_meetings_are_on_workdays(plans, later):
    today = TODAY + dt.timedelta(days=later)
    for field in plan_field(plans[:25], today=today, rng=draw(1)):
        for touch in field.touches:
            assert (today - dt.timedelta(days=touch.ago)).weekday() <= 4
            assert (touch.state == "planned") or touch.ago > 0
        assert all(
            fact.touch is None or field.touches[fact.touch].ago == fact.ago for fact in field.facts
        )


def test_more_important_customers_are_met_more_often(fields):
    often = [np.mean([len(f.touches) for f in fields if f.importance == i]) for i in (0, 1, 2)]
    assert often[0] > 2 * often[1] > 4 * often[2]


def test_a_few_touchpoints_were_told_late(fields):
    late = np.mean([touch.late_hours > 0 for field in fields for touch in field.touches])
    assert 0.08 < late < 0.2


def test_one_customer_hangs_on_one_person(at):
    field = at[FASTENERS]
    first = [touch.who[0] for touch in field.touches if touch.ago < 120]
    buyers = [i for i, p in enumerate(field.people) if p.role == "purchasing"]
    assert np.mean([who in buyers for who in first]) > 0.75


def test_one_decider_has_not_been_met_for_half_a_year(at):
    field = at[SWEETS]
    decides = next(i for i, p in enumerate(field.people) if p.role == "decision_maker")
    assert min((t.ago for t in field.touches if decides in t.who), default=999) >= 190


def test_facts_were_noticed_on_the_day_of_their_evidence(fields):
    for field in fields:
        for fact in field.facts:
            assert fact.ago >= 0
            if fact.touch is not None:
                touch = field.touches[fact.touch]
                assert (touch.state, touch.ago) == ("done", fact.ago)
                assert fact.who in touch.who or not touch.who


def test_facts_have_every_age_and_some_are_hearsay(fields):
    facts = [fact for field in fields for fact in field.facts]
    ages = np.array([fact.ago for fact in facts])
    assert (ages < 30).sum() > 60
    assert (ages > 200).sum() > 200
    assert 0.2 < np.mean([fact.touch is None for fact in facts]) < 0.7
    assert {fact.confidence for fact in facts} == {1, 2, 3}


def test_promises_go_both_ways_and_end_in_every_way(fields):
    promises = [promise for field in fields for promise in field.promises]
    assert {promise.state for promise in promises} == {"open", "kept", "broken", "released"}
    assert {promise.ours for promise in promises} == {True, False}
    assert any(p.state == "open" and p.due and p.due > 0 for p in promises)
    assert all(p.settled <= p.made for p in promises if p.settled is not None)


def test_tasks_are_done_open_late_and_in_other_hands(fields):
    tasks = [task for field in fields for task in field.tasks]
    assert {task.state for task in tasks} == {"open", "done", "dropped"}
    assert any(task.state == "open" and task.due > 0 for task in tasks)
    assert {"paul_becker", "olga_tikhonova", "svetlana_baranova"} <= {task.owner for task in tasks}
    assert any(task.repeat for task in tasks)


def test_a_cyrillic_name_is_told_in_latin_letters():
    assert latin("Семён Щукин") == "Semyon Shchukin"
    assert latin("Аркадий Долгоруков") == "Arkadiy Dolgorukov"
    assert patronymic("Павлович") == "Павловна"


@pytest.mark.parametrize("country", ["DE", "CH", "EE", "FI", "IT", "ES", "RU", "KZ"])
def test_every_country_names_its_people(country):
    names = {person_name(np.random.default_rng(i), country)["name"] for i in range(40)}
    assert len(names) > 25
    assert all(len(name.split()) >= 2 for name in names)
