import pytest
from django.utils import timezone

from accounts.models import HandoverPlan, Pulse
from accounts.queries import watch_notices as kinds
from people.models import company_day
from people.notices import KINDS
from tests.caring import make_watched

pytestmark = pytest.mark.django_db


@pytest.fixture
def handover(cast, account):
    return make_watched(account, cast.karl, from_user=cast.kim)


@pytest.fixture
def pulse(handover):
    return Pulse.objects.create(
        handover=handover, day=30, digest="x", language="en", answer=2,
        expires_at=timezone.now(),
    )  # fmt: skip


@pytest.mark.parametrize("kind", [kinds.WATCH_BELOW, kinds.WATCH_RESULT, kinds.PULSE_READY])
def test_news_of_a_watch_are_for_who_may_open_the_account(cast, handover, kind):
    found = {
        name
        for name in ("dora", "lena", "karl", "anna", "kim", "rita")
        if KINDS[kind].find(getattr(cast, name), [handover.pk])
    }
    assert found == {"dora", "lena", "karl"}
    assert "Hansa" in KINDS[kind].sentence(handover, {"retained": 0.5})
    assert KINDS[kind].url(handover).endswith("/handover/watch/")


def test_what_is_left_is_said_in_percent(handover):
    below = KINDS[kinds.WATCH_BELOW].sentence(handover, {"retained": 0.625})
    assert "63" in below or "62" in below
    assert "%" not in KINDS[kinds.WATCH_RESULT].sentence(handover, {"retained": None})


def test_an_answer_says_how_much(cast, pulse):
    kind = KINDS[kinds.PULSE_ANSWERED]
    assert kind.sentence(pulse, {}) == "– of Hansa answered: 2 of 5"
    assert kind.find(cast.dora, [pulse.pk]) and not kind.find(cast.anna, [pulse.pk])
    assert kind.url(pulse).endswith("/handover/watch/")


def test_a_plan_waits_for_directors(cast):
    plan = HandoverPlan.objects.create(to_user=cast.kim, starts_on=company_day())
    kind = KINDS[kinds.PLAN_WAITS]
    assert "Kim" in kind.sentence(plan, {})
    assert kind.find(cast.dora, [plan.pk]) and not kind.find(cast.karl, [plan.pk])
    assert str(plan.pk) in kind.url(plan)
