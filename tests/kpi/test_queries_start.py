"""What start pages tell: matters in their order, and each only while it is true."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.models import Account, Pin, Scoring
from common.choices import JobState
from common.models import Job
from kpi.demo.company import HANSA, MEDICA
from kpi.queries.start import company, matters, moves, own, silences
from kpi.queries.start.parts import Action, Matter
from kpi.queries.start.told import newest_keys, told_of
from people.models import User
from tests.kpi.test_views_start import page_of, words


def test_failed_work_is_told_until_it_succeeds(client, severpack):
    now = timezone.now()
    failed = Job.objects.create(
        name="accounts.jobs.run_import", state=JobState.FAILED, finished_at=now
    )
    assert "Work in the background failed: Importing a ledger file." in words(
        page_of(client, "director")
    )
    Job.objects.create(name=failed.name, state=JobState.DONE, finished_at=now)
    assert "Work in the background failed" not in words(page_of(client, "director"))


def test_lines_without_a_rate_are_told(severpack):
    director = User.objects.get(email="marina.sokolova@severpack.example")
    day = Scoring.current().as_of
    waiting = told_of(director, day, day, newest_keys(day)).rates
    assert "in KZT count nowhere yet" in matters.without_rate(waiting)[0].sentence
    assert matters.without_rate(None) == []


def test_a_pin_that_ends_soon_says_what_holds_without_it(severpack):
    pin = Pin.objects.get(account__name__startswith="Rivoli")
    (matter,) = pins_told()
    assert matter.sentence.startswith("The pin of Rivoli")
    assert "Without it the account is tier C." in matter.evidence
    Pin.objects.filter(pk=pin.pk).update(valid_to=timezone.localdate() + dt.timedelta(days=90))
    assert pins_told() == []


def pins_told() -> list[Matter]:
    """Whatever else there is to decide on that day: its sum is the smallest."""
    director = User.objects.get(email="marina.sokolova@severpack.example")
    day = Scoring.current().as_of
    return matters.pins_ending(told_of(director, day, day, newest_keys(day)).pins, "EUR")


def test_matters_come_with_the_largest_sum_first_and_once_for_each_account():
    act = Action("Open", "/")
    rows = [
        Matter("no sum", "", act),
        Matter("failed", "", act, is_urgent=True),
        Matter("small", "", act, stake=Decimal(5), about=1),
        Matter("standing", "", act, stake=Decimal(900), is_standing=True),
        Matter("large", "", act, stake=Decimal(50), about=1),
    ]
    assert [m.sentence for m in matters.ordered(rows)] == ["failed", "large", "standing", "no sum"]


def test_a_silence_is_told_with_what_is_usual(severpack):
    day = Scoring.current().as_of
    found = silences.silent_accounts(Account.objects.all(), day)
    hansa = next(item for item in found if item.account.name == HANSA)
    assert (hansa.silence.days, hansa.silence.is_alarm) == (61, True)
    assert hansa.sentence == f"{HANSA} has not ordered for 61 days."
    assert f"It usually orders every {hansa.silence.usual} days" in hansa.evidence
    assert "is silent this long 1 time in 20." in hansa.evidence


def test_moves_are_told_with_their_reason(severpack):
    day = Scoring.current().as_of
    since = day - dt.timedelta(days=400)
    found = moves.moves(Account.objects.all(), since=since, day=day, is_whole=True)
    medica = next(move for move in found if move.account.name == MEDICA)
    assert (medica.old, medica.new) == ("A", "B")
    assert medica.reason.startswith("Two month-ends below the 80\u00a0% cut: ")
    plain = moves.moves(Account.objects.all(), since=since, day=day, is_whole=False)
    assert "Two month-ends below the 80\u00a0% cut." in {move.reason for move in plain}


def test_changes_that_were_kept_tell_the_same(severpack):
    day = Scoring.current().as_of
    known = {"since": day - dt.timedelta(days=400), "day": day}
    accounts = Account.objects.all()
    kept = moves.largest(accounts, **known)
    told = moves.moves(accounts, **known, is_whole=True)
    assert told
    assert moves.moves(accounts, **known, is_whole=True, among=kept) == told
    assert moves.moves(accounts.none(), **known, is_whole=True, among=kept) == []


def test_the_largest_account_without_an_owner_is_named_and_all_are_counted(severpack):
    director = User.objects.get(email="marina.sokolova@severpack.example")
    day = Scoring.current().as_of
    told = told_of(director, day, day, newest_keys(day))
    assert (told.unowned.name, told.free) == ("Bergmann Feinbäckerei GmbH", 1)


def test_the_month_so_far_ends_yesterday_or_with_an_older_ledger():
    today = dt.date(2026, 12, 1)
    assert company.last_whole_day(today, today) == dt.date(2026, 11, 30)
    assert company.last_whole_day(dt.date(2011, 12, 9), today) == dt.date(2011, 12, 9)
    assert company.same_day(dt.date(2024, 2, 29)) == dt.date(2023, 2, 28)
    assert company.same_day(dt.date(2025, 2, 28)) == dt.date(2024, 2, 29)


def test_a_deputy_is_told_until_when(severpack):
    igor = User.objects.get(email="igor.lebedev@severpack.example")
    assert any("You stand in until" in item.sentence for item in own.handovers(igor))
