import doctest

import pytest
from django.urls import reverse

from accounts.commands import handover_plan as commands
from accounts.models import HandoverPlan
from accounts.views import handover_plan as views
from people.commands.employment import set_employment
from people.models import company_day
from tests.cast import make_account
from tests.field import set_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(cast):
    set_employment(
        actor=cast.dora, user=cast.kim, day=company_day(), grade=3, on_probation=False, reason=""
    )
    made = [make_account(name, owner=cast.karl) for name in ("One", "Two", "Three")]
    for account in made:
        score = set_tier(account, "A")
        score.is_key = True
        score.save()
    return made


@pytest.fixture
def plan(cast, keys):
    return commands.plan_handovers(
        actor=cast.dora, to_user=cast.kim, account_ids=[row.pk for row in keys],
        starts_on=company_day(), spacing_days=14,
    )  # fmt: skip


def test_moving_by_a_button():
    assert doctest.testmod(views).failed == 0


def test_a_plan_is_made_in_the_order_of_the_page(cast, keys, reader):
    one, two, three = keys
    client = reader(cast.dora)
    page = client.get(reverse("accounts:plan_create"), {"to_user": cast.kim.pk})
    assert page.content.count(b"data-row") == 3 and b"key accounts" in page.content
    said = {
        "to_user": cast.kim.pk, "starts_on": company_day().isoformat(), "spacing_days": 14,
        "joint_meetings": 2, "accounts": [three.pk, one.pk],
    }  # fmt: skip
    assert client.post(reverse("accounts:plan_create"), said | {"accounts": []}).status_code == 422
    answer = client.post(reverse("accounts:plan_create"), said)
    plan = HandoverPlan.objects.get()
    assert answer["Location"] == reverse("accounts:plan_page", args=[plan.pk])
    assert list(plan.steps.values_list("account", flat=True)) == [three.pk, one.pk]


def test_the_order_changes_by_buttons_and_by_the_page(cast, keys, plan, reader):
    _one, two, three = keys
    client = reader(cast.dora)
    url = reverse("accounts:plan_change", args=[plan.pk])
    said = {"version": plan.version, "spacing_days": 14, "joint_meetings": 2}
    client.post(url, said | {"accounts": [two.pk, three.pk], "move": f"up:{three.pk}"})
    order = plan.steps.filter(handover=None).values_list("account", flat=True)
    assert list(order) == [three.pk, two.pk]
    assert client.post(url, said | {"accounts": [two.pk]}).status_code == 409
    plan.refresh_from_db()
    said["version"] = plan.version
    assert client.post(url, said | {"accounts": [10**6]}).status_code == 422
    client.post(url, said | {"accounts": [two.pk]})
    assert list(order.all()) == [two.pk]


def test_the_next_begins_early_with_a_reason_and_the_plan_ends_with_one(cast, plan, reader):
    client = reader(cast.dora)
    begin = reverse("accounts:plan_begin", args=[plan.pk])
    assert client.post(begin, {"version": plan.version}).status_code == 422
    assert client.post(begin, {"version": plan.version, "reason": "asked"}).status_code == 302
    close = reverse("accounts:plan_close", args=[plan.pk])
    assert client.post(close, {"version": plan.version, "reason": "x"}).status_code == 409
    plan.refresh_from_db()
    assert client.post(close, {"version": plan.version, "reason": "x"}).status_code == 302
    plan.refresh_from_db()
    assert plan.closed_at


def test_the_taker_reads_it_and_changes_nothing(cast, plan, reader):
    client = reader(cast.kim)
    page = client.get(reverse("accounts:plan_page", args=[plan.pk]))
    assert page.status_code == 200 and b'name="move"' not in page.content
    assert b"One" in client.get(reverse("accounts:plan_list")).content
    for name in ("plan_change", "plan_begin", "plan_close"):
        assert client.post(reverse(f"accounts:{name}", args=[plan.pk])).status_code == 404


@pytest.mark.parametrize("who", ["karl", "lena", "anna", "rita", "adam"])
def test_for_others_it_does_not_exist(cast, plan, reader, who):
    client = reader(getattr(cast, who))
    assert client.get(reverse("accounts:plan_page", args=[plan.pk])).status_code == 404
    assert client.get(reverse("accounts:plan_create")).status_code == 404
