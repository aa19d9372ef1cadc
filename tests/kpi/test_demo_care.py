"""The demo company has its four stories of care, and no clockwork moves anybody in it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.commands.gate import keep_gate, sweep_overrides
from accounts.commands.handover_watch import watch_tick
from accounts.models import (
    Account,
    Assignment,
    ContactDay,
    Control,
    Handover,
    ManagerDay,
    ManagerProfile,
)
from accounts.queries.absences import absence_lines
from accounts.queries.control import controls
from accounts.queries.gate import breaches, wrong_deputies
from accounts.queries.handover import handovers
from accounts.queries.handover_lines import lines_of
from accounts.queries.handover_plans import plans
from accounts.queries.handover_watch import accompanied_of, watch_of
from hiring.choices import CheckInState, ProbationState
from hiring.models import Probation
from hiring.queries.probation import newest_days, probations
from kpi.demo import care
from kpi.demo.people import PEOPLE
from kpi.queries.capacity.people import manager_rows
from kpi.queries.start.overload import carried, overloaded
from people.models import Employment, Event, User, company_day


@pytest.fixture
def director(severpack):
    return User.objects.get(email="marina.sokolova@severpack.example")


def owners() -> set:
    return set(Assignment.objects.owners().today().values_list("account", "user"))


def test_no_clockwork_moves_an_account(director):
    before = owners()
    now, today = timezone.now(), company_day()
    assert Account.objects.filter(score__is_key=True).count() >= 10
    assert breaches(today, now) == [] and wrong_deputies(today, now) == []
    assert sweep_overrides(now=now) == 0 and keep_gate(day=today, now=now) == 0
    assert owners() == before
    assert Control.objects.filter(ended_at=None).count() == 1


def test_everybody_has_a_grade_history_that_ends_today(director):
    assert set(Employment.objects.filter(valid_to=None).values_list("user", flat=True)) == set(
        User.objects.values_list("pk", flat=True)
    )
    assert Employment.objects.exclude(valid_to=None).count() >= 5
    assert ManagerProfile.objects.count() == len(care.PROFILES)
    assert set(care.PROFILES) < {person.key for person in PEOPLE}


def test_one_probation_is_half_way_and_one_was_passed(director):
    found = {row.state: row for row in probations(director)}
    assert set(found) == {ProbationState.RUNNING, ProbationState.PASSED}
    running = found[ProbationState.RUNNING]
    gone = (company_day() - running.starts_on).days / (running.ends_on - running.starts_on).days
    assert 0.45 < gone < 0.55
    given = running.accounts.filter(matched_to=None).values("account")
    assert 3 <= given.count() <= 5
    assert running.accounts.exclude(matched_to=None).exists()
    assert running.check_ins.filter(state=CheckInState.HELD).count() == 6
    assert running.evidence.count() == len(care.EVIDENCE)
    days = newest_days([running.pk])[running.pk]
    assert {one.goal.kind for one in days} == {"growth", "first", "contact", "free"}
    owned = Assignment.objects.owners().today().filter(user=running.user)
    assert set(owned.values_list("account")) == set(given.values_list("account"))
    assert found[ProbationState.PASSED].handover_plan is not None


def test_one_handover_is_under_watch_and_one_in_the_middle_of_its_road(director):
    found = {row.handover.state: row.handover for row in handovers(director)}
    assert set(found) == {"planned", "captured", "watch"}
    watch = watch_of(found["watch"])
    assert watch.retained is not None and 30 < watch.day < watch.days
    assert accompanied_of(found["watch"]).held >= 2
    assert sorted(found["watch"].pulses.values_list("answer", flat=True), key=str)[:2] == [4, 5]
    assert found["watch"].letters.filter(kind="handover", state="sent").exists()
    lines = lines_of(found["captured"])
    met = [line for line in lines.people if line.is_done]
    assert 0 < len(met) < len(lines.people)
    assert all(line.is_done for line in lines.told)
    assert [step.position for step in plans(director)[0].steps.all()] == [0, 1, 2]


def test_the_watch_has_nothing_to_catch_up_with(director):
    handover = Handover.objects.get(state="watch")
    assert watch_tick(company_day())["asked"] == 0
    handover.refresh_from_db()
    assert handover.state == "watch" and handover.pulses.count() == 3


def test_somebody_is_away_next_week_half_covered(director):
    (line,) = absence_lines(director)
    days = (line.absence.valid_from - timezone.localdate()).days  # of the seed
    assert 1 <= days <= 7 and line.absence.valid_from.weekday() == 0
    states = set(line.absence.covers.values_list("state", flat=True))
    assert states == {"agreed", "proposed"}
    (past,) = absence_lines(director, past=True)
    covers = past.absence.covers.all()
    assert {cover.state for cover in covers} == {"ended"}
    assert any(cover.words and cover.summary["touchpoints"] is not None for cover in covers)


def test_one_account_is_under_the_directors_control_with_a_call_a_week(director):
    (line,) = controls(director)
    assert line.control.director == director and line.days_left > 0
    assert line.call is not None and line.handover is not None


def test_exactly_one_manager_is_over_capacity_and_has_been_for_two_months(director):
    today = company_day()
    rows = manager_rows(director, today)
    assert [row.user.email for row in rows if row.is_over] == ["igor.lebedev@severpack.example"]
    assert [row.user for row in rows if row.is_running_over] == [rows[0].user]
    assert overloaded(today, "EUR", carried(today))


def test_nights_of_a_quarter_are_known(director):
    assert ManagerDay.objects.values("day").distinct().count() >= 60
    spanned = ContactDay.objects.order_by("day").values_list("day", flat=True)
    assert (spanned.last() - spanned.first()).days >= 60


def test_the_record_tells_of_care_at_its_own_time(director):
    events = Event.objects.filter(verb__regex=r"^(account\.(handover|cover|control)|probation\.)")
    assert events.count() > 20
    assert not events.filter(at__date__gte=company_day()).exists()
    assert list(Event.objects.order_by("pk")) == list(Event.objects.order_by("at", "pk"))


def test_passed_goals_are_kept_for_reading(director):
    passed = Probation.objects.get(state=ProbationState.PASSED)
    assert passed.reasons and passed.decided_by == director
    assert passed.goals.filter(days__isnull=False).distinct().count() == passed.goals.count()


@pytest.mark.django_db
@pytest.mark.parametrize("accounts", [1, 8])
def test_a_tiny_company_has_no_care_to_tell_and_is_written_all_the_same(accounts):
    call_command("seed_demo", accounts=accounts, months=3, stdout=StringIO())
    today, now = company_day(), timezone.now()
    assert breaches(today, now) == []
