"""Trials begin on their day, are measured every night, and lose what became key."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.commands.departure import leave_suddenly
from accounts.commands.gate import keep_gate
from accounts.models import Account, AccountScore, Assignment
from common.models import Job
from hiring import jobs
from hiring.commands import probation as commands
from hiring.commands.probation_night import close_left, measure_probations, start_due
from hiring.models import CheckIn, Probation, ProbationDay
from people.models import Employment, Notification, User, company_day, company_midnight
from tests.cast import make_account
from tests.trials import DAY, make_buyer, make_orders, make_probation, talk

pytestmark = pytest.mark.django_db


def later(days: int, hours: int = 3):
    at = company_midnight(company_day() + days * DAY) + dt.timedelta(hours=hours)
    return time_machine.travel(at, tick=False)


def owners(row) -> dict[str, str]:
    return dict(
        Assignment.objects.owners().on(company_day())
        .filter(account__probations__probation=row, account__probations__matched_to=None)
        .values_list("account__name", "user__name")
    )  # fmt: skip


def rows_of(row) -> dict[str, ProbationDay]:
    return {one.goal.kind: one for one in ProbationDay.objects.filter(goal__probation=row)}


def test_an_accepted_plan_begins_on_its_day_and_not_before(cast):
    row = make_probation(cast, "accepted")
    assert start_due(company_day()) == 0
    with later(1):
        assert start_due(company_day()) == 1
        assert start_due(company_day()) == 0
        row.refresh_from_db()
        assert row.state == "running"
        assert owners(row) == {"Alder": "Karl", "Birch": "Karl"}
        karl = User.objects.get(pk=cast.karl.pk)
        assert Account.objects.editable_by(karl).filter(name="Alder").exists()
    assert CheckIn.objects.filter(probation=row).count() == 4
    assert Notification.objects.filter(kind="probation_started").count() == 4


def test_who_had_the_account_stays_in_its_team_if_wished(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    team = Assignment.objects.filter(role="team", user=cast.kim)
    assert team.count() == 2
    assert {one.former_owner for one in row.accounts.filter(matched_to=None)} == {cast.kim}


def test_nobody_stays_where_it_is_not_wished(cast):
    make_probation(cast, "running", starts_on=company_day(), former_helps=False)
    assert not Assignment.objects.filter(role="team").exists()


def test_a_plan_nobody_accepted_waits_and_is_told_once(cast):
    row = make_probation(cast, "offered")
    with later(2):
        assert start_due(company_day()) == 0
        assert start_due(company_day()) == 0
    row.refresh_from_db()
    assert row.state == "offered" and owners(row) == {"Alder": "Kim", "Birch": "Kim"}
    assert Notification.objects.filter(kind="probation_stuck").count() == 2


def test_what_became_key_before_the_start_is_left_out(cast):
    row = make_probation(cast, "accepted")
    AccountScore.objects.filter(account__name="Birch").update(is_key=True)
    with later(1):
        start_due(company_day())
        assert owners(row) == {"Alder": "Karl", "Birch": "Kim"}
    left = row.accounts.get(account__name="Birch")
    assert left.left_at and "key" in left.left_why
    assert all(one.left_at for one in left.controls.all())


def test_starting_puts_on_probation_who_no_longer_is(cast):
    make_probation(cast, "accepted")
    Employment.objects.filter(user=cast.karl).update(on_probation=False, grade=1)
    with later(1):
        start_due(company_day())
        now = Employment.objects.on(company_day()).get(user=cast.karl)
    assert (now.on_probation, now.grade) == (True, 1)


def test_worked_example_of_a_night(cast):
    """Two accounts, 53 order days a year at 100 each in total; a week gone, six orders of 200."""
    with later(0):
        row = make_probation(cast, "running", starts_on=company_day())
        given = [one.account for one in row.accounts.filter(matched_to=None)]
    base = sum(one.baseline for one in row.accounts.filter(matched_to=None))
    assert base == 5_400
    with later(7):
        for account in given:
            make_orders(account, 1, 3, 6, net=200)
        talk(given[0], cast.karl, company_day() - 5 * DAY)
        assert measure_probations(company_day() - DAY) == 2
    growth, first = rows_of(row)["growth"], rows_of(row)["first"]
    awaited = 5_400 * 7 / 365
    if row.season:
        awaited = float(growth.data["baseline"])
    assert growth.data["net"] == 1_200 and growth.data["orders"] == 6
    assert float(growth.value) == pytest.approx((1_200 / awaited - 1) * 100, abs=0.1)
    assert float(growth.expected) == 7.5  # 30 % in 28 days, seven are over
    assert growth.low < growth.value < growth.high
    assert float(first.value) == 50 and float(first.expected) == 100
    assert first.data["met"] == {str(given[0].pk): (row.starts_on + 2 * DAY).isoformat()}


def test_the_same_night_again_writes_the_same(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    make_orders(row.accounts.first().account, 0, net=70)
    fields = ("goal", "day", "value", "expected", "low", "high", "control", "data")
    assert measure_probations(company_day()) == 2
    before = list(ProbationDay.objects.order_by("pk").values(*fields))
    assert measure_probations(company_day()) == 2
    assert list(ProbationDay.objects.order_by("pk").values(*fields)) == before


def test_too_few_orders_have_no_interval(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    make_orders(row.accounts.first().account, 0, net=70)
    measure_probations(company_day())
    growth = rows_of(row)["growth"]
    assert growth.value is not None and growth.low is None
    assert growth.data["telling"] is False


def test_days_the_ledger_does_not_hold_yet_are_not_days_without_orders(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    with later(5):
        measure_probations(company_day())
    growth = rows_of(row)["growth"]
    assert growth.value is None and growth.data["through"] is None
    make_orders(row.accounts.first().account, 0)
    with later(5):
        measure_probations(company_day())
        assert rows_of(row)["growth"].data["through"] == row.starts_on.isoformat()


def test_after_the_last_day_nothing_more_is_counted(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    account = row.accounts.first().account
    with later(40):
        make_orders(account, 5, net=9_000)
        measure_probations(company_day())
        assert Notification.objects.filter(kind="probation_ending").count() == 1
    growth = rows_of(row)["growth"]
    assert growth.day == row.ends_on
    assert growth.data["net"] == 0


def test_an_account_that_becomes_key_leaves_with_its_pair(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    birch = Account.objects.get(name="Birch")
    make_orders(birch, 0, net=900)
    AccountScore.objects.filter(account=birch).update(is_key=True)
    keep_gate(day=company_day(), now=timezone.now())
    measure_probations(company_day())
    left = row.accounts.get(account=birch)
    assert left.left_at and all(one.left_at for one in left.controls.all())
    assert owners(row) == {"Alder": "Karl", "Birch": "Dora"}
    growth = rows_of(row)["growth"].data
    assert (growth["accounts"], growth["net"]) == (1, 0)


def test_an_account_somebody_else_received_leaves(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    Assignment.objects.owners().filter(account__name="Alder", valid_to=None).update(user=cast.lena)
    measure_probations(company_day())
    assert "Somebody else" in row.accounts.get(account__name="Alder").left_why


def test_talks_of_others_and_one_sided_mails_are_no_first_talk(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    alder, birch = Account.objects.get(name="Alder"), Account.objects.get(name="Birch")
    talk(alder, cast.kim, company_day())
    talk(birch, cast.karl, company_day(), direction="out")
    measure_probations(company_day())
    assert rows_of(row)["first"].value == 0


def test_contacts_are_counted_and_maps_averaged(cast):
    row = make_probation(cast, "draft", starts_on=company_day())
    row.goals.create(kind="contact", target=4, position=5)
    row.goals.create(kind="map", target=80, position=6)
    row = commands.offer_probation(actor=cast.dora, probation_id=row.pk)
    commands.accept_probation(actor=cast.karl, probation_id=row.pk, version=row.version)
    start_due(company_day())
    alder = Account.objects.get(name="Alder")
    talk(alder, cast.karl, company_day())
    measure_probations(company_day())
    rows = rows_of(row)
    assert rows["contact"].value == 1
    assert float(rows["contact"].expected) == pytest.approx(4 / 28, abs=1e-4)
    assert "begin" in rows["map"].data


@pytest.mark.parametrize("state", ["draft", "offered", "running"])
def test_the_trial_of_who_left_is_called_off_a_day_later(cast, state):
    row = make_probation(cast, state)
    departed = leave_suddenly(actor=cast.dora, user=cast.karl).closed_at
    assert close_left(departed + dt.timedelta(hours=23)) == 0
    assert close_left(departed + dt.timedelta(hours=24)) == 1
    row.refresh_from_db()
    assert (row.state, row.reasons) == ("cancelled", "Karl has left.")
    assert not Assignment.objects.owners().today().filter(user=cast.karl).exists()
    told = Notification.objects.filter(kind="probation_cancelled")
    assert set(told.values_list("user", flat=True)) == {cast.kim.pk, cast.lena.pk}
    assert close_left(departed + dt.timedelta(days=3)) == 0


def test_the_tick_starts_at_midnight_and_measures_once_a_night(cast, run_jobs):
    row = make_probation(cast, "accepted")
    with later(1, hours=0):
        assert jobs.probations_tick() == 1
        assert not Job.objects.filter(name="hiring.jobs.measure_probations").exists()
    with later(2, hours=3):
        jobs.probations_tick()
        jobs.probations_tick()
        run_jobs()
    assert Job.objects.filter(name="hiring.jobs.measure_probations").count() == 1
    assert set(ProbationDay.objects.values_list("day", flat=True)) == {row.starts_on}


def test_the_number_of_queries_does_not_grow_with_the_accounts(cast, django_assert_max_num_queries):
    accounts = [make_buyer(f"Buyer {n}", owner=cast.kim) for n in range(12)]
    row = make_probation(cast, "running", accounts=accounts[:6], starts_on=company_day())
    assert row.accounts.filter(matched_to=None).count() == 6
    with django_assert_max_num_queries(25):
        measure_probations(company_day())


def test_nothing_runs_where_nobody_is_on_trial(cast):
    make_account()
    assert measure_probations(company_day()) == 0 == Probation.objects.count()
