"""Alarms of the time before the nights that warn."""

import datetime as dt
from decimal import Decimal

import pytest

from accounts.models import Account
from kpi.commands.warning_history import replay_alarms
from kpi.models import AgreedPause, Alert
from tests.cast import make_account
from tests.kpi.facts import make_day
from tests.kpi.warned import DAY, days, make_buyer, make_warned, night

pytestmark = pytest.mark.django_db


def make_returned() -> None:
    """Bought every 14 days, was silent for 80 of them, and came back."""
    account = make_account("Returned")
    make_buyer(orders=70)
    for number in range(30):
        gap = 80 if number < 24 else 0
        make_day(account, DAY - days(14 * (35 - number) - 80 + gap), Decimal(10))


def test_who_was_silent_and_came_back_counts_in_the_record_too():
    make_returned()
    make_warned()
    row = Alert.objects.get(account__name="Returned")
    assert (row.why, row.data, row.level) == ("ordered", {"replayed": True}, "red")
    assert row.since < row.raised_on <= row.red_on < row.cleared_on <= DAY
    assert row.seen_on == DAY


def test_twice_replays_the_same():
    make_returned()
    make_warned()
    before = sorted(Alert.objects.values_list("pk", flat=True))
    replay_alarms(day=DAY)
    assert sorted(Alert.objects.values_list("pk", flat=True)) == before


def test_where_nights_looked_what_they_excused_is_no_alarm_however_long_nothing_was():
    make_warned()
    agreed = make_buyer("Agreed", silent=0)
    AgreedPause.objects.create(
        account=agreed, valid_from=DAY, valid_to=DAY + days(90), reason="Works"
    )
    for number in range(1, 60, 6):
        for buyer in Account.objects.filter(name__startswith="Buyer"):
            make_day(buyer, DAY + days(number), Decimal(100))
        night(DAY + days(number))
    assert not Alert.objects.filter(seen_on__gt=DAY).exists()
    make_day(agreed, DAY + days(60), Decimal(100))
    night(DAY + days(60))
    assert not Alert.objects.filter(account=agreed).exists()


def test_after_nights_that_were_missed_alarms_are_replayed():
    make_warned()
    missed = make_buyer("Missed", silent=0)
    make_day(missed, DAY + days(60), Decimal(100))
    night(DAY + days(61))
    (row,) = Alert.objects.filter(account=missed)
    assert (row.why, row.data) == ("ordered", {"replayed": True})
    assert DAY < row.red_on < row.cleared_on == DAY + days(60)


def test_nothing_is_replayed_of_an_empty_ledger():
    assert replay_alarms(day=dt.date(2026, 1, 1)) == 0


def test_a_site_that_counts_with_its_parent_is_not_counted_beside_it():
    make_returned()
    parent = make_account("Group")
    Account.objects.filter(name="Returned").update(parent=parent, rolls_up=True)
    make_warned()
    assert [row.account.name for row in Alert.objects.filter(data={"replayed": True})] == ["Group"]


def test_accounts_replayed_one_by_one_have_the_alarms_of_all_at_once(monkeypatch):
    make_returned()
    make_warned()
    returned = Account.objects.get(name="Returned")
    site = make_account("Site", parent=returned)
    make_day(site, DAY - days(300), Decimal(7))
    Alert.objects.all().delete()
    columns = ("account", "since", "raised_on", "red_on", "cleared_on", "why")
    found = []
    for many in (1_000, 1):
        monkeypatch.setattr("kpi.commands.warning_history.AT_ONCE", many)
        assert replay_alarms(day=DAY) == Alert.objects.count() > 0
        found.append(sorted(Alert.objects.values_list(*columns)))
        Alert.objects.all().delete()
    assert found[0] == found[1]
