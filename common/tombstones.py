"""What was erased for good, kept outside the database, so that no backup brings it back to life.

A line names the kind and number of a row, a salt, and a digest over the number and the moment the
row was made: numbers are given out again after a restore, that moment is not. Nothing in it tells
who it was. Lines are only added; lists may be joined in any order.
"""

import datetime as dt
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

NAME = "erased.list"
LINE = re.compile(r"\S+ (?P<kind>\S+) (?P<pk>\d+) (?P<salt>[0-9a-f]{32}) (?P<digest>[0-9a-f]{64})")

Stones = dict[int, set[tuple[str, str]]]


def bury(kind: str, rows: Iterable[tuple[int, dt.datetime]]) -> None:
    """Note rows by number and making, on the disk when this returns. Twice does no harm."""
    lines = []
    for pk, made_at in rows:
        salt = secrets.token_hex(16)
        lines.append(f"{timezone.now():%Y-%m-%d} {kind} {pk} {salt} {_digest(salt, pk, made_at)}")
    _append(settings.ERASED_LIST, lines)


def _digest(salt: str, pk: int, made_at: dt.datetime) -> str:
    moment = made_at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(f"{salt}:{pk}:{moment}".encode()).hexdigest()


def buried(kind: str) -> Stones:
    """{number: its stones}; ask `lies_under` whether a row of that number is the one meant."""
    found: Stones = {}
    for line in _lines(settings.ERASED_LIST):
        parts = LINE.fullmatch(line)
        if parts and parts["kind"] == kind:
            found.setdefault(int(parts["pk"]), set()).add((parts["salt"], parts["digest"]))
    return found


def lies_under(stones: Stones, pk: int, made_at: dt.datetime) -> bool:
    return any(_digest(salt, pk, made_at) == digest for salt, digest in stones.get(pk, ()))


def join(source: Path, target: Path) -> None:
    """Add to `target`, made when it is missing, the lines of `source` that it has not."""
    there = set(_lines(target))
    _append(target, [line for line in _lines(source) if line not in there])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="ascii").splitlines() if path.exists() else []


def _append(path: Path, lines: Iterable[str]) -> None:
    """A line that a crash cut short is ended first: it counts for nothing."""
    with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        cut = file.seek(0, os.SEEK_END) and _last_byte(file) != b"\n"
        file.write("".join(["\n" * cut, *(f"{line}\n" for line in lines)]).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())


def _last_byte(file) -> bytes:
    file.seek(-1, os.SEEK_END)
    return file.read(1)


def erase_again() -> int:
    """What a database brought back, from wherever, has of the erased is erased before it serves."""
    return sum(import_string(name)() for name in settings.ERASE_AGAIN)
