"""Files over HTTP: attachments for recruiters, words for whoever was asked to judge."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from hiring.commands.file import keep_candidate_file
from hiring.models import CandidateAccess, CandidateFile
from tests.recruiting import make_candidacy, make_candidate, make_sheet, make_vacancy

pytestmark = pytest.mark.django_db
WORDS = "<script>alert(1)</script> sold to large customers"


@pytest.fixture
def paper(cast, run_jobs):
    upload = ContentFile(("CV " + WORDS).encode(), name='Я "v1".txt')
    file = keep_candidate_file(
        candidate_id=make_candidacy(make_vacancy()).candidate_id, upload=upload
    )
    run_jobs()
    return file


def test_a_recruiter_downloads_and_no_browser_shows_it(cast, paper, reader):
    answer = reader(cast.rita).get(reverse("hiring:file_download", args=[paper.key]))
    assert b"".join(answer.streaming_content).startswith(b"CV <script>")
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_every_look_is_noted(cast, paper, reader):
    client = reader(cast.rita)
    client.get(reverse("hiring:file_download", args=[paper.key]))
    client.get(reverse("hiring:file_text", args=[paper.key]))
    acts = CandidateAccess.objects.filter(candidate=paper.candidate_id)
    assert set(acts.values_list("act", flat=True)) == {"downloaded", "viewed"}


def test_an_interviewer_reads_words_and_gets_no_file(cast, paper, reader):
    make_sheet(paper.candidate.candidacies.get(), cast.ivan, held_at=timezone.now())
    client = reader(cast.ivan)
    page = client.get(reverse("hiring:file_text", args=[paper.key])).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
    assert f'href="{reverse("hiring:file_download", args=[paper.key])}"' not in page
    assert client.get(reverse("hiring:file_download", args=[paper.key])).status_code == 404


def test_whoever_was_not_asked_finds_nothing(cast, paper, reader, client):
    for user in (cast.ivan, cast.karl, cast.anna, cast.adam, cast.sam, cast.dora):
        for name in ("file_download", "file_text"):
            url = reverse(f"hiring:{name}", args=[paper.key])
            assert reader(user).get(url).status_code == 404, (user, name)
    assert client.get(reverse("hiring:file_download", args=[paper.key])).status_code == 302


def test_a_director_downloads_papers_of_the_shortlisted(cast, paper, reader):
    url, client = reverse("hiring:file_download", args=[paper.key]), reader(cast.dora)
    assert client.get(url).status_code == 404
    paper.candidate.candidacies.update(shortlisted_at=timezone.now())
    assert client.get(url).status_code == 200


def test_an_interviewer_reads_only_cvs(cast, paper, reader):
    make_sheet(paper.candidate.candidacies.get(), cast.ivan, held_at=timezone.now())
    CandidateFile.objects.update(is_cv=False)
    assert reader(cast.ivan).get(reverse("hiring:file_text", args=[paper.key])).status_code == 404


def test_a_hostile_cv_says_why_there_are_no_words(cast, paper, reader):
    CandidateFile.objects.update(text="", trouble="slow")
    page = reader(cast.rita).get(reverse("hiring:file_text", args=[paper.key])).content.decode()
    assert "took too long and was stopped" in page


def test_a_recruiter_adds_removes_and_brings_back(cast, reader):
    candidate, client = make_candidate(), reader(cast.rita)
    upload = ContentFile(b"Words", name="a.txt")
    client.post(reverse("hiring:file_add", args=[candidate.pk]), {"files": [upload]})
    file = candidate.files.get()
    client.post(reverse("hiring:file_remove", args=[file.key]))
    file.refresh_from_db()
    assert file.removed_at
    client.post(reverse("hiring:file_restore", args=[file.key]))
    file.refresh_from_db()
    assert file.removed_at is None


def test_a_refused_upload_keeps_nothing(cast, reader):
    candidate, upload = make_candidate(), ContentFile(b"MZ", name="a.exe")
    answer = reader(cast.rita).post(
        reverse("hiring:file_add", args=[candidate.pk]), {"files": [upload]}
    )
    assert answer.status_code == 302 and not candidate.files.exists()
