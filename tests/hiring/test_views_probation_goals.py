import re

import pytest
from django.urls import reverse

from tests.trials import make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast, client):
    client.force_login(cast.lena)
    return make_probation(cast)


def new(row):
    return reverse("hiring:probation_goal_create", args=[row.pk])


def goal_url(row, goal, name="goal_edit"):
    return reverse(f"hiring:probation_{name}", args=[row.pk, goal.pk])


def test_a_goal_is_added_changed_and_removed(client, plan):
    assert client.get(new(plan)).status_code == 200
    answer = client.post(new(plan), {"kind": "contact", "target": "12", "weight": "1"})
    assert answer.status_code == 302
    goal = plan.goals.get(kind="contact")

    assert client.get(goal_url(plan, goal)).context["form"]["target"].value() == "12"
    client.post(goal_url(plan, goal), {"kind": "contact", "target": "15", "weight": "3"})
    goal.refresh_from_db()
    assert (goal.target, goal.weight) == (15, 3)
    client.post(goal_url(plan, goal, "goal_remove"))
    assert not plan.goals.filter(pk=goal.pk).exists()


def test_a_removed_goal_comes_back_by_its_undo(client, plan):
    goal = plan.goals.last()
    told = client.post(goal_url(plan, goal, "goal_remove"), follow=True).content.decode()
    undo = re.search(r"/hiring/probations/\d+/goals/removed/\d+/restore/", told).group()
    assert "Brought back." in client.post(undo, follow=True).content.decode()
    assert plan.goals.last() == goal
    assert client.post(undo.replace("removed/", "removed/9")).status_code == 404


def test_what_a_kind_lacks_is_said(client, plan):
    for sent, words in (
        ({"kind": "free"}, "in your own words"),
        ({"kind": "growth"}, "This field is required"),
        ({"kind": "growth", "target": "1001"}, "less than or equal to 1000"),
        ({"kind": "map", "target": "101"}, "Choose a target"),
        ({"kind": "first", "target": "100", "within_days": "99"}, "Say within how many days"),
    ):
        answer = client.post(new(plan), {"weight": "1", **sent})
        assert answer.status_code == 422 and words in answer.content.decode()


def test_goals_of_an_offered_plan_are_closed(cast, client):
    row = make_probation(cast, "offered")
    client.force_login(cast.lena)
    goal = row.goals.first()
    assert client.get(goal_url(row, goal)).status_code == 404
    assert client.post(goal_url(row, goal, "goal_remove")).status_code == 404


def test_a_goal_of_another_trial_is_not_found(client, plan):
    assert (
        client.get(reverse("hiring:probation_goal_edit", args=[plan.pk, 10**6])).status_code == 404
    )
