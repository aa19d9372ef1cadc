from decimal import Decimal

import pytest

from accounts.models import (
    Account,
    AccountScore,
    Scoring,
)
from kpi.commands import recompute
from tests.kpi.facts import (
    DAY,
    days,
    make_book,
    make_day,
    scores,
)

pytestmark = pytest.mark.django_db


def test_only_changed_rows_are_written():
    accounts = make_book(500, 310, 140, 50)
    recompute(as_of=DAY)
    make_day(accounts[3], DAY + days("1"), Decimal(1))
    assert recompute(as_of=DAY + days("1"))["changed"] == 1
    assert list(AccountScore.objects.order_by("account_id").values_list("as_of", flat=True)) == [
        DAY, DAY, DAY, DAY + days("1"),
    ]  # fmt: skip
    assert recompute(as_of=DAY + days("1"))["changed"] == 0


def test_a_child_whose_sums_change_renews_its_parents_row():
    parent, child, loner = make_book(500, 310, 140)
    Account.objects.filter(pk=child.pk).update(parent=parent)
    recompute(as_of=DAY)
    make_day(child, DAY + days("1"), Decimal(1))
    recompute(as_of=DAY + days("1"))
    touched = AccountScore.objects.filter(as_of=DAY + days("1"))
    assert {score.account_id for score in touched} == {parent.pk, child.pk}
    assert AccountScore.objects.get(account=parent).revenue == Decimal(811)


def test_a_new_version_of_the_rules_renews_every_row():
    make_book(500, 310, 140)
    recompute(as_of=DAY)
    Scoring.objects.update(rule_version="older")
    assert recompute(as_of=DAY)["changed"] == 3


def test_what_an_older_version_never_kept_is_built_anew():
    accounts = make_book(500, 310)
    for number in range(1, 5):
        make_day(accounts[1], DAY - days(str(7 * number)), Decimal(1))
    recompute(as_of=DAY)
    kept = scores()
    AccountScore.objects.update(gaps=0, log_gaps=0, log_gaps_squared=0, alarm_day=None)
    Scoring.objects.update(rule_version="older")
    recompute(as_of=DAY)
    assert scores() == kept


def test_rows_written_in_slices_are_those_written_at_once(monkeypatch):
    make_book(500, 310, 140, 50, 0)
    recompute(as_of=DAY)
    whole = scores()
    AccountScore.objects.all().delete()
    Scoring.objects.all().delete()
    monkeypatch.setattr("kpi.commands.scores.AT_ONCE", 2)
    monkeypatch.setattr("common.bulk.AT_ONCE", 1)
    assert recompute(as_of=DAY)["changed"] == 5
    assert scores() == whole
