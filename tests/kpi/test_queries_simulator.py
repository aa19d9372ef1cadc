"""The simulator's answer: its sentence, its order, what can be done."""

from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from accounts.models import CareSettings
from accounts.queries.leaving_who import Who
from kpi.queries.simulator import if_leaves
from kpi.queries.simulator.choice import TOGETHER, address, chosen, found_by, who_leaves
from tests.accounts.test_queries_leaving import book
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def test_the_sentence_says_how_much_hangs(cast):
    book(cast.karl, 1_000, (cast.karl, 10))
    found = if_leaves(cast.dora, Who(users=(cast.karl,)), "EUR")
    assert found.finding.startswith("If Karl leaves, ")
    assert found.leaving.hanging == Decimal(1_000)
    nothing = if_leaves(cast.dora, Who(users=(cast.kim,)), "EUR")
    assert nothing.finding == "If Kim leaves, no account loses anything we know of."


def test_the_share_is_of_the_company_for_directors_only(cast):
    book(cast.karl, 1_000, (cast.karl, 10))
    book(cast.kim, 3_000, (cast.kim, 10))
    assert if_leaves(cast.dora, Who(users=(cast.karl,)), "EUR").share == 0.25
    assert if_leaves(cast.karl, Who(users=(cast.karl,)), "EUR").share == 1


def test_a_cover_plan_is_for_accounts_they_own(cast):
    book(cast.karl, 1_000, (cast.karl, 10), (cast.lena, 5), name="Owned")
    book(cast.kim, 1_000, (cast.karl, 10), name="Only tied")
    found = if_leaves(cast.dora, Who(users=(cast.karl,)), "EUR")
    assert [row.account.name for row in found.plan] == ["Owned"]
    assert [row.account.name for row in found.rows] == ["Only tied", "Owned"]


def test_directors_and_the_owner_begin_the_handover_from_the_plan(cast):
    account, _people = book(cast.karl, 1_000, (cast.karl, 10), (cast.kim, 5))
    page = reverse("accounts:handover_create", args=[account.pk])
    for reader, url in (
        (cast.dora, f"{page}?to={cast.kim.pk}"), (cast.karl, f"{page}?to={cast.kim.pk}"),
        (cast.lena, ""),
    ):  # fmt: skip
        (row,) = if_leaves(reader, Who(users=(cast.karl,)), "EUR").plan
        assert row.url == url


def test_a_plan_is_for_the_largest_accounts_only(cast, monkeypatch):
    monkeypatch.setattr("kpi.queries.simulator.page.PLANNED", 1)
    for money in (10, 30):
        book(cast.karl, money, (cast.karl, 10), name=f"Worth {money}")
    found = if_leaves(cast.dora, Who(users=(cast.karl,)), "EUR")
    assert [row.account.name for row in found.plan] == ["Worth 30"]
    assert found.unplanned == 1


def test_takers_who_would_pass_a_limit_are_counted_for_who_may_know(cast):
    book(cast.karl, 1_000, (cast.karl, 10), (cast.kim, 5))
    CareSettings.objects.update_or_create(pk=1, defaults={"most_regular": 0})
    found = if_leaves(cast.dora, Who(users=(cast.karl,)), "EUR")
    assert [row.is_over for row in found.loads] == [True] and found.overloaded == 1
    assert if_leaves(cast.karl, Who(users=(cast.karl,)), "EUR").overloaded == 0


def test_directors_settle_the_leaving_from_here(cast):
    book(cast.karl, 1_000, (cast.karl, 10))
    page = reverse("accounts:departure_page", args=[cast.karl.pk])
    for reader, has in ((cast.dora, True), (cast.lena, False), (cast.karl, False)):
        found = if_leaves(reader, Who(users=(cast.karl,)), "EUR").actions
        assert (page in [one.url for one in found]) == has
        assert found[0].url == reverse("accounts:absence_create")


def test_each_choice_leads_to_the_page_with_and_without_it(cast):
    _account, (boss, other) = book(cast.karl, 100, (cast.karl, 10), (cast.karl, 10))
    who = who_leaves(cast.dora, [cast.karl.pk], [boss.pk])
    page = reverse("kpi:simulator_page")
    assert [one.url for one in chosen(cast.dora, who)] == [
        f"{page}?theirs={boss.pk}", f"{page}?ours={cast.karl.pk}"
    ]  # fmt: skip
    (one,) = found_by(cast.dora, other.name, who)
    assert one.url == f"{page}?ours={cast.karl.pk}&theirs={boss.pk}&theirs={other.pk}"
    assert address([], []) == page


def test_too_many_at_once_are_refused(cast):
    people = book(cast.karl, 100, *[(cast.karl, 10)] * (TOGETHER + 1))[1]
    ids = [one.pk for one in people]
    assert who_leaves(cast.dora, [], ids[:TOGETHER])
    with pytest.raises(ObjectDoesNotExist):
        who_leaves(cast.dora, [], ids)
