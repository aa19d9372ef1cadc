"""The words of a document (pdf, docx, odt, rtf, txt), read by a child process with limits.

A hostile document can harm nothing but the child: 512 MB, 20 seconds of work, 30 of waiting.
"""

import json
import signal
import subprocess
import sys
from pathlib import Path

from common.reading.errors import FileUnusable

SECONDS = 30
READABLE = ("pdf", "docx", "odt", "rtf", "txt")
MOST_TEXT = 200_000


def words_of(path: Path, kind: str) -> str:
    """The text, at most 200,000 signs; FileUnusable with "slow", "large" or "damaged"."""
    command = [
        sys.executable, "-I", "-S", str(Path(__file__).with_name("document_child.py")),
        str(path.resolve()), kind, str(MOST_TEXT),
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=SECONDS, check=False, env={"SITE": _site()}
        )
    except subprocess.TimeoutExpired as error:
        raise FileUnusable("slow", "") from error
    try:
        return json.loads(done.stdout)["text"].replace("\x00", "")
    except (ValueError, KeyError, TypeError) as error:
        raise FileUnusable(_why(done), "") from error


def _why(done: subprocess.CompletedProcess) -> str:
    if b"MemoryError" in done.stderr:
        return "large"
    return "slow" if done.returncode in (-signal.SIGKILL, -signal.SIGXCPU) else "damaged"


def _site() -> str:
    import pypdf  # noqa: PLC0415  only its place is wanted, and only here

    return str(Path(pypdf.__file__).parents[1])
