"""The weekly talk: written alone, shown when it was held, told on its day, missed after a week."""

import datetime as dt

import pytest

from common.errors import RuleBroken
from hiring.commands import probation_week as commands
from hiring.models import CheckIn, Probation
from people.models import Event, Notification, company_day
from tests.cast import make_cast
from tests.trials import make_probation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def trial(cast):
    return make_probation(cast, "running", starts_on=company_day())


def week(trial: Probation, **fields) -> CheckIn:
    row = trial.check_ins.order_by("week").first()
    if fields:
        CheckIn.objects.filter(pk=row.pk).update(**fields)
    return row


def hold(cast, trial, *, actor=None, ahead=0, **given) -> CheckIn:
    given = {"held_on": company_day() + ahead * DAY, **given}
    return commands.hold_week(actor=actor or cast.lena, check_in_id=week(trial).pk, **given)


def test_each_writes_in_their_own_place(cast, trial):
    for user, words in ((cast.karl, "Four visits"), (cast.kim, "Asks well"), (cast.lena, "Slow")):
        commands.say_week(actor=user, check_in_id=week(trial).pk, words=words)
    row = week(trial)
    assert (row.newcomer_words, row.mentor_words, row.lead_words) == (
        "Four visits", "Asks well", "Slow",
    )  # fmt: skip
    assert row.version == 4


def test_the_same_words_again_change_nothing(cast, trial):
    for _again in "ab":
        commands.say_week(actor=cast.karl, check_in_id=week(trial).pk, words="Four visits")
    assert week(trial).version == 2


def test_a_director_beside_the_trial_writes_no_words(cast, trial):
    with pytest.raises(RuleBroken, match="each for themselves"):
        commands.say_week(actor=cast.dora, check_in_id=week(trial).pk, words="Well")
    assert week(trial).version == 1


def test_to_others_there_is_no_such_week(cast, trial):
    with pytest.raises(CheckIn.DoesNotExist):
        commands.say_week(actor=cast.anna, check_in_id=week(trial).pk, words="Well")


def test_words_stay_once_they_were_read(cast, trial):
    hold(cast, trial, words="On course")
    with pytest.raises(RuleBroken, match="have read these words"):
        commands.say_week(actor=cast.lena, check_in_id=week(trial).pk, words="Not on course")
    commands.say_week(actor=cast.kim, check_in_id=week(trial).pk, words="I was ill")
    assert week(trial).lead_words == "On course" and week(trial).mentor_words == "I was ill"


def test_a_talk_is_noted_with_what_was_agreed(cast, trial):
    row = hold(cast, trial, actor=cast.kim, mark=4, agreed="Two visits more", words="Asks well")
    row.refresh_from_db()
    assert (row.state, row.mark, row.agreed) == ("held", 4, "Two visits more")
    assert row.mentor_words == "Asks well" and row.held_on == company_day()
    assert Event.objects.filter(verb="probation.week_held").count() == 1
    told = Notification.objects.filter(kind="probation_week_held")
    assert [one.user for one in told] == [cast.karl]


@pytest.mark.parametrize(
    ("who", "given", "words"),
    [
        ("karl", {}, "Mentor and lead"),
        ("dora", {}, "Mentor and lead"),
        ("lena", {"ahead": 1}, "not later than today"),
        ("lena", {"ahead": -40}, "a day of the trial"),
        ("lena", {"mark": 6}, "from 1 to 5"),
    ],
)
def test_what_cannot_be_noted(cast, trial, who, given, words):
    with pytest.raises(RuleBroken, match=words):
        hold(cast, trial, actor=getattr(cast, who), **given)
    assert week(trial).state == "planned" and not Event.objects.filter(verb="probation.week_held")


def test_a_talk_is_noted_once(cast, trial):
    hold(cast, trial)
    with pytest.raises(RuleBroken, match="noted already"):
        hold(cast, trial, actor=cast.kim)


def test_after_the_end_nothing_is_written(cast, trial):
    Probation.objects.update(state="passed")
    with pytest.raises(RuleBroken, match="not running"):
        commands.say_week(actor=cast.karl, check_in_id=week(trial).pk, words="Late")
    with pytest.raises(RuleBroken, match="not running"):
        hold(cast, trial)


def test_the_newcomer_confirms_the_reading_once(cast, trial):
    with pytest.raises(RuleBroken, match="not been held"):
        commands.confirm_week(actor=cast.karl, check_in_id=week(trial).pk)
    hold(cast, trial)
    with pytest.raises(RuleBroken, match="in person"):
        commands.confirm_week(actor=cast.lena, check_in_id=week(trial).pk)
    first = commands.confirm_week(actor=cast.karl, check_in_id=week(trial).pk).seen_at
    assert commands.confirm_week(actor=cast.karl, check_in_id=week(trial).pk).seen_at == first


def test_a_due_talk_is_told_once_to_the_three(cast, trial):
    row = week(trial)
    commands.remind_weeks(row.due_on - DAY)
    assert not Notification.objects.filter(kind__startswith="probation_week")
    for _again in "ab":
        assert commands.remind_weeks(row.due_on) == 0
    told = Notification.objects.filter(kind__startswith="probation_week")
    assert sorted((one.user.name, one.kind) for one in told) == [
        ("Karl", "probation_week_words"), ("Kim", "probation_week_due"),
        ("Lena", "probation_week_due"),
    ]  # fmt: skip


def test_a_week_without_it_is_noted_as_missed_and_can_still_be_made_up(cast, trial):
    row = week(trial)
    assert commands.remind_weeks(row.due_on + 7 * DAY) == 0
    assert commands.remind_weeks(row.due_on + 8 * DAY) == 1
    assert commands.remind_weeks(row.due_on + 8 * DAY) == 0
    assert week(trial).state == "missed"
    told = Notification.objects.filter(kind="probation_week_missed")
    assert {one.user for one in told} == {cast.kim, cast.lena}
    hold(cast, trial)
    assert week(trial).state == "held"
