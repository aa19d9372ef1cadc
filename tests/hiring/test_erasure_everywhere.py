"""Must-show 4: an erased candidate is looked for as a thief would: in bytes, wherever they lie.

The database is dumped by its own program (SQLite: the bytes of its files), Redis by its own;
then the files, the outbox, the next backup and what the worker wrote.
"""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from common import backup
from common.dbops import is_postgres
from common.models import Job
from hiring.commands.consent import current_texts, give_consent
from hiring.commands.erasure import ask_erasure, confirm_erasure, run_erasure
from hiring.commands.file import keep_candidate_file
from hiring.commands.letter import write_letter
from hiring.commands.link import make_link
from hiring.models import Candidacy, CandidateFile, Sheet
from tests.cast import make_cast, signed_in
from tests.hiring.test_commands_erasure import MARK, plant
from tests.services import postgres_programs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.heavy]


@pytest.fixture
def place(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    Path(settings.EMAIL_FILE_PATH).mkdir()
    settings.ERASED_LIST = tmp_path / "erased.list"
    for path in backup.upload_paths():
        path.unlink()
    if not is_postgres():  # as kamhub.settings has it; and what other tests left goes
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete=ON")
            cursor.execute("VACUUM")
    return tmp_path


def dump(folder: Path) -> bytes:
    """Every byte the database keeps, free pages and logs of changes with them."""
    told = connection.settings_dict
    if not is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        name = Path(told["NAME"])
        return b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
    program = shutil.which("pg_dump", path=f"{postgres_programs()}{os.pathsep}{os.environ['PATH']}")
    command = [program, "-h", told["HOST"], "-p", str(told["PORT"]), "-U", told["USER"],
               "--inserts", told["NAME"]]  # fmt: skip
    secret = {"PGPASSWORD": told["PASSWORD"] or ""}
    return subprocess.run(command, check=True, capture_output=True, env=os.environ | secret).stdout


def keys_of_redis() -> bytes:
    """Names and values of every key of ours, of counters and of the broker's queues."""
    found, ours = b"", settings.CACHES["default"]["KEY_PREFIX"]
    for url in {settings.CACHES["default"]["LOCATION"], settings.CELERY_BROKER_URL}:
        if not str(url).startswith("redis"):
            continue
        client = redis.from_url(url)
        for key in client.scan_iter(match=f"*{ours}*"):
            found += key + (client.dump(key) or b"") + _plain(client, key)
    return found


def _plain(client, key: bytes) -> bytes:
    """DUMP packs long values: those are read as they are."""
    read = {
        b"string": lambda: client.get(key),
        b"list": lambda: client.lrange(key, 0, -1),
        b"set": lambda: client.smembers(key),
        b"hash": lambda: client.hgetall(key),
        b"zset": lambda: client.zrange(key, 0, -1),
    }.get(client.type(key), lambda: "")
    return str(read()).encode()


def files(*folders: Path) -> bytes:
    return b"".join(
        str(path).encode() + path.read_bytes()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".zip", ".sqlite3")
    )


def unpacked(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


def everywhere(place: Path) -> dict[str, bytes]:
    backup.back_up(place / "after.zip")
    return {
        "database": dump(place),
        "redis": keys_of_redis(),
        "files": files(Path(settings.DATA_DIR) / "files", Path(settings.DATA_DIR) / "imports"),
        "beside": files(place),
        "backup": unpacked(place / "after.zip"),
    }


def marked(found: dict[str, bytes]) -> set[str]:
    """Where the mark stands, in any writing."""
    plain = MARK.encode()
    signs = (plain, plain.upper(), plain.hex().encode(), MARK.encode("utf-16-le"))
    return {name for name, content in found.items() if any(sign in content for sign in signs)}


def live_with(cast, row: Candidacy) -> None:
    """What months of use leave behind besides the rows that `plant` makes."""
    person = row.candidate
    upload = ContentFile(f"{MARK} wrote this".encode(), name=f"{MARK}.txt")
    keep_candidate_file(actor=cast.rita, candidate_id=person.pk, upload=upload)
    text = current_texts("en")["vacancy"]
    give_consent(candidate_id=person.pk, text_id=text.pk, channel="form", candidacy_id=row.pk)
    make_link(person)
    write_letter(candidate_id=person.pk, kind="other", subject=MARK, body=f"Dear {MARK}")
    outbox = Path(settings.EMAIL_FILE_PATH)
    (outbox / "1.log").write_text(f"To: {MARK}@example.org\n\nDear {MARK}")
    reader = signed_in(cast.rita)
    for url in (f"/hiring/candidates/{person.pk}/", f"/hiring/candidates/?q={MARK}", "/hiring/"):
        assert reader.get(url).status_code == 200
    cache.set(f"candidate:{person.pk}", json.dumps({"seen": person.pk}), 600)


def test_no_byte_of_an_erased_candidate_is_left_anywhere(place, run_jobs):
    cast = make_cast()
    row = plant(cast)
    live_with(cast, row)
    run_jobs(failures=True)
    found = everywhere(place)
    before = marked(found)
    assert bool(found["redis"]) is str(settings.CACHES["default"]["LOCATION"]).startswith("redis")
    assert {"database", "files", "beside", "backup"} <= before  # the search finds what is there
    marks = Sheet.objects.count(), Candidacy.objects.count()
    asked = ask_erasure(actor=cast.rita, candidate_id=row.candidate_id)
    confirm_erasure(actor=cast.dora, erasure_id=asked.pk)
    run_jobs(failures=True)
    asked.refresh_from_db()
    assert asked.done_at and not Job.objects.filter(name__endswith="erase_candidate").exclude(
        state="done"
    )
    if is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
    assert marked(everywhere(place)) == set()
    assert not CandidateFile.objects.exists() and not default_storage.listdir("files")[1]
    assert (Sheet.objects.count(), Candidacy.objects.count()) == marks


def test_a_backup_of_before_brings_nothing_back(place, run_jobs):
    row = plant(make_cast())
    backup.back_up(place / "before.zip")
    run_erasure(ask_erasure(candidate_id=row.candidate_id).pk)
    call_command("flush", interactive=False, verbosity=0)
    for path in backup.upload_paths():
        path.unlink()
    assert backup.restore(place / "before.zip").erased == 1
    (place / "before.zip").unlink()
    assert marked(everywhere(place)) == set()
