"""Evidence is only added: by whom, of which day, with which papers."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common.errors import RuleBroken
from hiring.commands import probation_evidence as commands
from hiring.models import Evidence, EvidenceFile, Probation, ProbationGoal
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


def add(trial, actor, ahead=0, **given) -> Evidence:
    day = company_day() + ahead * DAY
    fields = {"kind": "praise", "on": day, "text": "Kept the promise", **given}
    return commands.add_evidence(actor=actor, probation_id=trial.pk, **fields)


def paper(name: str = "notes.txt", content: bytes = b"What was said") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def test_mentor_lead_and_directors_note_what_they_saw(cast, trial):
    for user in (cast.kim, cast.lena, cast.dora):
        add(trial, user)
    assert [row.author for row in trial.evidence.all()] == [cast.kim, cast.lena, cast.dora]
    assert Event.objects.filter(verb="probation.evidence_added").count() == 3


def test_the_newcomer_is_told_and_so_are_the_other_two(cast, trial):
    add(trial, cast.kim, text="Very slow")
    told = Notification.objects.filter(kind="probation_evidence")
    assert {one.user for one in told} == {cast.karl, cast.lena}
    assert "slow" not in str([one.data for one in told])


def test_the_newcomer_notes_results_only(cast, trial):
    assert add(trial, cast.karl, kind="result").author == cast.karl
    with pytest.raises(RuleBroken, match="others judge"):
        add(trial, cast.karl, kind="praise")


def test_a_recruiter_sees_the_trial_but_notes_nothing(cast, trial):
    with pytest.raises(RuleBroken, match="work with the newcomer"):
        add(trial, cast.rita)


def test_to_others_there_is_no_such_trial(cast, trial):
    with pytest.raises(Probation.DoesNotExist):
        add(trial, cast.anna)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": " \x00 "}, "Say what was seen"),
        ({"ahead": 1}, "not later than today"),
        ({"ahead": -1}, "a day of the trial"),
        ({"kind": "gossip"}, "what kind"),
        ({"uploads": [paper("a.exe")]}, "cannot be taken"),
        ({"uploads": [paper(f"{n}.txt") for n in range(6)]}, "Five files"),
    ],
)
def test_what_cannot_be_noted_leaves_nothing(cast, trial, given, words):
    with pytest.raises(RuleBroken, match=words):
        add(trial, cast.lena, **given)
    assert not Evidence.objects.exists() and not EvidenceFile.objects.exists()


def test_a_note_with_its_goal_and_papers(cast, trial):
    goal = trial.goals.first()
    row = add(trial, cast.lena, goal_id=goal.pk, uploads=[paper(), paper("more.txt", b"More")])
    assert row.goal == goal
    assert sorted(file.name for file in row.files.all()) == ["more.txt", "notes.txt"]
    assert row.files.last().content.read() == b"What was said"


def test_the_goal_of_another_trial_does_not_exist(cast, trial):
    other = make_probation(cast, "empty", user=cast.lena, lead=cast.dora)
    with pytest.raises(ProbationGoal.DoesNotExist):
        add(trial, cast.lena, goal_id=other.goals.first().pk)


def test_after_the_end_nothing_is_added(cast, trial):
    Probation.objects.update(state="failed")
    with pytest.raises(RuleBroken, match="not running"):
        add(trial, cast.lena)
