"""CVs and other papers: what is kept, what is refused, and that its reader may fail alone."""

import pytest
from django.core.files.base import ContentFile

from common.errors import RuleBroken
from hiring.choices import FILE_KINDS
from hiring.commands import file as commands
from hiring.models import Candidate, CandidateFile
from tests.common.hostile import FOREIGN, HONEST, POLYGLOTS, flood_png
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


def upload(content: bytes, name: str) -> ContentFile:
    return ContentFile(content, name=name)


def keep(candidate, content: bytes = HONEST["txt"], name: str = "cv.txt", **more) -> CandidateFile:
    return commands.keep_candidate_file(
        candidate_id=candidate.pk, upload=upload(content, name), **more
    )


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_each_kind_a_cv_comes_in_is_kept(cast, kind):
    file = keep(make_candidate(), HONEST[kind], f"cv.{kind}")
    assert file.content.name.startswith("files/") and "cv" not in file.content.name


@pytest.mark.parametrize("kind", sorted(set(HONEST) - set(FILE_KINDS)))
def test_honest_files_of_other_kinds_are_refused(cast, kind):
    with pytest.raises(RuleBroken):
        keep(make_candidate(), HONEST[kind], f"cv.{kind}")


@pytest.mark.parametrize("kind", FILE_KINDS)
@pytest.mark.parametrize("inside", sorted(FOREIGN))
def test_what_is_something_else_inside_is_refused(cast, kind, inside):
    with pytest.raises(RuleBroken):
        keep(make_candidate(), FOREIGN[inside], f"cv.{kind}")
    assert not CandidateFile.objects.exists()


@pytest.mark.parametrize("name", sorted(POLYGLOTS))
def test_files_that_are_two_things_are_refused(cast, name):
    with pytest.raises(RuleBroken):
        keep(make_candidate(), POLYGLOTS[name], name)


@pytest.mark.parametrize(
    "name", ["cv.pdf.exe", "cv.php", "cv", ".pdf", "cv.html", "cv.svg", "cv.PDF.", "cv.txt\x00.exe"]
)
def test_names_that_are_no_document(cast, name):
    with pytest.raises(RuleBroken):
        keep(make_candidate(), b"MZ", name)


def test_ten_megabytes_are_taken_and_a_byte_more_is_not(cast):
    candidate = make_candidate()
    assert keep(candidate, b"a" * commands.MOST_BYTES).size == commands.MOST_BYTES
    with pytest.raises(RuleBroken):
        keep(candidate, b"a" * (commands.MOST_BYTES + 1), "b.txt")


def test_a_picture_of_a_billion_pixels_is_refused(cast):
    with pytest.raises(RuleBroken):
        keep(make_candidate(), flood_png(), "cv.png")


def test_five_papers_of_an_application_are_kept(cast):
    candidacy = make_candidacy(make_vacancy())
    for number in range(5):
        keep(candidacy.candidate, b"%d" % number, candidacy_id=candidacy.pk)
    with pytest.raises(RuleBroken):
        keep(candidacy.candidate, b"six", candidacy_id=candidacy.pk)


def test_the_same_bytes_are_kept_once(cast):
    candidate = make_candidate()
    assert keep(candidate) == keep(candidate)


def test_a_candidacy_of_somebody_else_is_not_there(cast):
    other = make_candidacy(make_vacancy())
    with pytest.raises(type(other).DoesNotExist):
        keep(make_candidate(), candidacy_id=other.pk)


def test_only_who_may_change_the_person_adds_papers(cast):
    candidate = make_candidate()
    for user in (cast.karl, cast.ivan, cast.dora, cast.adam):
        with pytest.raises(Candidate.DoesNotExist):
            keep(candidate, actor=user)
    assert keep(candidate, actor=cast.rita).uploaded_by == cast.rita


def test_the_words_are_read_by_a_job(cast, run_jobs):
    file = keep(make_candidate(), "Продажи, 7 лет".encode())
    run_jobs()
    file.refresh_from_db()
    assert (file.text, file.trouble) == ("Продажи, 7 лет", "") and file.read_at


def test_a_damaged_cv_is_kept_and_says_why_it_has_no_words(cast, run_jobs):
    candidate = make_candidate()
    bad, good = keep(candidate, HONEST["docx"], "a.docx"), keep(candidate, b"Fine", "b.txt")
    CandidateFile.objects.filter(pk=bad.pk).update(name="a.pdf")
    run_jobs()
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.text, bad.trouble) == ("", "damaged")
    assert good.text == "Fine"


def test_a_picture_has_no_words(cast, run_jobs):
    file = keep(make_candidate(), HONEST["jpg"], "cv.jpg")
    run_jobs()
    file.refresh_from_db()
    assert file.trouble == "picture"


def test_removed_and_brought_back(cast):
    file = keep(make_candidate())
    commands.remove_candidate_file(actor=cast.rita, key=file.key)
    with pytest.raises(CandidateFile.DoesNotExist):
        commands.restore_candidate_file(actor=cast.dora, key=file.key)
    back = commands.restore_candidate_file(actor=cast.rita, key=file.key)
    assert back.removed_at is None
    with pytest.raises(RuleBroken):
        commands.restore_candidate_file(actor=cast.rita, key=file.key)


def test_reading_a_file_that_has_gone_is_no_failure(cast):
    assert commands.read_file(file_id=4_000_000) is None
