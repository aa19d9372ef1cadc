import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.commands.file import attach_file, remove_file, restore_file, tidy_files
from accounts.models import Account, File, Touchpoint
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.common.hostile import FOREIGN, HONEST
from tests.field import make_logged

pytestmark = pytest.mark.django_db


def sent(name="Offer.pdf", content=HONEST["pdf"]):
    return SimpleUploadedFile(name, content)


def attach(cast, account, **fields):
    fields.setdefault("upload", sent())
    return attach_file(actor=cast.karl, account_id=account.pk, **fields)


def test_a_file_is_kept_under_a_name_of_ours(cast, account):
    file = attach(cast, account, touchpoint=make_logged(cast.karl, account))
    assert (file.name, file.content_type, file.uploaded_by) == (
        "Offer.pdf", "application/pdf", cast.karl
    )  # fmt: skip
    assert "Offer" not in file.content.name
    assert file.content.read() == HONEST["pdf"]
    assert Event.objects.about(file).get().data == {"name": "Offer.pdf"}


def test_the_same_bytes_at_the_same_place_are_kept_once(cast, account):
    assert attach(cast, account).pk == attach(cast, account).pk
    attach(cast, account, upload=sent("Other.pdf"))
    assert File.objects.count() == 2


def test_what_is_refused_leaves_nothing_on_disk(cast, account):
    before = set(default_storage.listdir("files")[1]) if default_storage.exists("files") else set()
    with pytest.raises(RuleBroken):
        attach(cast, account, upload=sent("a.pdf", FOREIGN["html"]))
    after = set(default_storage.listdir("files")[1]) if default_storage.exists("files") else set()
    assert (before == after, File.objects.count()) == (True, 0)


def test_strangers_attach_and_remove_nothing(cast, account):
    file = attach(cast, account)
    for actor in (cast.kim, cast.lena):
        with pytest.raises(Account.DoesNotExist):
            attach_file(actor=actor, account_id=account.pk, upload=sent())
        with pytest.raises(File.DoesNotExist):
            remove_file(actor=actor, key=file.key)
    foreign = make_logged(cast.kim, make_account(owner=cast.kim))
    with pytest.raises(Touchpoint.DoesNotExist):
        attach(cast, account, touchpoint=foreign)


def test_a_removed_file_comes_back_until_the_bytes_go(cast, account):
    file = attach(cast, account)
    remove_file(actor=cast.karl, key=file.key)
    remove_file(actor=cast.karl, key=file.key)  # a double click
    assert restore_file(actor=cast.karl, key=file.key).removed_at is None
    with pytest.raises(RuleBroken):
        restore_file(actor=cast.karl, key=file.key)
    verbs = Event.objects.about(file).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["file.attached", "file.removed", "file.restored"]


def test_the_night_deletes_what_was_removed_long_ago_and_bytes_without_a_row(cast, account):
    kept, removed = attach(cast, account), attach(cast, account, upload=sent("b.pdf"))
    orphan = default_storage.save("files/orphan", sent())
    remove_file(actor=cast.karl, key=removed.key)
    tidy_files()
    assert File.objects.count() == 2
    assert default_storage.exists(orphan)  # it may be about to get its row
    tidy_files(now=timezone.now() + dt.timedelta(days=31))
    assert list(File.objects.all()) == [kept]
    gone = [not default_storage.exists(name) for name in (removed.content.name, orphan)]
    assert gone == [True, True]
    assert default_storage.exists(kept.content.name)


def test_a_touchpoint_brings_its_files_or_is_not_there_at_all(cast, account):
    row = make_logged(cast.karl, account, files=[sent()])
    assert row.files.get().name == "Offer.pdf"
    with pytest.raises(RuleBroken):
        make_logged(cast.karl, account, files=[sent(), sent("a.exe")])
    assert Touchpoint.objects.count() == 1
