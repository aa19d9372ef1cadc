import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload
from django.test import RequestFactory

from common.uploads import LimitedUploadHandler, UploadTooBig
from tests.cast import make_company

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.common.test_middleware")]


@pytest.fixture(autouse=True)
def company():
    """Without one every page leads to set-up."""
    make_company()


def file_of(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("ledger.csv", b"x" * size)


def test_a_file_within_the_limit_goes_to_disk(settings):
    settings.UPLOAD_MAX_BYTES = 1000
    request = RequestFactory().post("/send/", {"file": file_of(1000)})
    received = request.FILES["file"]
    assert received.size == 1000
    assert received.temporary_file_path()


def test_a_larger_one_is_answered_with_413_in_words(client, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    answer = client.post("/send/", {"file": file_of(1001)})
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


def test_what_announces_itself_too_large_is_refused_before_it_is_read(client, settings):
    settings.UPLOAD_MAX_BYTES = 10
    answer = client.post("/send/", {"file": file_of(2 * 1024 * 1024)})
    assert answer.status_code == 413


def test_it_stops_in_the_middle_when_the_announced_length_was_a_lie(settings):
    settings.UPLOAD_MAX_BYTES = 100
    handler = LimitedUploadHandler(RequestFactory().post("/"))
    handler.handle_raw_input(None, {}, 50, b"")
    handler.new_file("file", "a.csv", "text/csv", None)
    handler.receive_data_chunk(b"x" * 100, 0)
    with pytest.raises(UploadTooBig):
        handler.receive_data_chunk(b"x", 100)
    assert handler.file.closed
    assert not issubclass(UploadTooBig, StopUpload)
