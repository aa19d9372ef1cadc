"""What a trial lacks, told to each with what is theirs first."""

import datetime as dt

import pytest

from hiring.commands.probation_evidence import add_evidence
from hiring.commands.probation_week import hold_week
from hiring.models import CheckIn, Probation
from hiring.queries.probation import probation_page, probations
from hiring.queries.probation_evidence import evidence_of
from hiring.queries.probation_gaps import gaps, gaps_of_dismissal
from hiring.queries.probation_weeks import weeks_of
from people.models import company_day
from tests.cast import make_cast
from tests.trials import make_probation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def trial(cast):
    """Ten days in; nothing was done."""
    row = make_probation(cast, "running", starts_on=company_day())
    start = company_day() - 10 * DAY
    Probation.objects.update(starts_on=start, ends_on=start + 27 * DAY)
    for week in row.check_ins.all():
        CheckIn.objects.filter(pk=week.pk).update(due_on=week.due_on - 10 * DAY)
    row.goals.create(kind="free", title="Manners")
    return row


def read(trial, user) -> tuple:
    row = probations(user).get(pk=trial.pk)
    return probation_page(row, user), weeks_of(row, user), list(evidence_of(row, user))


def told(trial, user) -> list[tuple[str, bool]]:
    return [(gap.place, gap.is_mine) for gap in gaps(*read(trial, user), user)]


def test_each_sees_their_own_first(cast, trial):
    goal = f"goal-{trial.goals.get(kind='free').pk}"
    assert told(trial, cast.lena) == [
        ("week-1", True), ("week-1", True), (goal, True), ("evidence", True),
    ]  # fmt: skip
    assert told(trial, cast.karl) == [
        ("week-1", True), ("week-1", False), (goal, False), ("evidence", False),
    ]  # fmt: skip


def test_what_was_done_is_not_missing(cast, trial):
    hold_week(
        actor=cast.lena, check_in_id=trial.check_ins.first().pk, held_on=company_day(), words="Well"
    )
    add_evidence(
        actor=cast.kim, probation_id=trial.pk, kind="praise", on=company_day(), text="Well"
    )
    trial.goals.filter(kind="free").update(judged=True)
    assert told(trial, cast.lena) == [("week-1", False)]
    assert told(trial, cast.karl)[0] == ("week-1", True)


def test_of_what_has_ended_nothing_is_missing(cast, trial):
    Probation.objects.update(state="passed")
    assert told(trial, cast.lena) == []


def test_who_says_not_passed_is_told_what_the_file_does_not_hold(cast, trial):
    found = gaps_of_dismissal(*read(trial, cast.lena))
    assert len(found) == 2 and "No fault" in found[0] and "No weekly talk" in found[1]
    add_evidence(actor=cast.kim, probation_id=trial.pk, kind="fault", on=company_day(), text="Late")
    hold_week(actor=cast.lena, check_in_id=trial.check_ins.first().pk, held_on=company_day())
    assert gaps_of_dismissal(*read(trial, cast.lena)) == []
