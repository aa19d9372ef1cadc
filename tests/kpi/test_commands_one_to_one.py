"""One-to-ones: who records them, what becomes of what was agreed, and how one is taken back."""

import datetime as dt

import pytest

from accounts.choices import TaskState
from accounts.models import Task
from common.errors import RuleBroken
from kpi.commands.one_to_one import record_one_to_one, remove_one_to_one
from kpi.models import OneToOne
from people.models import Event, company_day
from tests.kpi.scores import read_for

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def recorded(actor, manager, **fields) -> OneToOne:
    return record_one_to_one(
        actor=actor, manager=manager, **{"held_on": company_day(), "notes": "Good week", **fields}
    )


@pytest.mark.parametrize("leader", ["dora", "lena"])
def test_points_become_tasks_of_the_manager(cast, leader):
    due = company_day() + 7 * DAY
    talk = recorded(getattr(cast, leader), cast.karl, points=["Call Hansa", "Plan Q1"], due=due)
    tasks = list(talk.points.order_by("pk"))
    assert [(task.title, task.owner, task.due) for task in tasks] == [
        ("Call Hansa", cast.karl, due), ("Plan Q1", cast.karl, due),
    ]  # fmt: skip


def test_the_figures_of_the_day_are_kept(cast):
    read_for(cast.karl, "retention", 5, 6)
    talk = recorded(cast.lena, cast.karl)
    assert talk.readings == {"retention": [5, 6]}
    assert talk.figures_of == company_day()


def test_the_record_tells_that_it_was_held_and_nothing_of_what_was_said(cast):
    recorded(cast.lena, cast.karl, points=["Secret"])
    (event,) = Event.objects.filter(verb="one_to_one.recorded")
    assert event.data == {"points": 1}


@pytest.mark.parametrize(
    ("actor", "manager"), [("lena", "kim"), ("karl", "lena"), ("dora", "dora")]
)
def test_who_leads_nobody_records_none(cast, actor, manager):
    with pytest.raises(RuleBroken, match="Only who leads"):
        recorded(getattr(cast, actor), getattr(cast, manager))
    assert not OneToOne.objects.exists() and not Task.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"held_on": dt.date(2020, 1, 1)}, "Choose the day"),
        ({"notes": " "}, "Write a note"),
        ({"points": ["x"] * 11}, "At most ten"),
    ],
)
def test_a_refusal_leaves_nothing(cast, fields, words):
    with pytest.raises(RuleBroken, match=words):
        recorded(cast.lena, cast.karl, **fields)
    assert not OneToOne.objects.exists() and not Task.objects.exists()


def test_taken_back_its_open_tasks_are_dropped_and_settled_ones_stay(cast):
    talk = recorded(cast.lena, cast.karl, points=["open", "done"])
    Task.objects.filter(title="done").update(state=TaskState.DONE)
    remove_one_to_one(actor=cast.lena, talk_id=talk.pk)
    assert dict(Task.objects.values_list("title", "state")) == {"open": "dropped", "done": "done"}
    assert not OneToOne.objects.standing().exists()
    with pytest.raises(RuleBroken, match="already"):
        remove_one_to_one(actor=cast.lena, talk_id=talk.pk)


@pytest.mark.parametrize("reader", ["karl", "dora"])
def test_only_who_recorded_it_takes_it_back(cast, reader):
    talk = recorded(cast.lena, cast.karl)
    with pytest.raises(OneToOne.DoesNotExist):
        remove_one_to_one(actor=getattr(cast, reader), talk_id=talk.pk)
