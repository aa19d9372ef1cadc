"""Evidence in the browser: noted in the drawer, its papers as downloads."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hiring.models import EvidenceFile
from people.models import company_day
from tests.cast import make_cast, signed_in
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def trial(cast):
    return make_probation(cast, "running", starts_on=company_day())


def send(user, trial, **given):
    sent = {"kind": "fault", "on": company_day().isoformat(), "text": "Late twice", **given}
    return signed_in(user).post(f"/hiring/probations/{trial.pk}/evidence/", sent)


def paper(name: str = "late.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"Late", "text/plain")


def test_a_note_with_two_papers(cast, trial):
    answer = send(cast.lena, trial, uploads=[paper(), paper("more.txt")])
    assert answer["Location"] == f"/hiring/probations/{trial.pk}/"
    told = signed_in(cast.karl).get(f"/hiring/probations/{trial.pk}/").content.decode()
    assert "Late twice" in told and "late.txt" in told and "more.txt" in told


def test_a_paper_goes_to_those_of_the_trial_only(cast, trial):
    send(cast.lena, trial, uploads=[paper()])
    url = f"/hiring/probations/papers/{EvidenceFile.objects.get().key}/"
    for user in (cast.karl, cast.kim, cast.dora):
        answer = signed_in(user).get(url)
        assert b"".join(answer.streaming_content) == b"Late"
        assert answer["Content-Disposition"].startswith("attachment")
    for user in (cast.rita, cast.anna, cast.ivan):
        assert signed_in(user).get(url).status_code == 404


def test_a_program_is_refused_and_nothing_is_kept(cast, trial):
    answer = send(cast.lena, trial, uploads=[paper("late.exe")])
    assert answer.status_code == 422 and not trial.evidence.exists()


def test_the_newcomer_is_offered_results_only(cast, trial):
    told = signed_in(cast.karl).get(f"/hiring/probations/{trial.pk}/evidence/").content.decode()
    assert 'value="result"' in told and 'value="fault"' not in told
    assert send(cast.karl, trial).status_code == 422


def test_who_notes_nothing_has_no_drawer(cast, trial):
    for user in (cast.rita, cast.anna):
        answer = signed_in(user).get(f"/hiring/probations/{trial.pk}/evidence/")
        assert answer.status_code == 404
