"""Pages of trials: everybody reads what they may, in sentences that say how sure they are."""

import pytest
import time_machine

from hiring.commands.probation_night import measure_probations
from hiring.models import CheckIn, Probation, ProbationGoal
from hiring.queries.probation import (
    barred_now,
    check_ins_due,
    probation_page,
    probations,
    trial_rows,
)
from hiring.rules.progress import Course
from people.models import company_day, company_midnight
from tests.trials import DAY, make_orders, make_probation, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def week(cast):
    """A trial of 28 days after seven of them: six orders of 200, one first talk."""
    row = make_probation(cast, "running", starts_on=company_day())
    given = [one.account for one in row.accounts.filter(matched_to=None)]
    with time_machine.travel(company_midnight(company_day() + 7 * DAY), tick=False):
        for account in given:
            make_orders(account, 1, 3, 5, net=200)
        for one in row.accounts.exclude(matched_to=None):
            make_orders(one.account, 1, 4, 6, net=100)
        talk(given[0], cast.karl, company_day() - 5 * DAY)
        measure_probations(company_day() - DAY)
        yield row


def page_of(row, reader):
    return probation_page(probations(reader).get(pk=row.pk), reader)


def test_everybody_near_finds_it_and_nobody_else(cast, week):
    for who in (cast.karl, cast.kim, cast.lena, cast.dora, cast.rita):
        assert list(probations(who)) == [week]
    for who in (cast.anna, cast.ivan, cast.adam, cast.sam):
        assert not probations(who).exists()


def test_a_director_reads_money_accounts_and_whom_they_are_compared_with(cast, week):
    page = page_of(week, cast.dora)
    assert (page.day, page.days) == (8, 28)
    assert page.totals.net == 1_200
    assert page.totals.baseline == 5_400
    first = page.accounts[0]
    assert first.account.name == "Alder" and first.net == 600 and first.growth > 1
    assert [one.account.name for one in first.controls] != []
    assert first.first_on is not None and page.accounts[1].first_on is None
    assert page.actions == ("judge", "extend", "pass", "fail", "cancel")


@pytest.mark.parametrize("who", ["karl", "kim", "lena"])
def test_those_who_work_with_them_read_accounts_but_not_the_others(cast, week, who):
    page = page_of(week, getattr(cast, who))
    assert [one.account.name for one in page.accounts] == ["Alder", "Birch"]
    for one in page.accounts:
        assert {(beside.account, beside.baseline, beside.net) for beside in one.controls} == {
            (None, None, None)
        }


def test_a_recruiter_reads_shares_and_no_account_and_no_money(cast, week):
    page = page_of(week, cast.rita)
    assert (page.accounts, page.left, page.totals) == ((), (), None)
    assert page.account_count == 2
    said = " ".join(words for goal in page.goals for words in goal.sentences)
    assert "€" not in said and "Alder" not in said and "%" in said
    assert page.actions == ()


def test_growth_is_told_with_its_line_its_chance_and_the_others(cast, week):
    goal = page_of(week, cast.dora).goals[0]
    assert goal.title == "These 2 accounts grow by 30 %"
    told, line, chance, beside = goal.sentences
    assert "1,200\u00a0€" in told and goal.value in told
    assert line == "To be in time it should be +7.5\u00a0% today."
    assert chance.startswith("With 6 order days the truth lies between")
    assert "points" in beside


def test_first_talks_name_their_day(cast, week):
    goal = page_of(week, cast.karl).goals[1]
    assert goal.sentences[0].endswith("both sides spoke with 1 of 2 accounts.")
    assert goal.course == Course.BEHIND


def test_few_orders_are_said_to_be_few(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    make_orders(row.accounts.first().account, 0)
    measure_probations(company_day())
    goal = page_of(row, cast.dora).goals[0]
    assert goal.course == Course.UNKNOWN
    assert goal.sentences[2].startswith("1 order day is too few")


def test_before_the_first_night_there_is_nothing_to_tell(cast):
    page = page_of(make_probation(cast, "running", starts_on=company_day()), cast.karl)
    assert page.way is None
    assert [(goal.row, goal.sentences) for goal in page.goals] == [(None, ()), (None, ())]


def test_the_limit_is_a_note_not_advice(cast):
    page = page_of(make_probation(cast, "empty"), cast.dora)
    assert "art. 70" in page.limit and "lawyer" in page.limit
    assert page.latest_end == page.probation.starts_on + 88 * DAY
    unknown = make_probation(cast, "empty", user=cast.lena, lead=cast.dora, country="NZ")
    assert page_of(unknown, cast.dora).limit.startswith("No limit is known")


def test_the_list_shows_how_far_each_has_come(cast, week):
    other = make_probation(cast, "offered", user=cast.lena, lead=cast.dora)
    rows = trial_rows(cast.dora)
    assert [one.probation for one in rows] == [week, other]
    assert (rows[0].day, rows[0].days, rows[0].course) == (8, 28, Course.BEHIND)
    assert rows[0].way.done == pytest.approx((2 * 1 + 0.5) / 3)
    assert rows[1].way is None
    assert [one.awaits for one in trial_rows(cast.lena)] == [False, True]


def test_the_list_asks_as_often_for_many_as_for_one(cast, week, django_assert_num_queries):
    make_probation(cast, "offered", user=cast.lena, lead=cast.dora)
    with django_assert_num_queries(2):  # trials, and the last night of all of them
        trial_rows(cast.dora)


def test_chosen_accounts_that_became_key_are_named(cast):
    row = make_probation(cast)
    assert barred_now(row) == []
    account = row.accounts.first().account
    account.score.is_key = True
    account.score.save()
    assert barred_now(row) == [(account, "It is a key account.")]


def test_talks_that_are_due_are_for_mentor_and_lead(cast, week):
    due = company_day() + 30 * DAY
    assert check_ins_due(cast.kim, due).count() == 4 == check_ins_due(cast.lena, due).count()
    assert not check_ins_due(cast.karl, due).exists()
    CheckIn.objects.filter(week=1).update(state="held")
    assert check_ins_due(cast.lena, due).count() == 3


@pytest.mark.parametrize(
    "judged, note, words",
    [(None, "", "The lead judges"), (True, "", "Reached"), (False, "Late", "Late")],
)
def test_goals_in_own_words_are_told_by_the_lead(cast, judged, note, words):
    row = make_probation(cast, "running", starts_on=company_day())
    Probation.objects.update(version=row.version)
    ProbationGoal.objects.create(
        probation=row, kind="free", title="Manners", judged=judged, judged_note=note, position=9
    )
    measure_probations(company_day())
    goal = page_of(row, cast.lena).goals[-1]
    assert goal.title == "Manners" and goal.sentences[0].startswith(words)
