"""A virus scanner asked over its socket: ClamAV's clamd, by INSTREAM."""

import contextlib
import socket
import struct
import time
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

PATIENCE = 60.0  # seconds for one file, whatever the daemon does meanwhile
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096


class ScannerAway(Exception):
    """Nobody answered, or not as a scanner does."""


class Unscannable(ScannerAway):
    """The scanner is there and refuses this one file."""


def scan(content: BinaryIO) -> str:
    """The name of what was found, nothing for a clean file."""
    with _daemon() as (daemon, ends):
        daemon.sendall(b"zINSTREAM\0")
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # its answer says why
            while chunk := content.read(CHUNK):
                _keep_time(daemon, ends)
                daemon.sendall(struct.pack("!I", len(chunk)) + chunk)
            daemon.sendall(struct.pack("!I", 0))
        answer = _answer(daemon, ends)
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if answer.endswith("ERROR"):
        raise Unscannable(answer)
    raise ScannerAway(f"unexpected answer {answer[:60]!r}")


def is_there() -> bool:
    try:
        with _daemon() as (daemon, ends):
            daemon.sendall(b"zPING\0")
            return _answer(daemon, ends) == "PONG"
    except ScannerAway:
        return False


@contextlib.contextmanager
def _daemon() -> Iterator[tuple[socket.socket, float]]:
    """A connection and the moment by which it must have answered."""
    url, ends = urlsplit(settings.CLAMD_URL), time.monotonic() + PATIENCE
    family = socket.AF_UNIX if url.scheme == "unix" else socket.AF_INET
    try:
        address = url.path if url.scheme == "unix" else (url.hostname, url.port or 3310)
        with socket.socket(family, socket.SOCK_STREAM) as daemon:
            _keep_time(daemon, ends)
            daemon.connect(address)
            yield daemon, ends
    except OSError as error:
        raise ScannerAway(type(error).__name__) from error


def _keep_time(daemon: socket.socket, ends: float) -> None:
    daemon.settimeout(max(ends - time.monotonic(), 0.001))


def _answer(daemon: socket.socket, ends: float) -> str:
    """Up to the zero byte that ends it; one cut short is none."""
    answer = b""
    while not answer.endswith(b"\0"):
        _keep_time(daemon, ends)
        part = daemon.recv(LONGEST_ANSWER)
        answer += part
        if not part or len(answer) > LONGEST_ANSWER:
            raise ScannerAway("the answer was cut short")
    return answer[:-1].decode("utf-8", "replace").strip()
