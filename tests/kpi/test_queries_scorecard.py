"""A scorecard: who may read whose, what its lines tell, and what changed since last time."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.models import AccountScore, Promise
from kpi.commands.one_to_one import record_one_to_one
from kpi.models import Alert, Appraisal
from kpi.queries.scorecard.lines import lines, readings_of
from kpi.queries.scorecard.page import scorecard
from kpi.queries.scorecard.people import leads, scored_people
from kpi.queries.scorecard.work import work_of
from people.models import company_day
from tests.cast import make_account, make_company
from tests.field_tasks import make_task
from tests.kpi.facts import make_day
from tests.kpi.scores import read_for

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def line_of(found, code, before=None):
    return next(one for one in lines(found, before or {}, "EUR") if one.code == code)


def test_directors_read_all_leads_their_team_and_managers_themselves(cast):
    names = {
        reader: set(scored_people(getattr(cast, reader)).values_list("name", flat=True))
        for reader in ("dora", "lena", "karl", "anna", "rita", "sam")
    }
    assert names == {
        "dora": {"Lena", "Karl", "Kim"}, "lena": {"Lena", "Karl"}, "karl": {"Karl"},
        "anna": set(), "rita": set(), "sam": set(),
    }  # fmt: skip
    assert leads(cast.lena, cast.karl) and not leads(cast.lena, cast.lena)


def test_a_share_of_accounts_is_told_as_counts_with_its_range_and_the_teams_rate(cast):
    read_for(cast.karl, "retention", 2, 3, low=0.2077, high=0.9385)
    read_for(cast.karl, "retention", 8, 10, team=True)
    line = line_of(readings_of(cast.karl, with_team=True), "retention")
    assert (line.value, line.tick) == ("2 of 3", 0.8)
    assert line.note == "The true rate may be 21\u00a0% – 94\u00a0%; the team’s is 80\u00a0%"
    assert ("Accounts kept", "2") in line.why.inputs


def test_without_the_right_to_it_the_teams_rate_is_not_read(cast):
    read_for(cast.karl, "retention", 2, 3, low=0.2, high=0.9)
    read_for(cast.karl, "retention", 8, 10, team=True)
    line = line_of(readings_of(cast.karl, with_team=False), "retention")
    assert line.tick is None and "80" not in line.note


def test_unknown_is_told_as_unknown(cast):
    unread = readings_of(cast.karl, with_team=True)
    assert line_of(unread, "nrr").note == "Known after the next night"
    read_for(cast.karl, "retention", 0, 0)
    found = readings_of(cast.karl, with_team=True)
    assert line_of(found, "retention").value == ""
    assert "in the year before" in line_of(found, "retention").note
    assert line_of(found, "touchpoints").note == "Nothing is recorded yet"


def test_money_is_exact_and_a_rate_of_money_shows_its_sums(cast):
    read_for(cast.karl, "revenue", 12_345_678)
    read_for(cast.karl, "nrr", 900_000, 1_000_000)
    found = readings_of(cast.karl, with_team=False)
    assert line_of(found, "revenue").value == "1,234.57\u00a0€"
    assert line_of(found, "nrr").value == "90.0\u00a0%"
    assert ("Their revenue now", "90.00\u00a0€") in line_of(found, "nrr").why.inputs


def test_what_changed_since_the_last_one_to_one_is_told(cast):
    row = read_for(cast.karl, "retention", 5, 6)
    read_for(cast.karl, "services", 2)
    record_one_to_one(actor=cast.lena, manager=cast.karl, held_on=company_day(), notes="x")
    row.numerator = 4
    row.save()
    card = scorecard(cast.lena, cast.karl, "EUR")
    assert [(one.code, one.before, one.value) for one in card.changed] == [
        ("retention", "5 of 6", "4 of 6")
    ]


def test_a_director_reads_no_talk_between_others(cast):
    record_one_to_one(actor=cast.lena, manager=cast.karl, held_on=company_day(), notes="x")
    assert scorecard(cast.dora, cast.karl, "EUR").talks == []
    assert len(scorecard(cast.karl, cast.karl, "EUR").talks) == 1


def test_work_is_counted_without_norms(cast):
    today = company_day()
    account = make_account(owner=cast.karl)
    AccountScore.objects.create(
        account=account, as_of=today, revenue=10, is_key=True, last_order=today - 60 * DAY,
        alarm_day=today - DAY,
    )  # fmt: skip
    for state in ("kept", "kept", "broken"):
        Promise.objects.create(
            account=account, colleague=cast.karl, text="x", state=state, made_on=today - 9 * DAY,
            settled_on=today - DAY,
        )  # fmt: skip
    make_task(owner=cast.karl, account=account, due=today - DAY)
    Alert.objects.create(
        account=account, cause="rhythm", level="red", since=today, raised_on=today, seen_on=today
    ).answers.create(verb="wrong", actor=cast.karl)
    found = work_of(cast.lena, cast.karl, as_of=today, today=today)
    assert (found.accounts, found.keys, found.silent, found.judged) == (1, 1, 1, 1)
    assert (found.warned, found.answered) == (1, 1)
    assert (found.kept, found.promised, found.overdue) == (2, 3, 1)


def test_the_year_of_answers_begins_at_the_companys_midnight(cast):
    make_company(time_zone="Asia/Tokyo")
    today = dt.date(2026, 11, 23)
    first = dt.datetime(2025, 11, 24, 0, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
    row = Alert.objects.create(
        account=make_account(owner=cast.karl), cause="rhythm", level="red", since=today,
        raised_on=today, seen_on=today,
    )  # fmt: skip
    for at in (first, first - dt.timedelta(hours=1)):
        row.answers.create(verb="wrong", actor=cast.karl, at=at)
    for zone in ("America/New_York", "Pacific/Auckland"):
        with timezone.override(zone):
            assert work_of(cast.lena, cast.karl, as_of=today, today=today).answered == 1, zone


def test_the_year_is_told_against_the_plan_and_without_one_says_so(cast):
    make_day(make_account(owner=cast.karl), company_day(), Decimal("12.34"))
    found = scorecard(cast.lena, cast.karl, "EUR").plan
    assert found.sales.actual == Decimal("12.34") and found.sales.planned is None
    assert found.user == cast.karl


def test_a_director_is_not_shown_what_others_think_of_them(cast):
    today = company_day()
    make_account(owner=cast.dora)
    Appraisal.objects.create(
        manager=cast.dora, by=cast.sam, first=today, last=today, mark=1, note="hidden"
    )
    assert scorecard(cast.dora, cast.dora, "EUR").appraisals == []
