"""The night's warnings: raised, changed and cleared for the whole book."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.commands.merge import merge_accounts, undo_merge
from accounts.models import AccountScore
from kpi.choices import AlertEnd
from kpi.commands.pause import agree_pause
from kpi.commands.warnings import Raised, raise_alerts
from kpi.models import Alert
from tests.cast import make_account, make_cast
from tests.kpi.facts import make_day
from tests.kpi.warned import DAY, days, make_buyer, make_warned, night

pytestmark = pytest.mark.django_db


def rows(without: str = "") -> list[tuple]:
    fields = [field.attname for field in Alert._meta.fields if field.attname != without]
    return list(Alert.objects.order_by("pk").values_list(*fields))


def test_a_long_silence_is_an_alarm_raised_on_its_day_and_not_the_nights():
    alert = make_warned()
    score = AccountScore.objects.get(account=alert.account)
    assert (alert.level, alert.raised_on, alert.red_on) == ("red", score.amber_day, score.alarm_day)
    assert alert.since == DAY - days(61)
    assert alert.seen_on == DAY
    assert alert.data["orders"] == 20
    assert Alert.objects.count() == 1


def test_the_stake_is_ninety_days_of_the_last_twelve_months():
    alert = make_warned()
    revenue = AccountScore.objects.get(account=alert.account).revenue
    assert alert.stake == (revenue * 90 / 365).quantize(Decimal("0.0001"))


def test_a_chance_that_is_told_takes_its_part_off_the_stake():
    alert = make_warned()
    AccountScore.objects.filter(account=alert.account).update(p_order=40)
    raise_alerts(day=DAY)
    full, alert = alert.stake, Alert.objects.get()
    assert abs(alert.stake - full * Decimal("0.6")) <= Decimal("0.0001")


def test_a_second_run_writes_nothing():
    make_warned()
    before = rows()
    assert raise_alerts(day=DAY) == Raised(0, 0, 0)
    assert rows() == before


def test_a_run_killed_between_its_batches_is_ended_by_the_next_one():
    make_warned()
    for number in range(4):
        make_buyer(silent=60 + number)
    night()
    whole = {row[1:9] for row in rows(without="data")}
    Alert.objects.filter(pk__in=list(Alert.objects.values_list("pk", flat=True)[:3])).delete()
    raise_alerts(day=DAY)
    assert {row[1:9] for row in rows(without="data")} == whole


def test_the_next_order_clears_it_and_a_new_silence_is_another_warning():
    alert = make_warned()
    make_day(alert.account, DAY + days(1), Decimal(50))
    night(DAY + days(1))
    alert.refresh_from_db()
    assert (alert.cleared_on, alert.why) == (DAY + days(1), AlertEnd.ORDERED)
    night(DAY + days(90))
    assert Alert.objects.filter(account=alert.account, since=DAY + days(1)).count() == 1


def test_amber_grows_to_red_on_the_same_row():
    make_warned()
    account = make_buyer(silent=1, wobble=5)
    night()
    score = AccountScore.objects.get(account=account)
    night(score.amber_day)
    warned = Alert.objects.get(account=account)
    assert (warned.level, warned.red_on) == ("amber", None)
    night(score.alarm_day + days(3))
    grown = Alert.objects.get(account=account)
    assert (grown.pk, grown.level) == (warned.pk, "red")
    assert grown.raised_on == warned.raised_on


def test_an_agreed_pause_holds_it_back_until_its_end():
    cast = make_cast()
    alert = make_warned(cast.karl)
    until = DAY + days(20)
    agree_pause(
        actor=cast.karl, account_id=alert.account_id, day=DAY, until=until, reason="Works holiday"
    )
    night(DAY + days(1))
    alert.refresh_from_db()
    assert alert.why == AlertEnd.PAUSED
    night(until)
    alert.refresh_from_db()
    assert (alert.cleared_on, alert.why) == (None, "")


def test_the_same_silence_of_last_year_excuses_it_until_they_came_back_then():
    make_warned()
    account = make_account()
    for number in range(70):
        day = DAY - days(61 + number * 14)
        if not dt.date(2025, 1, 31) < day < dt.date(2025, 5, 1):
            make_day(account, day, Decimal(100))
    night()
    assert not Alert.objects.filter(account=account).exists()
    night(DAY + days(60))
    assert Alert.objects.filter(account=account, level="red").exists()


def test_a_merged_account_takes_its_warning_away_and_undo_brings_it_back():
    cast = make_cast()
    alert = make_warned(cast.karl)
    other = make_buyer(owner=cast.karl)
    merge = merge_accounts(actor=cast.dora, survivor_id=other.pk, absorbed_id=alert.account_id)
    night()
    alert.refresh_from_db()
    assert alert.why == AlertEnd.MERGED
    undo_merge(actor=cast.dora, merge_id=merge.pk)
    night()
    alert.refresh_from_db()
    assert alert.cleared_on is None


def test_a_pause_follows_the_account_it_was_agreed_with_into_the_survivor():
    cast = make_cast()
    alert = make_warned(cast.karl)
    other = make_buyer(owner=cast.karl)
    agree_pause(
        actor=cast.karl, account_id=other.pk, day=DAY, until=DAY + days(30), reason="Holiday"
    )
    merge_accounts(actor=cast.dora, survivor_id=alert.account_id, absorbed_id=other.pk)
    make_day(other, DAY, Decimal(-1))
    night()
    alert.refresh_from_db()
    assert alert.cleared_on is not None


def test_an_alarm_of_a_year_is_a_loss_and_no_warning():
    alert = make_warned()
    night(alert.red_on + days(366))
    alert.refresh_from_db()
    assert alert.why == AlertEnd.GONE


def test_the_number_of_queries_does_not_grow_with_the_book():
    make_warned()
    with CaptureQueriesContext(connection) as few:
        raise_alerts(day=DAY)
    for number in range(12):
        make_buyer(silent=60 + number)
    night()
    with CaptureQueriesContext(connection) as many:
        raise_alerts(day=DAY)
    assert len(many) == len(few)
