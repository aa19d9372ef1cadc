"""What stands in a manager's week, in which order, and why."""

import datetime as dt
from unittest import mock

import pytest
from django.utils import timezone

from accounts.models import Contact, ContactRole, FieldSettings, Observation, Promise, Touchpoint
from accounts.queries.cadence import coverage_by_owner
from kpi.queries.week import standing, team
from kpi.queries.week.helpers import own_tasks
from kpi.queries.week.page import span_of, week_of
from tests.cast import LONG_AGO, make_account
from tests.field_tasks import make_cadence, make_helper, make_rhythm, make_task, make_tier

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def ago(days):
    return TODAY - dt.timedelta(days=days)


@pytest.fixture
def account(cast):
    account = make_account("Hansa", owner=cast.karl)
    make_tier(account, "A", revenue=1000)
    make_rhythm(account, TODAY)
    return account


def week(user, shown=TODAY, as_of=None):
    return week_of(user, shown=shown, today=TODAY, as_of=as_of, settings=FieldSettings.current())


def told(found):
    return [line.sentence for line in found.lines]


def test_overdue_tasks_stand_first_and_say_why(cast, account):
    make_task("Call today", owner=cast.karl, account=account, due=TODAY, minutes=1)
    make_task("Write the offer", owner=cast.karl, due=ago(3), minutes=240)
    found = week(cast.karl)
    assert told(found) == ["Write the offer", "Call today"]
    assert found.lines[0].reasons == ["3 days overdue"]
    assert found.lines[1].stake == 1000
    assert found.overdue == 1


def test_a_day_has_seven_lines_and_the_rest_is_not_lost(cast):
    for number in range(10):
        make_task(f"Task {number}", owner=cast.karl, due=ago(1) if number < 9 else TODAY)
    found = week(cast.karl)
    assert (len(found.lines), len(found.more), found.more_late) == (7, 3, 2)


def test_another_day_shows_what_is_planned_or_due_on_it_only(cast, account):
    tomorrow = TODAY + dt.timedelta(days=1)
    make_task("Late", owner=cast.karl, due=ago(1))
    make_task("Planned", owner=cast.karl, due=TODAY + dt.timedelta(days=30), planned_on=tomorrow)
    assert told(week(cast.karl, tomorrow)) == ["Planned"]
    assert told(week(cast.karl)) == ["Late"]


def test_promises_of_both_sides_stand_in_the_week(cast, account):
    fields = {"account": account, "colleague": cast.karl, "made_on": LONG_AGO}
    Promise.objects.create(text="the samples", due=TODAY, **fields)
    Promise.objects.create(text="the drawings", due=ago(2), is_ours=False, **fields)
    Promise.objects.create(text="later", due=TODAY + dt.timedelta(days=60), **fields)
    assert told(week(cast.karl)) == [
        "Promised to you: the drawings (Hansa)", "You promised: the samples (Hansa)",
    ]  # fmt: skip
    assert told(week(cast.lena)) == []


def test_a_meeting_today_is_a_line_and_stands_in_the_calendar(cast, account):
    at = timezone.make_aware(dt.datetime.combine(TODAY, dt.time(10, 30)))
    row = Touchpoint.objects.create(
        account=account, channel="meeting", state="planned", at=at, subject="Prices",
        author=cast.dora,
    )  # fmt: skip
    assert told(week(cast.karl)) == []
    row.colleagues.add(cast.karl)
    found = week(cast.karl)
    assert told(found) == ["10:30: meeting with Hansa"]
    entries = next(day.entries for day in found.days if day.is_today)
    assert [entry.words for entry in entries] == ["Prices"]


def test_a_rhythm_that_is_due_asks_for_contact_until_one_is_arranged(cast, account):
    account.rhythm.last_two_way_on = ago(20)
    account.rhythm.save()
    found = week(cast.karl)
    assert told(found) == ["Last spoke with Hansa 20 days ago."]
    assert found.lines[0].reasons == ["tier A is met every 14 days"]
    account.rhythm.next_on = TODAY
    account.rhythm.save()
    assert told(week(cast.karl)) == []
    account.rhythm.next_on = None
    account.rhythm.save()
    make_task(owner=cast.karl, account=account, cause=f"cadence:{account.pk}")
    assert told(week(cast.karl)) == ["Call back"]


def test_a_rhythm_of_none_asks_for_nothing_and_a_persons_own_does(cast, account):
    account.rhythm.last_two_way_on = ago(20)
    account.rhythm.save()
    make_cadence(account, None)
    assert told(week(cast.karl)) == []
    make_cadence(account, 7, contact=Contact.objects.create(name="Jutta"))
    assert told(week(cast.karl)) == ["Jutta at Hansa has not been met yet."]


def test_accounts_never_met_make_one_line(cast):
    for name in ("One", "Two", "Three"):
        make_tier(make_account(name, owner=cast.karl), "B")
    (line,) = week(cast.karl).lines
    assert "and 2 others is written down yet" in line.sentence


