import hashlib
import threading

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

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


def make_running(**fields) -> Import:
    return Import.objects.create(kind="people", filename="x", **fields)


def test_work_that_fails_is_cleared_away_and_can_begin_again():
    batch, cleared = make_running(state=ImportState.CHECKED), []

    def fail() -> None:
        raise RuleBroken("No.")

    with pytest.raises(RuleBroken):
        imports.run_alone(batch, fail, clear=lambda: cleared.append(1))
    batch.refresh_from_db()
    assert (batch.state, batch.error, cleared) == (ImportState.FAILED, "No.", [1])


def test_what_is_applied_is_not_run_again_and_undone_once():
    batch = make_running(state=ImportState.CHECKED)
    told = []

    def work() -> None:
        told.append(imports.applied(batch, at=timezone.now(), counts={"new": 2}, made=[7]))

    imports.run_alone(batch, work)
    assert imports.run_alone(batch, work).state == ImportState.APPLIED
    assert told == [{"lines": 0, "new": 2, "changed": 0, "rejected": 0}]
    assert (batch.preview, batch.counts) == ({"made": [7]}, {"new": 2})
    for _time in range(2):
        imports.undo_alone(batch, lambda: imports.undone(batch, kept=["Jo"]))
    assert (batch.state, batch.preview["kept"]) == (ImportState.UNDONE, ["Jo"])


def test_only_what_was_applied_is_undone():
    with pytest.raises(RuleBroken):
        imports.undo_alone(make_running(state=ImportState.CHECKED), lambda: None)


def test_one_import_of_a_kind_is_worked_on_at_a_time():
    batch = make_running(state=ImportState.CHECKED)
    outcomes = []

    def elsewhere() -> None:
        try:
            with imports.alone(batch):
                outcomes.append("worked on")
        except imports.Busy:
            outcomes.append("busy")
        finally:
            connection.close()

    with imports.alone(batch):
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
    assert outcomes == ["busy"]
