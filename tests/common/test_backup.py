import json
import os
import subprocess
import sys
import zipfile

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from common import backup
from common.errors import RuleBroken
from common.models import Job
from people.models import User
from tests import cast as people
from tests.common.backups import empty_the_place, forget_uploads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company(tmp_path):
    """A few people, an account, a job with awkward JSON, and one uploaded file."""
    forget_uploads()  # what other tests left
    cast = people.make_cast()
    people.make_account("Ünïcode – Ёлка \u2028 “quoted”", owner=cast.karl)
    Job.objects.create(
        name="x.y", kwargs={"b": 1, "a": [None, True, 1.5, "é"]}, created_by=cast.dora
    )
    default_storage.save("logos/a.bin", ContentFile(bytes(range(256)) * 50))
    yield cast
    forget_uploads()


def _elsewhere(folder, *command):
    """Run a command of ours on an SQLite database of its own."""
    env = {
        **{k: v for k, v in os.environ.items() if not k.endswith("_URL")},
        "KAMHUB_DATA": str(folder),
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "kamhub.settings",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, command)],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
    )


def test_what_was_backed_up_comes_back_with_equal_digests(company, tmp_path):
    made = backup.back_up(tmp_path / "a.zip")
    empty_the_place()
    restored = backup.restore(tmp_path / "a.zip")
    assert restored.digest == made.digest
    assert (restored.rows, restored.files) == (made.rows, 1)
    assert default_storage.open("logos/a.bin").read() == bytes(range(256)) * 50
    assert not restored.missing and not restored.warnings


def test_new_rows_get_new_numbers_after_a_restore(company, tmp_path):
    highest = User.objects.order_by("-pk").first().pk
    backup.back_up(tmp_path / "a.zip")
    empty_the_place()
    backup.restore(tmp_path / "a.zip")
    assert people.make_user("New").pk > highest


def test_the_backup_of_one_engine_restores_on_another(company, tmp_path):
    made = backup.back_up(tmp_path / "a.zip")
    there = tmp_path / "there"
    done = _elsewhere(there, "restore", tmp_path / "a.zip")
    assert done.returncode == 0, done.stderr
    assert made.digest in done.stdout
    again = _elsewhere(there, "backup", tmp_path / "b.zip")
    assert made.digest in again.stdout, again.stderr
    empty_the_place()
    assert backup.restore(tmp_path / "b.zip").digest == made.digest


def test_a_place_with_rows_is_refused_and_untouched(company, tmp_path):
    backup.back_up(tmp_path / "a.zip")
    before = User.objects.count()
    forget_uploads()
    with pytest.raises(RuleBroken, match="has rows in"):
        backup.restore(tmp_path / "a.zip")
    assert User.objects.count() == before


def test_a_place_with_files_is_refused(company, tmp_path):
    backup.back_up(tmp_path / "a.zip")
    with pytest.raises(RuleBroken, match="There are files"):
        backup.restore(tmp_path / "a.zip")


def _changed(source, target, name, change):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.namelist():
            data = old.read(item)
            new.writestr(item, change(data) if item == name else data)


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("tables/people_user.jsonl", lambda d: d.replace(b"Dora", b"Nora"), "Digests differ"),
        ("tables/people_user.jsonl", lambda d: d.split(b"\n", 1)[1], "Digests|link to rows"),
        ("data/files/logos/a.bin", lambda d: d[:-1], "damaged"),
        ("manifest.json", lambda d: d.replace(b'"format": 1', b'"format": 2'), "newer"),
        ("manifest.json", lambda d: d.replace(b'"0001_initial"', b'"0001_other"', 1), "another v"),
        ("manifest.json", lambda d: d.replace(b"files/logos/a.bin", b"a.bin"), "outside|read as a"),
        ("manifest.json", lambda d: b"[", "cannot be read"),
    ],
)
def test_a_damaged_or_foreign_backup_leaves_the_place_empty(company, tmp_path, name, change, words):
    backup.back_up(tmp_path / "a.zip")
    _changed(tmp_path / "a.zip", tmp_path / "b.zip", name, change)
    empty_the_place()
    with pytest.raises(RuleBroken, match=words):
        backup.restore(tmp_path / "b.zip")
    assert not User.objects.exists() and not backup.upload_paths()


def test_a_file_that_is_no_backup_is_refused_in_words(db, tmp_path):
    (tmp_path / "a.zip").write_text("hello")
    with pytest.raises(CommandError, match="cannot be read as a backup"):
        call_command("restore", tmp_path / "a.zip")


def test_another_secret_key_is_told(company, tmp_path, settings):
    backup.back_up(tmp_path / "a.zip")
    empty_the_place()
    settings.SECRET_KEY = "x" * 60
    assert "SECRET_KEY" in backup.restore(tmp_path / "a.zip").warnings[0]


def test_the_file_is_for_its_owner_only_and_never_half_written(company, tmp_path, monkeypatch):
    target = tmp_path / "a.zip"
    backup.back_up(target)
    assert target.stat().st_mode & 0o777 == 0o600
    before = target.read_bytes()
    with monkeypatch.context() as patched, pytest.raises(ValueError, match="gone"):
        patched.setattr(backup.files, "upload_paths", lambda: [tmp_path / "gone"])
        backup.back_up(target)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "erased.list"]


def test_people_can_write_while_a_backup_reads(company, tmp_path):
    with backup.snapshot():
        before = User.objects.count()
        done = _write_from_another_connection()
        assert User.objects.count() == before
    assert done and User.objects.count() == before + 1


def _write_from_another_connection() -> bool:
    import threading  # noqa: PLC0415

    def write():
        people.make_user("Late")
        connection.close()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join(timeout=10)
    return not thread.is_alive()


def test_sessions_stay_out(company, tmp_path):
    backup.back_up(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
    assert not {"tables/django_session.jsonl", "tables/people_session.jsonl"} & set(names)
    assert settings.SECRET_KEY not in json.dumps(manifest)
