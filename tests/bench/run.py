"""Runs every module of this folder that has run(bench), prints a table, writes var/bench.json.

python -m tests.bench.run [module …]
"""

import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

HERE = Path(__file__).resolve().parent
RESULT = HERE.parent.parent / "var" / "bench.json"


@dataclass(frozen=True)
class Bench:
    """What a benchmark gets: the empty, migrated database and an honest stopwatch."""

    @property
    def connection(self):
        return connection

    @staticmethod
    def seconds(action: Callable[[], object], clock: Callable[[], float] = time.perf_counter):
        begun = clock()
        action()
        return clock() - begun

    def alternate(
        self,
        ours: Callable[[], object],
        reference: Callable[[], object],
        *,
        n: int = 7,
        before_each: Callable[[], object] | None = None,
        clock: Callable[[], float] = time.perf_counter,
        unit: str = "s",
    ) -> dict:
        """Medians of n alternations of both, after one unmeasured round; below 1 is faster."""
        mine, theirs = [], []
        for number in range(n + 1):
            for action, times in ((ours, mine), (reference, theirs)):
                if before_each:
                    before_each()
                taken = self.seconds(action, clock)
                if number:
                    times.append(taken)
        a, b = statistics.median(mine), statistics.median(theirs)
        return {"ratio": a / b, "ours": a, "reference": b, "unit": unit, "n": n}


def modules(chosen: list[str]) -> list[str]:
    """All, or those named; SystemExit for a name there is none of."""
    found = sorted(path.stem for path in HERE.glob("bench_*.py"))
    if unknown := set(chosen) - set(found):
        sys.exit(f"No benchmark {', '.join(sorted(unknown))}. There are: {', '.join(found)}.")
    return [name for name in found if not chosen or name in chosen]


def measure(chosen: list[str]) -> dict[str, dict]:
    results: dict[str, dict] = {}
    for name in modules(chosen):
        module = importlib.import_module(f"tests.bench.{name}")
        print(f"{name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            results.update(module.run(Bench()))
        finally:
            teardown_databases(databases, verbosity=0)
    return results


def show(results: dict[str, dict]) -> None:
    print(f"\n{'name':44} {'ratio':>8} {'ours':>12} {'reference':>12} unit")
    for name, row in results.items():
        print(
            f"{name:44} {row['ratio']:8.3f} {row['ours']:12.4f} {row['reference']:12.4f}"
            f" {row['unit']} (n={row['n']})"
        )


if __name__ == "__main__":
    django.setup()
    setup_test_environment()
    outcome = measure(sys.argv[1:])
    RESULT.parent.mkdir(exist_ok=True)
    known = json.loads(RESULT.read_text()) if sys.argv[1:] and RESULT.exists() else {}
    RESULT.write_text(json.dumps({**known, **outcome}, indent=1))
    show(outcome)
