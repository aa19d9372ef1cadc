"""A real ledger through the command line: to the cent, repeatable, killable, undoable."""

import csv
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from tests.acceptance.ledger import MAP

pytestmark = pytest.mark.acceptance
ROOT = Path(__file__).resolve().parents[2]
NET = Decimal("8300065.81")
LINES, REJECTS, CUSTOMERS = 406_829, 135_080, 4_372
MEMORY = 256 * 1024  # kilobytes
COUNTED = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:])
_pid, status, usage = os.wait4(child.pid, 0)
print(flush=True)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""
LOOK = """
import hashlib, json
from accounts.models import *
from common.models import Import
def digest(rows):
    found = hashlib.sha256()
    for row in rows: found.update(repr(row).encode())
    return found.hexdigest()
days = sorted(AccountDay.objects.values_list("account__external_ids__value", "day", "net", "positive", "lines"))
lines = LedgerLine.objects.live().order_by("document", "id")
print("LOOK" + json.dumps({
    "net": str(sum(row[2] for row in days)), "days": digest(days), "lines": lines.count(),
    "ledger": digest(lines.values_list("document", "line", "digest").iterator()),
    "staged": LedgerLine.objects.exclude(batch__state="applied").count(),
    "deltas": LedgerDelta.objects.count(), "accounts": Account.objects.count(),
    "months": digest(sorted(ServiceMonth.objects.values_list("account__external_ids__value", "month", "net"))),
    "products": Product.objects.count(), "imports": list(Import.objects.order_by("id").values_list("id", "state")),
}))
"""  # noqa: E501


class House:
    """An installation of its own, worked through manage.py."""

    def __init__(self, folder: Path):
        self.env = {**os.environ, "KAMHUB_DATA": str(folder), "KAMHUB_IGNORE_DOTENV": "1"}
        self.env.pop("DATABASE_URL", None)
        self.env.pop("DJANGO_SETTINGS_MODULE", None)
        self.run("migrate", "-v0")

    def start(self, *words: str, through: Sequence[str] = ()) -> subprocess.Popen:
        command = [*through, sys.executable, str(ROOT / "manage.py"), *words]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self, *words: str) -> str:
        """Output of the command; fails the test unless it exits with 0."""
        out, code, _memory = self.measured(*words)
        assert code == 0, out
        return out

    def measured(self, *words: str) -> tuple[str, int, int]:
        """Output, exit code and peak memory in kilobytes.

        Counted by a small process between us, for a child begins with the peak of who started it.
        """
        out, _stderr = self.start(*words, through=(sys.executable, "-c", COUNTED)).communicate()
        said, _newline, figures = out.rstrip().rpartition("\n")
        code, memory = map(int, figures.split())
        return said, code, memory

    def look(self) -> dict:
        out = self.run("shell", "-v0", "-c", LOOK)
        return json.loads(out.rpartition("LOOK")[2])


def import_words(*more: str) -> tuple[str, ...]:
    return ("import_ledger", os.environ["LEDGER"], "--map", *MAP, *more)


@pytest.fixture(scope="module")
def raw() -> Decimal:
    """Net revenue of identified customers by an independent reading of the file."""
    total = Decimal(0)
    with gzip.open(os.environ["LEDGER"], "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["CustomerID"]:
                amount = Decimal(row["Quantity"]) * Decimal(row["UnitPrice"])
                total += amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return total


class Imported:
    """The ledger imported once, undisturbed: what it took and what was there afterwards."""

    def __init__(self, folder: Path):
        self.house, self.report = House(folder), folder / "rejects.csv"
        words = import_words("--report", str(self.report))
        self.out, self.code, self.memory = self.house.measured(*words)
        self.first = self.house.look()


@pytest.fixture(scope="module")
def imported(tmp_path_factory) -> Imported:
    return Imported(tmp_path_factory.mktemp("ledger"))


def test_killed_in_the_middle_and_started_again_it_ends_the_same(tmp_path, imported):
    house = House(tmp_path)
    process = house.start(*import_words())
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and house.look()["staged"] < 50_000:
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    broken = house.look()
    assert (broken["lines"], Decimal(broken["net"])) == (0, 0)
    house.run(*import_words())
    assert {**house.look(), "imports": imported.first["imports"]} == imported.first


def test_a_real_ledger_comes_in_to_the_cent_stays_when_repeated_and_goes_again(imported, raw):
    house, first = imported.house, imported.first
    assert imported.code == 0, imported.out
    assert imported.memory < MEMORY
    assert Decimal(first["net"]) == raw == NET
    assert (first["lines"], first["accounts"], first["deltas"]) == (LINES, CUSTOMERS, 0)

    with imported.report.open(encoding="utf-8-sig", newline="") as stream:
        rejects = list(csv.DictReader(stream))
    assert len(rejects) == REJECTS
    assert {row["field"] for row in rejects} == {"customer"}
    assert all(row["reason"] and row["row"].isdigit() for row in rejects)

    house.run(*import_words())
    again = house.look()
    assert {**again, "imports": first["imports"]} == first

    out, code, _memory = house.measured(*import_words("--dry-run"))
    assert code == 0 and f"{LINES} same" in out

    for number, _state in again["imports"]:
        house.run("undo_import", str(number))
    empty = house.look()
    assert [empty[name] for name in ("lines", "staged", "accounts", "products", "deltas")] == [
        0
    ] * 5
    assert Decimal(empty["net"]) == 0
