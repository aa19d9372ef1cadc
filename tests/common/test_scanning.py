"""While a scanner is configured, nothing is handed out that it has not called clean."""

import pytest
from django.core.files.base import ContentFile
from django.http import Http404

from accounts.models import File
from common import clamd, scanning
from common.files import AWAY, REFUSED, WAITING, served
from common.jobs import run_now
from common.models import Job
from hiring.models import CandidateFile
from tests.common.scanner import EICAR, scanner
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db
NOBODY = "tcp://127.0.0.1:1"


def paper(content: bytes = b"hello", name: str = "cv.txt", **fields) -> CandidateFile:
    file = CandidateFile(candidate=make_candidate(), name=name, content_type="text/plain",
                         size=len(content), sha256="", **fields)  # fmt: skip
    file.content.save("", ContentFile(content), save=False)
    file.save()
    return file


def look() -> dict:
    assert scanning.scan_tick() > 0
    return run_now(Job.objects.get(name="common.scanning.scan_files").pk).result


def shut(file) -> bool:
    file.refresh_from_db()
    try:
        served(file).file_to_stream.close()
    except Http404:
        return True
    return False


def test_without_a_scanner_nothing_waits(settings):
    assert not shut(paper())
    assert scanning.scan_tick() == 0
    assert not Job.objects.exists()


def test_a_file_is_shut_until_it_is_called_clean(settings):
    settings.CLAMD_URL = NOBODY
    file = paper()
    assert file.quarantine == WAITING and shut(file)
    with scanner() as settings.CLAMD_URL:
        assert look() == {"files": 1, "found": 0}
        assert not shut(file)
        assert scanning.scan_tick() == 0


def test_a_virus_stays_shut_for_ever_with_its_name(settings):
    with scanner() as settings.CLAMD_URL:
        clean, bad = paper(), paper(EICAR)
        assert look() == {"files": 2, "found": 1}
        assert (shut(clean), shut(bad)) == (False, True)
        assert bad.virus == "Win.Test.EICAR_HDB-1"
    settings.CLAMD_URL = ""
    assert shut(bad)


@pytest.mark.parametrize("mode", ["dies", "silent", "mumbles"])
def test_a_scanner_that_fails_keeps_files_shut_and_is_asked_again(settings, monkeypatch, mode):
    monkeypatch.setattr(clamd, "PATIENCE", 0.3)
    with scanner(mode=mode) as settings.CLAMD_URL:
        files = [paper(), paper()]
        look()
        assert [shut(file) for file in files] == [True, True]
        assert {file.quarantine for file in files} == {AWAY}
    with scanner() as settings.CLAMD_URL:
        look()
        assert [shut(file) for file in files] == [False, False]


def test_a_file_the_scanner_refuses_holds_up_no_other(settings):
    with scanner(most=100) as settings.CLAMD_URL:
        large, small = paper(b"x" * 1000), paper(b"x")
        look()
        assert (shut(large), shut(small)) == (True, False)
        assert large.quarantine == REFUSED


def test_what_only_waits_is_free_where_the_scanner_was_given_up(settings):
    settings.CLAMD_URL = NOBODY
    file = paper()
    settings.CLAMD_URL = ""
    assert not shut(file)


def test_files_of_accounts_wait_as_well(settings, account):
    with scanner() as settings.CLAMD_URL:
        file = File(account=account, name="a.txt", content_type="text/plain", size=1, sha256="")
        file.content.save("", ContentFile(EICAR))
        assert shut(file)
        assert look() == {"files": 1, "found": 1}


def test_bytes_that_are_gone_need_no_scanner(settings):
    with scanner() as settings.CLAMD_URL:
        file = paper()
        file.content.storage.delete(file.content.name)
        look()
        file.refresh_from_db()
        assert file.quarantine == ""


def test_the_card_says_why_and_has_no_link(settings, cast, reader):
    settings.CLAMD_URL = NOBODY
    file = paper()
    page = f"/hiring/candidates/{file.candidate_id}/?tab=files"
    for url in (page, f"/hiring/files/{file.key}/text/"):
        assert b"Waits for the virus scanner." in reader(cast.rita).get(url).content
    assert reader(cast.rita).get(f"/hiring/files/{file.key}/").status_code == 404
    assert f'href="/hiring/files/{file.key}/"' not in reader(cast.rita).get(page).content.decode()
    CandidateFile.objects.update(quarantine="virus:Eicar <b>")
    words = reader(cast.rita).get(page).content.decode()
    assert "A virus was found (Eicar &lt;b&gt;)" in words