def test_how_many_others_were_never_met_is_said_by_their_number(cast):
    """In Russian twenty-one others are one by grammar: both forms name the number."""
    for number in range(22):
        make_tier(make_account(f"Customer {number}", owner=cast.karl), "B")
    with mock.patch.object(standing, "ngettext", return_value="%(n)s of them") as asked:
        (line,) = week(cast.karl).lines
    assert line.sentence == "21 of them"
    one, _many, number = asked.call_args.args
    assert number == 21
    assert "%(n)s" in one


def test_holes_are_one_line_an_account_where_somebody_is_known(cast, account):
    roles = [
        ContactRole.objects.create(code=code, names={"en": code}, required_in=["A"])
        for code in ("buyer", "finance")
    ]
    assert told(week(cast.karl)) == []
    person = Contact.objects.create(name="Jutta")
    person.positions.create(account=account, role=roles[0], valid_from=LONG_AGO)
    (line,) = week(cast.karl).lines
    assert line.sentence == "Nobody is known at Hansa as: finance."
    assert (line.cause, line.reasons) == ("hole:finance", ["1 of 2 roles are known"])


def test_old_facts_are_one_line_to_confirm_in(cast, account):
    person = Contact.objects.create(name="Jutta")
    person.positions.create(account=account, valid_from=LONG_AGO)
    for fact, value in (("stance", "4"), ("power", "2")):
        Observation.objects.create(
            account=account, contact=person, fact=fact, value=value, day=LONG_AGO,
            author=cast.karl,
        )  # fmt: skip
    (line,) = week(cast.karl).lines
    assert line.sentence.startswith("2 facts about people are old")
    assert len(line.items) == 2


def test_an_assistant_sees_no_sums(cast, account):
    make_task(owner=cast.anna, account=account, due=TODAY)
    (line,) = week(cast.anna).lines
    assert line.stake is None


def test_a_larger_book_takes_no_more_queries(cast, account, django_assert_max_num_queries):
    for number in range(12):
        other = make_account(owner=cast.karl)
        make_tier(other, "A", revenue=10)
        make_rhythm(other, ago(number * 10))
        make_task(owner=cast.karl, account=other, due=ago(number))
    assert cast.karl.roles
    with django_assert_max_num_queries(16):
        week(cast.karl)


def test_coverage_is_told_as_counts_with_its_why(cast, account):
    found = team.standing(cast.karl, FieldSettings.current())
    assert found.words == "1 of 1 account was met within its rhythm."
    assert ("Never met", "0") in found.why.inputs
    assert "rhythm of contact yet" in team.standing(cast.kim, FieldSettings.current()).words


def test_a_lead_sees_contact_and_overdue_by_manager(cast, account):
    make_task(owner=cast.karl, account=account, due=ago(1))
    (row,) = team.members(cast.lena, coverage_by_owner(cast.lena))
    assert (row.person, row.coverage.of, row.overdue) == (cast.karl, 1, 1)
    assert team.members(cast.karl, {}) == []


def test_an_assistant_watches_what_is_overdue_for_whom(cast, account):
    make_task("Late", owner=cast.karl, account=account, due=ago(1))
    (served,) = team.served(cast.anna, TODAY)
    assert (served.manager, served.count) == (cast.karl, 1)
    assert served.overdue[0].task.title == "Late"


def test_a_manager_who_helps_with_anothers_account_sees_its_name_only(cast, account):
    person = Contact.objects.create(name="Jutta")
    make_helper(account, cast.kim)
    make_task("Lend a truck", owner=cast.kim, account=account, contact=person, due=TODAY)
    (line,) = week(cast.kim).lines
    assert line.account is None
    assert line.log_url == ""
    assert line.reasons == ["due today", "Hansa"]


def test_a_helper_has_the_tasks_given_to_them(cast, account):
    make_helper(account, cast.ivan)
    make_task("Book the lorry", owner=cast.ivan, account=account, created_by=cast.karl)
    (row,) = own_tasks(cast.ivan)
    assert (row.task.title, row.may_open) == ("Book the lorry", False)


@pytest.mark.parametrize(
    ("shown", "today", "first", "last"),
    [
        ("2026-11-18", "2026-11-18", "2026-11-16", "2026-11-22"),
        ("2026-11-20", "2026-11-18", "2026-11-16", "2026-11-22"),
        ("2026-11-21", "2026-11-21", "2026-11-21", "2026-11-29"),
        ("2026-11-22", "2026-11-22", "2026-11-22", "2026-11-29"),
        ("2026-11-19", "2026-11-22", "2026-11-19", "2026-11-29"),
        ("2026-11-25", "2026-11-22", "2026-11-23", "2026-11-29"),
    ],
)
def test_at_the_end_of_a_week_the_calendar_shows_the_coming_one(shown, today, first, last):
    days = [dt.date.fromisoformat(text) for text in (shown, today, first, last)]
    assert span_of(*days[:2]) == tuple(days[2:])
