import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hiring.forms.probation_course import (
    EvidenceForm,
    ExtendForm,
    FailForm,
    HoldForm,
    JudgeForm,
    PassForm,
)
from people.models import company_day

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 5, 4)


def evidence(data=None, files=None) -> EvidenceForm:
    return EvidenceForm(data, files, kinds=["result"], goals=[(7, "First meetings")])


@pytest.mark.parametrize(("mark", "value"), [("", None), ("1", 1), ("5", 5)])
def test_an_opinion_is_one_of_five_or_none_yet(mark, value):
    form = HoldForm({"held_on": DAY, "mark": mark})
    assert form.is_valid() and form.cleaned_data["mark"] == value


def test_a_sixth_opinion_is_none():
    assert "mark" in HoldForm({"held_on": DAY, "mark": "6"}).errors


@pytest.mark.parametrize(("said", "value"), [("", None), ("yes", True), ("no", False)])
def test_a_goal_is_reached_or_not_or_not_judged_yet(said, value):
    form = JudgeForm({"judged": said})
    assert form.is_valid() and form.cleaned_data["judged"] is value


def test_evidence_begins_today_and_offers_what_it_is_given():
    form = evidence()
    assert form.initial["on"] == company_day()
    assert [value for value, _words in form.fields["kind"].choices] == ["result"]
    assert form.fields["goal_id"].choices == [("", "—"), (7, "First meetings")]


def test_evidence_takes_several_papers_or_none():
    data = {"kind": "result", "on": DAY, "text": "Asked before offering.", "goal_id": "7"}
    papers = [SimpleUploadedFile(name, b"seen") for name in ("one.txt", "two.txt")]
    form = evidence(data, {"uploads": papers})
    assert form.is_valid(), form.errors
    assert [one.name for one in form.cleaned_data["uploads"]] == ["one.txt", "two.txt"]
    assert form.cleaned_data["goal_id"] == 7
    bare = evidence(data)
    assert bare.is_valid() and bare.cleaned_data["uploads"] == []


def test_a_longer_trial_ends_after_it_would_have_and_within_the_law():
    shown = ExtendForm(ends_on=DAY, latest=DAY + dt.timedelta(days=30)).fields["to"].widget.attrs
    assert (shown["min"], shown["max"]) == ("2026-05-05", "2026-06-03")
    assert "max" not in ExtendForm(ends_on=DAY).fields["to"].widget.attrs


def test_who_does_not_pass_is_told_why_and_who_passes_need_not_be():
    assert set(FailForm({}).errors) == {"notice_on", "leaves_on", "reasons"}
    assert PassForm({}).is_valid()
