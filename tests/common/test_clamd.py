import io
import time

import pytest

from common import clamd, doctor
from tests.common.scanner import EICAR, scanner


def scanned(settings, content: bytes, **kind) -> str:
    with scanner(**kind) as settings.CLAMD_URL:
        return clamd.scan(io.BytesIO(content))


def test_a_clean_file_has_no_name_of_a_virus(settings):
    assert scanned(settings, b"hello " * 100_000) == ""
    assert scanned(settings, b"") == ""


def test_the_name_of_what_was_found_is_told(settings):
    assert scanned(settings, b"x" * 200_000 + EICAR) == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize("mode", ["dies", "mumbles"])
def test_an_answer_cut_short_is_no_answer(settings, mode):
    with pytest.raises(clamd.ScannerAway):
        scanned(settings, b"x" * 500_000, mode=mode)


def test_a_silent_scanner_is_given_up(settings, monkeypatch):
    monkeypatch.setattr(clamd, "PATIENCE", 0.3)
    begun = time.monotonic()
    with pytest.raises(clamd.ScannerAway):
        scanned(settings, b"x", mode="silent")
    assert time.monotonic() - begun < 4


def test_nobody_there_is_told_apart_from_a_refusal(settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    with pytest.raises(clamd.ScannerAway) as told:
        clamd.scan(io.BytesIO(b"x"))
    assert not isinstance(told.value, clamd.Unscannable)
    with pytest.raises(clamd.Unscannable, match="size limit"):
        scanned(settings, b"x" * 100_000, most=1000)


def test_a_socket_on_this_machine_is_an_address_too(settings, tmp_path):
    settings.CLAMD_URL = f"unix://{tmp_path}/clamd.ctl"
    with pytest.raises(clamd.ScannerAway, match="FileNotFound"):
        clamd.scan(io.BytesIO(b"x"))


@pytest.mark.django_db
def test_the_doctor_tells_whether_it_answers(settings):
    settings.CLAMD_URL = ""
    assert doctor._scanner().well
    with scanner() as settings.CLAMD_URL:
        assert doctor._scanner().words == "answers"
    assert not doctor._scanner().well
    with scanner(mode="dies") as settings.CLAMD_URL:
        assert doctor._scanner().well
