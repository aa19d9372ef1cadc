"""Jobs for tests of real workers: each run leaves a line in a file."""

import os
import time

from common.jobs import job


def append(path: str, line: str) -> None:
    """One write, so that lines of several processes never mix."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


@job
def note(progress, *, path: str, line: str) -> dict:
    append(path, line)
    return {}


@job
def note_slowly(progress, *, path: str, line: str, seconds: float) -> dict:
    append(path, f"begun {line}")
    for step in range(10):
        time.sleep(seconds / 10)
        progress(step, 10, force=True)
    append(path, line)
    return {}
