"""The invented company: believable figures, the same for the same seed."""

import datetime as dt
from collections import Counter
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Sum

from accounts.models import (
    Account,
    AccountDay,
    AccountRhythm,
    Assignment,
    Contact,
    DossierEntry,
    File,
    LedgerLine,
    Line,
    Merge,
    Observation,
    Pin,
    Policy,
    Position,
    ServiceMonth,
    Task,
    Tie,
    Touchpoint,
    TouchpointContact,
)
from common.models import Import
from hiring.commands.home_task import needs_another
from hiring.models import (
    Call,
    Candidacy,
    Candidate,
    HomeTask,
    Letter,
    Mark,
    Seat,
    Session,
    Sheet,
    TestTask,
    TestTaskVersion,
    Vacancy,
)
from kpi.demo.catalogue import LANGUAGES, PRODUCTS, SEGMENTS, SERVICE_LINES, TERRITORIES
from kpi.demo.company import DAIRY, HANSA, TWIN, UNOWNED, plan_accounts
from kpi.demo.orders import order_lines
from kpi.demo.people import PASSWORD
from people.models import Event, Notification, Team, User

TODAY = dt.date(2026, 11, 21)
ROLES = {"director", "lead", "kam", "assistant", "recruiter", "interviewer", "administrator"}
FIRST, DAYS = dt.date(2023, 11, 1), 1115
FLAT = {
    "EUR": np.ones(DAYS),
    "RUB": np.full(DAYS, 0.0102),
    "CHF": np.full(DAYS, 1.05),
}


@pytest.fixture(scope="module")
def plans():
    return plan_accounts(np.random.default_rng([1, 1]), 250)


@pytest.fixture(scope="module")
def lines(plans):
    return next(order_lines(plans, first=FIRST, days=DAYS, rates=FLAT, seed=1))


@pytest.fixture(scope="module")
def recent(plans, lines):
    """Euros of the last twelve months by account."""
    worth = np.array([FLAT[plan.currency][0] for plan in plans])
    euros = lines.cents * worth[lines.account] / 100
    return np.bincount(lines.account, euros * (lines.day >= DAYS - 365), len(plans))


def test_customers_have_different_names(plans):
    assert len({plan.name for plan in plans}) == 250


def test_a_large_company_does_not_run_out_of_names():
    many = plan_accounts(np.random.default_rng([1, 1]), 4_000)
    assert len({plan.name for plan in many}) == 4_000


def test_customers_live_in_eight_countries(plans):
    assert {plan.country for plan in plans} == {"DE", "CH", "EE", "FI", "RU", "KZ", "IT", "ES"}


def test_the_same_seed_makes_the_same_ledger(plans, lines):
    again = next(order_lines(plans, first=FIRST, days=DAYS, rates=FLAT, seed=1))
    other = next(order_lines(plans, first=FIRST, days=DAYS, rates=FLAT, seed=2))
    assert np.array_equal(again.cents, lines.cents)
    assert not np.array_equal(other.cents, lines.cents)


def test_the_ledger_ends_with_the_last_day_and_has_a_believable_size(lines):
    assert lines.day.min() >= 0
    assert lines.day.max() == DAYS - 1
    assert 25_000 < len(lines) < 40_000


def test_about_thirteen_customers_bring_four_fifths(recent):
    running = np.cumsum(np.sort(recent)[::-1]) / recent.sum()
    assert 11 <= np.argmax(running >= 0.8) + 1 <= 16


def test_one_customer_is_above_a_tenth(plans, recent):
    names = [plan.name for plan in plans]
    assert recent[names.index(DAIRY)] > 0.1 * recent.sum()


def test_a_customer_who_is_leaving_is_silent_beyond_every_earlier_gap(plans, lines):
    hansa = [plan.name for plan in plans].index(HANSA)
    days = np.unique(lines.day[(lines.account == hansa) & ~lines.credit])
    assert DAYS - days[-1] == 61
    assert np.diff(days)[-12:].max() < 61


def test_some_lines_come_back_and_some_have_no_cost(lines):
    assert 0.005 < lines.credit.mean() < 0.03
    assert np.all(lines.cents[lines.credit] < 0)
    assert 0.005 < (lines.cost == -1).mean() < 0.05


@pytest.mark.parametrize(
    "words",
    [
        *(item.names for item in PRODUCTS),
        *SERVICE_LINES.values(),
        *(item.names for item in SEGMENTS.values()),
        *(item.names for item in TERRITORIES.values()),
    ],
    ids=lambda words: words["en"],
)
def test_reference_data_is_named_in_every_language(words):
    assert all(words[language] for language in LANGUAGES)


