"""/kpi/warnings/record/ and its file."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Account, AccountScore, Scoring
from kpi.models import Alert, AlertAnswer
from kpi.queries.warnings import record
from people.models import company_day
from tests.access_warnings import make_alert
from tests.cast import make_account, make_cast, signed_in, without_tokens
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
URL = reverse("kpi:warning_record")
FILE = reverse("kpi:warning_record_export", args=["csv"])


def ago(days: int) -> dt.date:
    return company_day() - dt.timedelta(days=days)


def alarm(owner, name: str, days: int, ordered: int | None = None, **fields):
    """An alarm so many days ago; the next order came `ordered` days ago."""
    made = make_alert(
        owner, name, since=ago(days + 40), raised_on=ago(days + 9), red_on=ago(days), **fields
    )
    if ordered is not None:
        make_day(made.account, ago(ordered), Decimal(5))
    return made


@pytest.fixture
def cast():
    cast = make_cast()
    Scoring.objects.create(pk=1, as_of=company_day(), whole=True)
    alarm(cast.karl, "Right", 200)
    alarm(cast.karl, "Late", 200, ordered=100)
    alarm(cast.karl, "Back", 200, ordered=150)
    alarm(cast.kim, "Young", 30)
    alarm(cast.kim, "Old", 400)
    wrong = alarm(cast.kim, "Wrong", 120)
    AlertAnswer.objects.create(alert=wrong, verb="wrong", reason="late", actor=cast.kim)
    lost = make_account("Lost", owner=cast.karl)
    AccountScore.objects.create(account=lost, as_of=company_day(), last_order=ago(500))
    return cast


def test_counts_come_first_and_wrong_and_young_ones_are_not_left_out(cast):
    found = record(cast.dora)
    one = found.silences
    assert (one.alarms, one.right, one.back, one.young, one.wrong) == (5, 3, 1, 1, 1)
    assert (found.lost, found.flagged) == (1, 0)
    text = without_tokens(signed_in(cast.dora).get(URL))
    assert "Last 12 months: 5 alarms." in text
    assert "Of 4 that can be judged 3 really did not order within 90 days" in text
    assert "1 customer was lost" in text


def test_a_start_page_tells_how_many_and_how_many_were_right(cast):
    alarms, right = record(cast.dora).headline
    assert alarms == "Last 12 months: 5 alarms."
    assert right.startswith("Of 4 that can be judged 3")


def test_a_manager_reads_the_record_of_their_own_accounts(cast):
    assert record(cast.karl).silences.alarms == 3
    assert "Young" not in without_tokens(signed_in(cast.karl).get(URL))


def test_who_had_an_alarm_before_being_lost_counts_as_flagged(cast):
    score = AccountScore.objects.get()
    made = make_alert(cast.karl, "Flagged", since=ago(450), red_on=ago(400), raised_on=ago(410))
    AccountScore.objects.create(account=made.account, as_of=company_day(), last_order=ago(450))
    assert score.account_id != made.account_id
    assert (record(cast.dora).lost, record(cast.dora).flagged) == (2, 1)


def test_the_file_holds_every_alarm_of_the_reader(cast):
    text = signed_in(cast.karl).get(FILE).getvalue().decode()
    assert len(text.strip().splitlines()) == 4
    assert "Young" not in text


def test_without_a_night_there_is_no_record():
    found = record(make_cast().dora)
    assert (found.day, found.headline) == (None, [])


def test_a_handover_moves_no_alarm_and_no_loss_to_another_record(cast):
    gone = AccountScore.objects.get().account
    late = Alert.objects.get(account__name="Late").account
    for account in (gone, late):
        account.assignments.update(valid_to=ago(3))
        account.assignments.create(user=cast.kim, role="owner", valid_from=ago(3))
        Account.objects.filter(pk=account.pk).update(owner=cast.kim)
    assert (record(cast.karl).silences.alarms, record(cast.karl).lost) == (3, 1)
    assert (record(cast.kim).silences.alarms, record(cast.kim).lost) == (2, 0)
    text = without_tokens(signed_in(cast.karl).get(URL))
    assert "Late" not in text and "Accounts you may no longer open" in text
    file = signed_in(cast.karl).get(FILE).getvalue().decode()
    assert "Late" not in file and len(file.strip().splitlines()) == 4


def test_a_lead_reads_the_record_of_the_team_as_it_was_on_the_day(cast):
    assert record(cast.lena).silences.alarms == record(cast.karl).silences.alarms
