import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import FieldSettings
from accounts.queries import facts
from tests.cast import make_account
from tests.field import make_contact, make_observation, set_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena(account):
    return make_contact(account, "Elena Orlova")


def test_a_fact_comes_with_its_words_age_and_shelf_life(cast, account, elena):
    set_tier(account, "A")
    row = make_observation(elena, value="5", days_ago=45, author=cast.karl, confidence=3)
    fact = facts.facts_of(account)[elena.pk]["stance"]
    assert (fact.value, fact.label, fact.name) == ("5", "speaks up for us", "stance")
    assert (fact.age_days, fact.shelf_days, fact.is_stale) == (45, 90, False)
    assert fact.share == pytest.approx(0.5)
    assert (fact.author, fact.confidence, fact.observation_id) == (cast.karl, 3, row.pk)


def test_shelf_lives_are_the_companys_own(account, elena):
    shelf = FieldSettings().shelf_days
    shelf["stance"]["N"] = 10
    FieldSettings.objects.create(pk=1, shelf_days=shelf)
    make_observation(elena, days_ago=11)
    assert facts.facts_of(account)[elena.pk]["stance"].is_stale


def test_any_day_of_the_past_has_its_own_answer(account, elena):
    make_observation(elena, value="2", days_ago=100)
    make_observation(elena, value="4", days_ago=50)
    today = timezone.localdate()

    def then(days):
        on = today - dt.timedelta(days=days)
        return facts.facts_of(account, on).get(elena.pk, {}).get("stance")

    assert then(101) is None
    assert (then(60).value, then(60).age_days) == ("2", 40)
    assert then(0).value == "4"


def test_of_one_day_the_later_word_counts(account, elena):
    make_observation(elena, value="2")
    make_observation(elena, value="4")
    assert facts.facts_of(account)[elena.pk]["stance"].value == "4"


def test_relationships_of_colleagues_stand_beside_the_companys(cast, account, elena):
    make_observation(elena, "level", "3")
    make_observation(elena, "level", "1", colleague=cast.anna)
    assert facts.facts_of(account)[elena.pk]["level"].value == "3"
    assert facts.levels_of(account)[elena.pk][cast.anna.pk]["level"].value == "1"


def test_one_person_may_differ_between_two_accounts(cast, account, elena):
    other = make_account(owner=cast.karl)
    elena.positions.create(account=other, valid_from=dt.date(2025, 1, 1), kind="consultant")
    make_observation(elena, value="2", account=account)
    make_observation(elena, value="5", account=other)
    assert facts.facts_of(account)[elena.pk]["stance"].value == "2"
    assert facts.facts_of(other)[elena.pk]["stance"].value == "5"


def test_two_queries_for_one_person_and_for_many(account, elena, django_assert_num_queries):
    make_observation(elena)
    with django_assert_num_queries(2):
        facts.facts_of(account)
    for _person in range(20):
        contact = make_contact(account)
        for fact in ("stance", "power", "access"):
            make_observation(contact, fact, "2")
    with django_assert_num_queries(2):
        assert len(facts.facts_of(account)) == 21
