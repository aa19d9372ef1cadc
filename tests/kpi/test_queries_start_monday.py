"""The director's Monday: what changed, five figures, and what each admits not to know."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import AccountScore, KeySpan, Scoring, ServiceLine
from hiring.queries.start.director import HiringNow
from hiring.queries.start.line import Line
from kpi.commands.answers import call_lost, undo_answer
from kpi.commands.pause import agree_pause, undo_pause
from kpi.commands.warnings import raise_alerts
from kpi.models import Alert, AlertAnswer, PlanVersion, Reading
from kpi.queries.start import company, growth, kept, overload, recruiting, risk, scores, since
from kpi.queries.start.told import told_of
from people.models import company_day
from tests.cast import make_account, make_company
from tests.kpi.facts import make_day
from tests.kpi.plans import make_plan

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)
MONDAY = dt.date(2026, 11, 16)
LONG_AGO = dt.date(2020, 1, 1)


def judged(owner=None, *, revenue=400, before=100, last=1, alarm=9, **fields) -> AccountScore:
    """Its last order so many days ago, its alarm day so many days ahead."""
    return AccountScore.objects.create(
        account=make_account(owner=owner), as_of=DAY, revenue=revenue, revenue_before=before,
        first_order=fields.pop("first", LONG_AGO), last_order=DAY - dt.timedelta(days=last),
        alarm_day=alarm is not None and DAY + dt.timedelta(days=alarm) or None,
        **{"usual_gap": 7, "tier": "A", **fields},
    )  # fmt: skip


def key_since(score: AccountScore, day: dt.date) -> None:
    KeySpan.objects.create(
        account=score.account, valid_from=day, reason="rank", rule_version="key-1"
    )


def book() -> scores.Book:
    return scores.book_of(DAY, MONDAY)


def test_last_monday_is_a_week_ago_on_a_monday():
    assert since.last_monday(DAY) == MONDAY
    assert since.last_monday(DAY + dt.timedelta(days=2)) == DAY
    assert since.last_monday(DAY - dt.timedelta(days=1)) == MONDAY


def alarm(score: AccountScore, stake, *, cause="rhythm", level="red", red_on=DAY, **fields):
    return Alert.objects.create(
        account=score.account, cause=cause, level=level, since=score.last_order, raised_on=red_on,
        red_on=red_on if level == "red" else None, seen_on=red_on, stake=stake,
        data={"usual": 7, "orders": 9}, **fields,
    )  # fmt: skip


def test_at_risk_counts_each_account_once_with_what_is_most_at_risk(cast):
    first, second, third = (judged(cast.karl, last=60) for _place in range(3))
    alarm(first, Decimal("100.55"), red_on=MONDAY - dt.timedelta(days=1))
    alarm(first, 40, cause="cadence")
    alarm(second, Decimal("10.25"), level="amber")
    alarm(third, 999, cleared_on=DAY)
    found = risk.risk_of(cast.dora, MONDAY)
    assert (found.accounts, found.alarms, found.newly) == (2, 1, 1)
    assert found.stake == Decimal("110.80")


def test_an_account_a_call_is_planned_with_does_not_wait(cast):
    told = alarm(judged(cast.karl, last=60), 100)
    told.answers.create(verb="planned", until=company_day())
    assert risk.risk_of(cast.dora, MONDAY).accounts == 0
    assert risk.matters(cast.dora, DAY, "EUR") == []


def test_the_sum_at_risk_is_kept_until_somebody_answers(cast):
    Scoring.objects.update_or_create(pk=1, defaults={"warned_at": timezone.now()})
    first, second, third = (alarm(judged(cast.karl, last=60), 100) for _place in range(3))
    assert risk.risk_of(cast.dora, MONDAY).accounts == 3
    Alert.objects.filter(pk=third.pk).update(stake=7)  # as nothing but a night does
    assert risk.risk_of(cast.dora, MONDAY).stake == 300
    said = call_lost(actor=cast.dora, alert_id=first.pk, day=DAY, reason="closed")
    assert risk.risk_of(cast.dora, MONDAY).stake == 107
    undo_answer(actor=cast.dora, answer_id=said.pk)
    assert risk.risk_of(cast.dora, MONDAY).stake == 207
    until = DAY + dt.timedelta(days=20)
    pause = agree_pause(
        actor=cast.dora, account_id=second.account_id, day=DAY, until=until, reason="Holidays"
    )
    assert risk.risk_of(cast.dora, MONDAY).stake == 107
    undo_pause(actor=cast.dora, pause_id=pause.pk)
    assert risk.risk_of(cast.dora, MONDAY).stake == 207


def test_while_warnings_are_raised_the_sum_at_risk_is_not_kept(cast):
    Scoring.objects.update_or_create(pk=1, defaults={"warned_at": None})
    row = alarm(judged(cast.karl, last=60), 100)
    assert risk.risk_of(cast.dora, MONDAY).stake == 100
    Alert.objects.filter(pk=row.pk).update(stake=7)
    assert risk.risk_of(cast.dora, MONDAY).stake == 7
    Scoring.objects.update(as_of=DAY, whole=True)
    raise_alerts(day=DAY)
    assert Scoring.objects.get().warned_at is not None


def test_without_a_rhythm_the_sum_at_risk_is_unknown_and_not_zero(cast):
    judged(cast.karl, alarm=None)
    tile = risk.tile(risk.risk_of(cast.dora, MONDAY), book().judged, "EUR")
    assert tile.value == "" and "rhythm yet" in tile.note


def test_before_any_warning_was_raised_nothing_is_claimed(cast):
    judged(cast.karl)
    tile = risk.tile(risk.risk_of(cast.dora, MONDAY), book().judged, "EUR")
    assert tile.value == "" and tile.note == "No night has raised a warning yet"


def test_keys_of_a_year_ago_are_kept_by_an_order_since(cast):
    for last in (5, 300, 370):
        key_since(judged(cast.karl, last=last, alarm=None), LONG_AGO)
    key_since(judged(cast.karl), DAY)
    tile = kept.tile(book(), compares=True)
    assert (tile.value, tile.unit, tile.cells) == ("2", "of 3", [True, True, False])
    assert "21\u00a0% – 94\u00a0%" in tile.note


def test_nothing_is_said_of_keeping_where_the_ledger_is_short(cast):
    key_since(judged(cast.karl), LONG_AGO)
    assert kept.tile(book(), compares=False).value == ""
    KeySpan.objects.all().delete()
    assert kept.tile(book(), compares=True).value == ""


def test_growth_is_told_of_customers_of_both_years_only(cast):
    judged(cast.karl, revenue=900, before=0)
    grown = judged(cast.karl, revenue=150, before=100)
    judged(cast.karl, revenue=50, before=100)
    (row,) = growth.grown(cast.dora, compares=True)
    assert (row.account, row.more, row.change) == (grown.account, 50, Decimal("0.5"))
    assert growth.grown(cast.dora, compares=False) == []


def test_alarms_of_small_accounts_do_not_ask_the_director(cast):
    alarm(judged(cast.karl, tier="C", last=60), 500)
    assert risk.matters(cast.dora, DAY, "EUR") == []
    large = judged(cast.karl, last=60)
    alarm(large, 100)
    (told,) = risk.matters(cast.dora, DAY, "EUR")
    assert told.sentence == f"{large.account.name} has been silent for 60 days."
    assert "orders every 7 days" in told.evidence and "Karl" in told.evidence
    assert told.stake == 100


def test_load_is_unknown_before_the_first_night(cast):
    tile = overload.tile(overload.carried(DAY))
    assert tile.value == "" and tile.note == "Known after the next night"


def test_what_changed_is_told_in_whole_phrases(cast):
    judged(cast.karl, first=DAY, last=0)
    assert since.phrases(book(), week(cast), 0, 2, Decimal(1500), "EUR")[1:] == [
        "2 accounts changed tier", "1 new customer",
    ]  # fmt: skip
    AccountScore.objects.all().delete()
    assert since.phrases(book(), week(cast), 0, 0, None, "EUR") == [
        "nothing was invoiced and no account changed tier"
    ]


def week(cast):
    return told_of(cast.dora, DAY, MONDAY, [])


def test_the_week_tells_who_was_lost_who_came_back_and_what_was_answered(cast):
    first, second, third = (judged(cast.karl, last=60) for _place in range(3))
    at = dt.datetime(2026, 11, 18, tzinfo=dt.UTC)
    for score, verb in ((first, "lost"), (second, "planned")):
        row = alarm(score, 10)
        row.answers.create(verb=verb, until=company_day(), at=at)
        row.answers.create(verb=verb, until=company_day(), at=at, undone_at=timezone.now())
        row.answers.create(verb="lost", at=at - dt.timedelta(days=9))
    alarm(third, 10, cleared_on=MONDAY, why="ordered")
    alarm(third, 10, cause="cadence", cleared_on=MONDAY, why="met")
    alarm(second, 10, cause="chance", cleared_on=MONDAY - dt.timedelta(days=1), why="ordered")
    found = week(cast)
    assert (found.lost, found.back, found.answered) == (1, 1, 2)
    assert since.phrases(book(), found, 0, 0, None, "EUR") == [
        "1 account won back", "1 account lost", "2 warnings answered",
    ]  # fmt: skip


def test_the_week_begins_at_the_companys_midnight_whoever_reads(cast):
    make_company(time_zone="Asia/Tokyo")
    first = dt.datetime(2026, 11, 16, 0, 30, tzinfo=ZoneInfo("Asia/Tokyo"))  # Sunday elsewhere
    row = alarm(judged(cast.karl, last=60), 10)
    row.answers.create(verb="lost", at=first)
    row.answers.create(verb="lost", at=first - dt.timedelta(hours=1))
    for zone in ("America/New_York", "Asia/Tokyo", "Pacific/Auckland"):
        with timezone.override(zone):
            assert (week(cast).lost, week(cast).answered) == (1, 1), zone
    AlertAnswer.objects.filter(at=first).delete()
    with timezone.override("Pacific/Auckland"):
        assert week(cast).answered == 0


def test_all_that_is_told_of_accounts_is_one_query(cast, django_assert_num_queries):
    for _place in range(5):
        judged()
    week(cast)
    with django_assert_num_queries(1):
        found = week(cast)
    assert found.unowned.revenue == 400 and found.rates is None and found.pins == []


def test_hiring_tells_first_what_waits_for_the_director():
    line = Line("", "A vacancy waits for your approval", "/", "Look")
    now = HiringNow([line], {"open": 2}, {"call": 4, "offer": 1}, "")
    assert recruiting.tile(now).note == "1 decision waits for you"
    assert recruiting.tile(replace(now, approvals=[])).note == "5 people are under way"
    assert [step.count for step in recruiting.road(now.people)] == [4, 0, 0, 1]
    assert recruiting.road({}) == []


LAST = dt.date(2026, 11, 20)


def test_the_bar_of_the_month_ends_at_the_plan_in_force(cast):
    make_day(make_account(), LAST, Decimal(150))
    assert company.planned_by(LAST) is None
    former = make_plan(2026, adopted=True, sales={cast.karl: [600] * 12})
    PlanVersion.objects.filter(pk=former.pk).update(valid_to=dt.date(2026, 7, 1))
    later = make_plan(2026, adopted=True, sales={cast.karl: [200] * 12, cast.kim: [100] * 12})
    PlanVersion.objects.filter(pk=later.pk).update(valid_from=dt.date(2026, 7, 1))
    planned, sums = company.planned_by(LAST), company.sums_of(LAST, MONDAY)
    assert planned == 200  # twenty days of thirty, of 300
    tile = company.month_tile((sums.now, sums.then), LAST, "EUR", planned)
    assert tile.meter[2] == 200 and "against the plan to date" in tile.note


@pytest.mark.parametrize("day", [LAST, LAST - dt.timedelta(days=400)])
def test_the_money_of_the_month_is_kept_to_the_cent(day):
    make_day(make_account(), day, Decimal("150.0301"))
    sums = company.sums_of(LAST, MONDAY)
    assert company.Sums.told(json.loads(json.dumps(sums.kept()))) == sums
    assert (sums.now is None) == (day != LAST)


def test_what_customers_began_to_buy_is_told_with_the_line_most_of_it_is_of(cast):
    assert growth.began(cast.dora) is None
    lines = [ServiceLine.objects.create(code=code, names={"en": code}) for code in ("a", "Films")]
    for scope, key, number in (
        ("company", "", 5), ("line", lines[0].pk, 2), ("line", lines[1].pk, 3),
    ):  # fmt: skip
        Reading.objects.create(
            code="services", scope=scope, key=key, day=DAY, first=DAY, last=DAY, version="upsell-1",
            numerator=number, value=number,
        )  # fmt: skip
    assert growth.began(cast.dora) == growth.Began(5, "Films", 3)
    assert growth.began(cast.karl) is None
