"""What a manager may not see changes no figure on their pages of measures.

The night is not run again: that all customers together make the tiers, the usual rhythm and the
season a year's landing is drawn by (methods) is meant. What pages add up by themselves, they add
up from what their reader may see.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.cache import cache

from accounts.models import AccountScore, ServiceLine, ServiceMonth, ShownHealth
from kpi.commands import recompute, write_readings
from kpi.commands.health import refresh_health
from kpi.commands.warnings import raise_alerts
from kpi.models import Alert, AlertAnswer, Health, Reading
from tests.cast import Cast, make_account, make_cast, signed_in, without_tokens
from tests.kpi.books import DAY, make_book
from tests.kpi.facts import make_day
from tests.kpi.health import make_talk
from tests.kpi.plans import FLAT, make_plan, plan_months
from tests.kpi.warned import make_buyer
from tests.stories.clock import NOON, at

pytestmark = pytest.mark.django_db
PAGES = (
    "/kpi/", "/kpi/mine/", "/kpi/managers/{pk}/", "/kpi/by-manager/", "/kpi/warnings/",
    "/kpi/losses/", "/kpi/cohorts/", "/kpi/groups/", "/kpi/plans/", "/portfolio/", "/book/",
)  # fmt: skip
LANDING = re.compile(r"The year lands at.*?</p>", re.DOTALL)
SHOWN = 6  # of the pages at least: not everyone is for managers


@pytest.fixture
def cast() -> Cast:
    """Karl has customers who order, one silent, one lost, talks and a plan; Kim has one."""
    with at(DAY, NOON):
        cast = make_cast()
        accounts = make_book(cast)[:2]
        accounts += [make_buyer("Silent", owner=cast.karl, silent=61)]
        for account in accounts:
            make_talk(account, cast.karl)
        make_day(make_account("Gone", owner=cast.karl), DAY - dt.timedelta(days=500), Decimal(300))
        make_plan(2026, adopted=True, sales={cast.karl: FLAT, cast.kim: FLAT})
        make_account("Of Kim", owner=cast.kim)
        tell()
    return cast


def tell() -> None:
    recompute(as_of=DAY)
    refresh_health(day=DAY)
    write_readings()
    raise_alerts(day=DAY)


def of_kim(cast: Cast):
    return cast.kim.owned_accounts.get()


def orders(cast: Cast) -> None:
    """A new account with three years of orders, its scores and its service lines."""
    account = make_account("Foreign", owner=cast.kim)
    for number in range(40):
        make_day(account, DAY - dt.timedelta(days=27 * number), Decimal(7919))
    AccountScore.objects.create(
        account=account, as_of=DAY, revenue=7919, own_revenue=7919, tier="A", is_key=True,
        order_days=14, last_order=DAY, first_order=DAY - dt.timedelta(days=1053),
        month_end_revenue=7919,
    )  # fmt: skip
    line = ServiceLine.objects.create(code="foreign")
    ServiceMonth.objects.create(account=account, service_line=line, month=DAY.replace(day=1), net=9)


def a_talk(cast: Cast) -> None:
    make_talk(of_kim(cast), cast.kim)


def a_plan(cast: Cast) -> None:
    plan_months(cast.kim.plan_lines.first().version, cast.kim, [7919] * 12, "margin")


def an_alert(cast: Cast) -> None:
    alert = Alert.objects.create(
        account=of_kim(cast), cause="rhythm", level="red", since=DAY - dt.timedelta(days=90),
        raised_on=DAY, red_on=DAY, seen_on=DAY, stake=7919, data={"usual": 14, "orders": 20},
    )  # fmt: skip
    AlertAnswer.objects.create(alert=alert, verb="lost", reason="price", actor=cast.kim)


def a_health(cast: Cast) -> None:
    Health.objects.filter(account=of_kim(cast)).update(score=79, mean=79)
    ShownHealth.objects.filter(account=of_kim(cast)).update(points=8, confidence=90)


def a_reading(cast: Cast) -> None:
    mine = Reading.objects.filter(scope="manager", key=str(cast.kim.pk))
    mine.update(numerator=7919, denominator=7920, value=0.79)


THINGS = (orders, a_talk, a_plan, an_alert, a_health, a_reading)


@pytest.mark.parametrize("thing", THINGS, ids=lambda one: one.__name__)
def test_what_cannot_be_seen_moves_no_figure(cast, thing: Callable[[Cast], None]):
    before = pages(cast.karl)
    with at(DAY, NOON):
        thing(cast)
    after = pages(cast.karl)
    assert len(before) >= SHOWN
    if thing is orders:
        del before["/kpi/plans/"]  # landings all over it, drawn by the season of all customers
    for address, text in before.items():
        assert after[address] == text, address


def test_what_can_be_seen_moves_them(cast):
    """The pages are read anew: an alert of one's own stands on the page of warnings."""
    before = pages(cast.karl)
    Alert.objects.open().filter(account__owner=cast.karl).delete()
    assert pages(cast.karl)["/kpi/warnings/"] != before["/kpi/warnings/"]


def pages(user) -> dict[str, str]:
    cache.clear()
    found = {}
    with at(DAY, NOON):
        client = signed_in(user)
        for address in PAGES:
            answer = client.get(address.format(pk=user.pk))
            if answer.status_code == 200:
                found[address] = LANDING.sub("", without_tokens(answer))
    return found
