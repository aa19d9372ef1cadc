"""A virus scanner of our own on loopback: it speaks as clamd does, or falls silent, or dies."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextlib.contextmanager
def scanner(mode: str = "honest", most: int = 10**9) -> Iterator[str]:
    """Its address. `mode`: honest, silent, dies (half-way), mumbles; `most` bytes of a file."""
    ended, served = threading.Event(), []
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.05)
        host = threading.Thread(target=_receive, args=(door, mode, most, ended, served))
        host.start()
        try:
            yield f"tcp://127.0.0.1:{door.getsockname()[1]}"
        finally:
            ended.set()
            host.join()
            for guest in served:
                guest.join()


def _receive(door, mode, most, ended, served):
    while not ended.is_set():
        with contextlib.suppress(TimeoutError):
            guest, _address = door.accept()
            served.append(threading.Thread(target=_serve, args=(guest, mode, most, ended)))
            served[-1].start()


def _serve(guest, mode, most, ended):
    with guest, contextlib.suppress(OSError):
        guest.settimeout(5)
        if mode == "silent":
            ended.wait(5)
            return
        command = _until_zero(guest)
        if mode == "mumbles":
            guest.sendall(b"stream: O")
            return
        if command == b"zPING":
            guest.sendall(b"PONG\0")
        elif command == b"zINSTREAM":
            _scan(guest, mode, most)


def _scan(guest, mode, most):
    content = b""
    while size := struct.unpack("!I", _exactly(guest, 4))[0]:
        content += _exactly(guest, size)
        if mode == "dies":
            return
        if len(content) > most:
            guest.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    found = b"Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else b"OK"
    guest.sendall(b"stream: " + found + b"\0")


def _until_zero(guest) -> bytes:
    found = b""
    while not found.endswith(b"\0"):
        found += _exactly(guest, 1)
    return found[:-1]


def _exactly(guest, size: int) -> bytes:
    found = b""
    while len(found) < size:
        part = guest.recv(size - len(found))
        if not part:
            raise ConnectionError
        found += part
    return found