@pytest.fixture(scope="module")
def company_rows(django_db_setup, django_db_blocker):
    """Written once; the tests of this module read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", accounts=40, months=15, as_of=TODAY, stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def company(company_rows, db):
    """Severpack with 40 customers and 15 months."""


def test_the_company_has_people_in_teams_and_one_sign_in_per_role(company):
    assert Team.objects.filter(lead__isnull=False).count() == 3
    shown = User.objects.exclude(preferences={})
    assert {user.preferences["demo"] for user in shown} == ROLES
    assert User.objects.get(email="marina.sokolova@severpack.example").check_password(PASSWORD)


def test_every_customer_but_one_has_an_owner_today(company):
    owned = Assignment.objects.owners().on(TODAY).values("account")
    unowned = Account.objects.present().exclude(pk__in=owned)
    assert [row.name for row in unowned] == [UNOWNED]
    assert Account.objects.get(name=UNOWNED).owner is None


def test_rollups_hold_what_the_lines_hold(company):
    net = LedgerLine.objects.live().aggregate(net=Sum("net"))["net"]
    assert AccountDay.objects.aggregate(net=Sum("net"))["net"] == net
    assert ServiceMonth.objects.aggregate(net=Sum("net"))["net"] == net
    assert LedgerLine.objects.latest("day").day == TODAY - dt.timedelta(days=1)


def test_foreign_lines_wait_for_a_rate_and_a_file_was_taken_back(company):
    states = set(Import.objects.values_list("state", flat=True))
    assert states == {"applied", "undone"}
    refused = Import.objects.get(filename="invoices-2026-10.csv")
    assert refused.counts["rejected"] == 3
    assert Import.objects.get(filename="invoices-2026-11.csv").counts["changed"] == 2


def test_a_customer_entered_twice_was_merged(company):
    merge = Merge.objects.get()
    assert (merge.survivor.name, merge.absorbed.name) == (HANSA, TWIN)
    assert merge.at.date() < TODAY


def test_the_record_tells_the_past_at_its_own_time(company):
    assert Event.objects.filter(verb="account.pinned").exists()
    times = list(Event.objects.order_by("id").values_list("at", flat=True))
    assert times == sorted(times)
    assert not Event.objects.filter(verb="ledger.imported", at__date__gt=TODAY).exists()


def test_one_policy_is_in_force_one_waits_and_pins_have_reasons(company):
    assert sorted(Policy.objects.values_list("state", flat=True)) == ["adopted", "draft", "retired"]
    assert Pin.objects.exists()
    assert not Pin.objects.filter(reason="").exists()


def test_everybody_present_worked_at_the_customer_that_day(company):
    place = Position.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=OuterRef("touchpoint__at__date")),
        contact=OuterRef("contact"),
        account=OuterRef("touchpoint__account"),
        valid_from__lte=OuterRef("touchpoint__at__date"),
    )
    rows = TouchpointContact.objects.filter(~Exists(place))
    assert TouchpointContact.objects.count() > 500
    assert not rows.exists()


def test_nothing_that_lies_ahead_took_place(company):
    done = Touchpoint.objects.done()
    assert not done.filter(at__date__gte=TODAY).exists()
    assert Touchpoint.objects.planned().filter(at__date__gt=TODAY).exists()
    assert not done.filter(recorded_at__lt=F("at")).exists()
    assert not done.filter(recorded_at__date__gt=TODAY).exists()


def test_ties_and_rhythms_come_from_the_touchpoints(company):
    met = Touchpoint.objects.done().values("account").distinct().count()
    assert AccountRhythm.objects.exclude(last_on=None).count() == met
    assert Tie.objects.filter(colleague=None, energy__gt=5).exists()
    assert Tie.objects.exclude(colleague=None).exists()


def test_facts_lines_and_files_are_about_people_of_that_customer(company):
    for rows, contact in ((Observation, "contact"), (Line, "start"), (Line, "end")):
        there = Position.objects.filter(contact=OuterRef(contact), account=OuterRef("account"))
        assert rows.objects.exists()
        assert not rows.objects.filter(~Exists(there)).exists()
    assert not Observation.objects.filter(day__gt=TODAY).exists()
    assert DossierEntry.objects.exclude(source="").exists()
    assert {file.content_type for file in File.objects.all()} == {
        "text/plain",
        "image/png",
        "application/pdf",
    }


def test_people_have_numbers_nobody_outside_answers(company):
    addresses = Contact.objects.known().filter(reaches__kind="email")
    assert addresses.count() > 100
    assert not addresses.exclude(reaches__value__endswith=".example").exists()
    assert Contact.objects.filter(name="").exists()


def test_colleagues_of_other_departments_help_without_a_role(company):
    helpers = User.objects.filter(assignments__role="team", role_grants=None).distinct()
    assert helpers.count() >= 2
    assert Task.objects.filter(owner__in=helpers, state="open").exists()


def test_the_record_says_what_those_of_other_departments_do(company):
    told = Event.objects.filter(verb="account.assigned", data__role="team")
    assert set(told.values_list("data__function", flat=True)) >= {"logistics", "finance"}


def test_the_bell_has_read_and_unread_news(company):
    rows = Notification.objects.all()
    assert {row.kind for row in rows} == {"task_given", "task_overdue", "promise_due"}
    assert rows.unread().exists() and rows.exclude(read_at=None).exists()


def test_a_second_call_changes_nothing(company):
    before = LedgerLine.objects.count()
    said = StringIO()
    call_command("seed_demo", stdout=said)
    assert LedgerLine.objects.count() == before
    assert "nothing was written" in said.getvalue()


def test_sign_ins_are_printed_with_role_and_password(company):
    said = StringIO()
    call_command("demo_signins", stdout=said)
    assert said.getvalue().count(PASSWORD) == 7


def test_a_hiring_year_has_sessions_with_attendance_scores_and_one_today(company):
    states = Counter(Session.objects.values_list("state", flat=True))
    assert states == {"finished": 4, "planned": 2}
    assert Session.objects.get(starts_at__date=TODAY).booked >= 5
    came = Seat.objects.filter(state__in=["came", "late"]).count()
    missed = Seat.objects.filter(state="no_show").count()
    assert came >= 10
    assert missed >= 3
    sheets = Sheet.objects.filter(kind="session")
    assert sheets.submitted().count() == 3 * came
    marked = Mark.objects.filter(sheet__in=sheets).values("sheet")
    assert marked.distinct().count() == 3 * came
    holding = Seat.objects.filter(state__in=["booked", "confirmed"]).count()
    assert sum(Session.objects.values_list("booked", flat=True)) == holding


def test_vacancies_have_a_history_by_those_who_took_each_step(company):
    for vacancy in Vacancy.objects.all():
        rows = Event.objects.about(vacancy).order_by("pk")
        steps = ["created", "proposed", "approved", "published", "filled"]
        wanted = [f"vacancy.{step}" for step in steps if step != "filled" or vacancy.ended_at]
        assert [row.verb for row in rows] == wanted
        assert [row.at for row in rows] == sorted(row.at for row in rows)
        actors = {row.verb: row.actor for row in rows}
        assert actors.pop("vacancy.approved") == vacancy.approved_by
        assert set(actors.values()) == {vacancy.recruiter} != {vacancy.approved_by}


def test_candidates_have_ways_calls_letters_and_one_is_a_colleague(company):
    assert Candidate.objects.count() == 120
    assert not Candidacy.objects.filter(moves=None).exists()
    assert Candidate.objects.exclude(user=None).get().user.email.startswith("katrin.tamm@")
    assert Candidacy.objects.get(state="hired").candidate.name == "Дарья Ким"
    outcomes = set(Call.objects.values_list("outcome", flat=True))
    assert outcomes >= {"agreed", "refused", "no_answer", "later"}
    assert Letter.objects.filter(state="sent").exists()
    rejected = Candidacy.objects.filter(state="rejected")
    assert not rejected.filter(Q(ended_by=None) | Q(reject_reason=None)).exists()


def test_the_bank_has_tasks_in_every_language_one_is_sent_and_one_needs_a_third_grader(company):
    languages = {"en", "ru", "es", "it"}
    for version in TestTaskVersion.objects.select_related("task"):
        for texts in (version.task.names, version.texts, version.guides):
            assert set(texts) == languages and all(texts.values())
    assert TestTask.objects.count() == 3
    states = Counter(HomeTask.objects.values_list("state", flat=True))
    assert states == {"sent": 1, "submitted": 2, "graded": 1}
    assert sum(needs_another(task) for task in HomeTask.objects.all()) == 1
    assert HomeTask.objects.get(state="sent").due_at.date() > TODAY
