"""Who reads what was noted, and who may add to it."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hiring.commands.probation_evidence import add_evidence
from hiring.models import Probation
from hiring.queries.probation_evidence import evidence_of, kinds_of, papers_of
from people.models import company_day
from tests.cast import make_cast
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def trial(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    add_evidence(
        actor=cast.kim, probation_id=row.pk, kind="fault", on=company_day(), text="Late",
        uploads=[SimpleUploadedFile("late.txt", b"Late")],
    )  # fmt: skip
    return row


def test_the_three_and_directors_read_it_all(cast, trial):
    for user in (cast.karl, cast.kim, cast.lena, cast.dora):
        assert [row.text for row in evidence_of(trial, user)] == ["Late"]
        assert [file.name for file in papers_of(user)] == ["late.txt"]


def test_recruiters_and_strangers_read_nothing(cast, trial):
    for user in (cast.rita, cast.anna, cast.ivan, cast.sam):
        assert not evidence_of(trial, user) and not papers_of(user)


def test_the_newest_day_stands_last(cast, trial):
    Probation.objects.update(starts_on=company_day() - dt.timedelta(days=3))
    add_evidence(
        actor=cast.lena, probation_id=trial.pk, kind="praise",
        on=company_day() - dt.timedelta(days=2), text="Early",
    )  # fmt: skip
    assert [row.text for row in evidence_of(trial, cast.karl)] == ["Early", "Late"]


def test_who_may_note_what(cast, trial):
    assert kinds_of(trial, cast.karl) == ("result",)
    assert len(kinds_of(trial, cast.kim)) == 5 and len(kinds_of(trial, cast.dora)) == 5
    assert kinds_of(trial, cast.rita) == ()
    trial.state = "passed"
    assert kinds_of(trial, cast.kim) == ()
