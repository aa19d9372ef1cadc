"""Must-show 5: a hostile CV ends alone, within its limits, in a clear state; other work goes on."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from common.errors import RuleBroken
from common.reading import document
from hiring.commands.file import keep_candidate_file
from hiring.models import CandidateFile
from hiring.queries.file import READ_TROUBLES
from tests.common.hostile_papers import OFFICE, PDFS, WORDS, pdf, with_page
from tests.recruiting import make_candidate

pytestmark = [pytest.mark.django_db, pytest.mark.heavy]
CASES = {name: ("cv.pdf", content, ends) for name, (content, ends) in PDFS.items()} | OFFICE


def outcome(cast, run_jobs, name: str, content: bytes) -> str:
    """ "refused" on its way in, else its trouble after reading; nothing where words were found."""
    try:
        file = keep_candidate_file(
            actor=cast.rita, candidate_id=make_candidate().pk,
            upload=SimpleUploadedFile(name, content),
        )  # fmt: skip
    except RuleBroken as broken:
        assert str(broken)
        return "refused"
    run_jobs()
    file.refresh_from_db()
    assert file.read_at is not None
    assert not file.trouble or file.trouble in READ_TROUBLES
    return file.trouble


@pytest.mark.parametrize("case", CASES)
def test_every_hostile_paper_ends_alone_in_a_clear_state(cast, run_jobs, case):
    name, make, ends = CASES[case]
    content, begun = make(), time.monotonic()
    assert outcome(cast, run_jobs, name, content) in ends
    assert time.monotonic() - begun < document.SECONDS + 5


def test_an_honest_paper_made_the_same_way_is_read(cast, run_jobs):
    assert outcome(cast, run_jobs, "cv.pdf", with_page()) == ""
    assert CandidateFile.objects.get().text == "Key account manager"


def test_the_next_paper_is_read_whatever_came_before(cast, run_jobs):
    for case in ("lists ten thousand deep", "a page packed three times", "mere noise"):
        outcome(cast, run_jobs, "cv.pdf", PDFS[case][0]())
    assert outcome(cast, run_jobs, "cv.pdf", with_page()) == ""


def test_other_readers_go_on_while_one_is_kept_busy(tmp_path):
    (tmp_path / "bad").write_bytes(PDFS["twenty thousand pages"][0]())
    (tmp_path / "good").write_bytes(with_page())
    with ThreadPoolExecutor() as pool:
        busy = pool.submit(_try, tmp_path / "bad")
        assert document.words_of(tmp_path / "good", "pdf") == "Key account manager"
        busy.result()


def _try(path) -> None:
    try:
        document.words_of(path, "pdf")
    except document.FileUnusable as unusable:
        assert unusable.code in READ_TROUBLES


def test_a_reader_that_complains_without_end_fills_nobodys_memory(tmp_path, monkeypatch):
    """Thousands of small faults: the parent keeps what the child says, so the child says little."""
    faults = b"".join(b"<</A/B/A/C>>" for _n in range(20_000))
    body = pdf(b"<</Type/Catalog/Pages 2 0 R/X[" + faults + b"]>>",
               b"<</Type/Pages/Kids[]/Count 0>>", WORDS)  # fmt: skip
    (tmp_path / "a").write_bytes(body)
    kept = []
    really = document.subprocess.run

    def run(*args, **kwargs):
        kept.append(really(*args, **kwargs))
        return kept[-1]

    monkeypatch.setattr(document.subprocess, "run", run)
    _try(tmp_path / "a")
    assert len(kept[0].stderr) < 20_000


def test_bytes_that_vanish_before_they_are_read_are_told(cast, run_jobs):
    file = keep_candidate_file(
        actor=cast.rita, candidate_id=make_candidate().pk,
        upload=ContentFile(with_page(), name="cv.pdf"),
    )  # fmt: skip
    file.content.storage.delete(file.content.name)
    run_jobs()
    file.refresh_from_db()
    assert file.trouble in ("gone", "damaged")
