"""Web server, worker and scheduler as children of one process that ends with all of them or none.

Each child holds the reading end of a pipe whose writing end only the parent has: when the parent is
gone, even by SIGKILL, the pipe closes and the child ends itself. A child is the leader of its own
process group, so that whatever it started goes with it.
"""

import os
import runpy
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 8.0  # seconds a child has to finish what it is doing
STEADY = 30.0  # a child that lived this long did not crash at its start
MOST_CRASHES = 5


@dataclass
class Child:
    """One program: a module run with arguments, started again when it crashes."""

    name: str
    module: str
    args: list[str]
    process: subprocess.Popen | None = None
    begun: float = 0.0
    crashes: int = 0
    not_before: float = 0.0

    def start(self, pipe: int) -> None:
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "common.processes", str(pipe), self.module, *self.args],
            cwd=ROOT,
            pass_fds=(pipe,),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def send(self, number: int) -> None:
        """To the child's whole group, whether or not its leader is still there."""
        if self.process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None


class Supervisor:
    """Runs children until asked to stop; `say` receives lines for the person at the terminal."""

    def __init__(self, children: list[Child], say: Callable[[str], None]):
        self.children = children
        self.say = say
        self.stopping = threading.Event()
        self.reading, self.writing = os.pipe()
        os.set_inheritable(self.writing, False)

    def run(self, when_started: Callable[[threading.Event], None]) -> int:
        """Start all, call `when_started` beside them, watch until stopped; the exit code."""
        for number in STOP_SIGNALS:
            signal.signal(number, lambda *_: self.stopping.set())
        try:
            for child in self.children:
                child.start(self.reading)
            threading.Thread(target=when_started, args=(self.stopping,), daemon=True).start()
            code = self.watch()
        finally:
            self.stop()
        return code

    def watch(self) -> int:
        while not self.stopping.wait(0.3):
            for child in self.children:
                if child.ended() and not self.revive(child):
                    return 1
        return 0

    def revive(self, child: Child) -> bool:
        """Start a child that has ended, later each time; False when it is hopeless."""
        now = time.monotonic()
        if child.process is not None:
            child.send(signal.SIGKILL)  # what it left behind
            child.crashes = 1 if now - child.begun > STEADY else child.crashes + 1
            if child.crashes >= MOST_CRASHES:
                self.say(f"The {child.name} ends as soon as it starts; stopping everything.")
                return False
            self.say(f"The {child.name} ended unexpectedly; starting it again.")
            child.not_before = now + 2 ** (child.crashes - 1) - 1
            child.process = None
        if now >= child.not_before:
            child.start(self.reading)
        return True

    def stop(self) -> None:
        """Ask politely, then insist. The work of a killed worker is resumed from its job row."""
        for child in self.children:
            if child.process:
                child.process.terminate()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and not all(child.ended() for child in self.children):
            time.sleep(0.05)
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.process:
                child.process.wait()


def end_with_parent(pipe: int) -> None:
    """In a child: end when the other end of the pipe has closed."""

    def wait() -> None:
        with suppress(OSError):
            os.read(pipe, 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()


if __name__ == "__main__":
    pipe, module, *arguments = sys.argv[1:]
    end_with_parent(int(pipe))
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
