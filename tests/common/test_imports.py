import hashlib

import pytest
from django.conf import settings

from common import imports
from common.choices import ImportState
from common.errors import RuleBroken
from common.models import Import

pytestmark = pytest.mark.django_db


def test_bytes_are_kept_as_they_came():
    path, size, sha256 = imports.keep([b"ab", b"c"], imports.new_folder())
    assert (path.read_bytes(), size, sha256) == (b"abc", 3, hashlib.sha256(b"abc").hexdigest())
    assert settings.DATA_DIR in path.parents


def test_a_state_is_left_by_one_of_two():
    batch = Import.objects.create(kind="ledger", filename="x", state=ImportState.CHECKED)
    imports.move(batch.pk, come_from=[ImportState.CHECKED], to=ImportState.RUNNING, error="")
    with pytest.raises(RuleBroken, match="running"):
        imports.move(batch.pk, come_from=[ImportState.CHECKED], to=ImportState.RUNNING)


def test_files_are_discarded_with_their_folder():
    path, _size, _sha256 = imports.keep([b"abc"], imports.new_folder())
    batch = Import.objects.create(kind="ledger", filename="x", path=imports.relative(path))
    assert imports.source_of(batch) == path
    imports.discard_files(batch)
    assert not path.parent.exists()
    assert imports.folder_of(batch).is_dir()


def test_an_import_without_a_file_gets_a_folder():
    batch = Import.objects.create(kind="ledger", filename="x")
    assert imports.folder_of(batch).is_dir()
