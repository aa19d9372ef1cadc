import pytest

from accounts.models import Segment
from hiring.queries import probation_choice as queries
from people.models import company_day
from tests.trials import DAY, make_buyer, make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast):
    return make_probation(cast)


def given(plan):
    return list(plan.accounts.filter(matched_to=None).values_list("account", flat=True))


def test_what_is_ticked_is_not_proposed_and_a_filter_leaves_it(cast, plan):
    segment = Segment.objects.create(code="x", names={"en": "X"})
    elm = make_buyer("Elm", segment=segment)
    page = queries.choice_page(plan, cast.dora, ticked=given(plan), segment=segment.pk)
    assert [one.choice.account.name for one in page.ticked] == ["Alder", "Birch"]
    assert [one.account for one in page.proposed] == [elm]


def test_what_became_key_since_says_why_it_cannot_be(cast, plan):
    account = plan.accounts.filter(matched_to=None).first().account
    account.score.is_key = True
    account.score.save()
    found = queries.ticked_of(plan, cast.dora, [account.pk], company_day() - DAY)
    assert [one.barred for one in found] == ["It is a key account."]


def test_sums_are_of_what_is_ticked(cast, plan):
    """Two accounts with 27 order days a year each bring 54 · 28 / 365 orders within 28 days."""
    ticked = queries.ticked_of(plan, cast.dora, given(plan), company_day() - DAY)
    total = queries.sum_of(ticked, 28)
    orders = sum(one.choice.order_days for one in ticked)
    assert (total.accounts, total.order_days) == (2, orders)
    assert total.revenue == sum(one.choice.revenue for one in ticked) > 0
    assert total.awaited == pytest.approx(orders * 28 / 365)
    assert not total.tells and queries.sum_of(ticked, 365).tells
    assert queries.sum_of([], 28).accounts == 0


def test_those_beside_are_those_that_would_be_frozen(cast, plan):
    frozen = {
        row.account_id: {twin.account_id for twin in row.controls.all()}
        for row in plan.accounts.filter(matched_to=None)
    }
    found = queries.beside(plan, cast.dora, given(plan), each=1)
    assert {
        one.account.pk: {other.pk for other, _far, _is_far in one.controls} for one in found
    } == frozen
    assert queries.beside(plan, cast.rita, given(plan), each=1) == []
    assert queries.beside(plan, cast.dora, [], each=1) == []


def test_segments_and_territories_stand_by_name():
    for code, name in (("a", "Zinc"), ("b", "apples")):
        Segment.objects.create(code=code, names={"en": name})
    assert [name for _pk, name in queries.filters()["segments"]] == ["apples", "Zinc"]
