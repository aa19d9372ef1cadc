import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.commands.file import attach_file
from accounts.models import File
from tests.cast import make_account, signed_in
from tests.common.hostile import FOREIGN, HONEST
from tests.field import make_logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    return make_account("Vega", owner=cast.karl)


def sent(name="Offer.pdf", content=HONEST["pdf"]):
    return SimpleUploadedFile(name, content)


def attached(cast, account, **fields) -> File:
    return attach_file(actor=cast.karl, account_id=account.pk, upload=sent(), **fields)


def test_files_are_added_found_and_downloaded(cast, account):
    client = signed_in(cast.karl)
    client.post(f"/accounts/{account.pk}/files/add/", {"files": [sent(), sent("Plan.txt", b"x")]})
    page = client.get(f"/accounts/{account.pk}/files/?q=offer").content.decode()
    assert "Offer.pdf" in page and "Plan.txt" not in page
    file = File.objects.get(name="Offer.pdf")
    answer = client.get(f"/files/{file.key}/")
    assert b"".join(answer.streaming_content) == HONEST["pdf"]
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''Offer.pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_bad_file_is_told_and_the_good_one_is_kept(cast, account):
    client = signed_in(cast.karl)
    files = [sent("a.pdf", FOREIGN["html"]), sent()]
    answer = client.post(f"/accounts/{account.pk}/files/add/", {"files": files}, follow=True)
    assert "not what its name says" in answer.content.decode()
    assert File.objects.get().name == "Offer.pdf"


def test_only_readers_of_the_account_reach_the_bytes(cast, account):
    path = f"/files/{attached(cast, account).key}/"
    seen = {
        name for name, user in vars(cast).items() if signed_in(user).get(path).status_code == 200
    }
    assert seen == {"dora", "lena", "karl", "anna"}
    assert Client().get(path).status_code == 302
    assert "/sign-in/" in Client().get(path)["Location"]


def test_a_removed_file_is_gone_for_everybody_until_undo(cast, account):
    file, client = attached(cast, account), signed_in(cast.karl)
    client.post(f"/files/{file.key}/remove/")
    assert client.get(f"/files/{file.key}/").status_code == 404
    client.post(f"/files/{file.key}/restore/")
    assert client.get(f"/files/{file.key}/").status_code == 200


def test_files_of_a_touchpoint_that_was_taken_back_are_not_listed(cast, account):
    row = make_logged(cast.karl, account)
    attached(cast, account, touchpoint=row)
    client = signed_in(cast.karl)
    client.post(f"/touchpoints/{row.pk}/remove/")
    assert "Offer.pdf" not in client.get(f"/accounts/{account.pk}/files/").content.decode()


def test_a_file_that_is_too_large_is_answered_with_413_and_the_others_are_kept(
    cast, account, settings
):
    settings.FILE_MAX_BYTES = 10
    files = [sent(), sent("Plan.txt", b"x")]
    answer = signed_in(cast.karl).post(f"/accounts/{account.pk}/files/add/", {"files": files})
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "Offer.pdf” is larger than" in page and "Plan.txt" in page
    assert File.objects.get().name == "Plan.txt"
