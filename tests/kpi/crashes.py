"""Kills a child process at a chosen statement, as a power cut would."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, connections, transaction
from django.db.backends.signals import connection_created


def crash_at(number: int, action: Callable[[], object]) -> bool:
    """Do it in a child that dies at its n-th statement or commit; True if it did."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        with counting(die_at(number)):
            action()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def die_at(number: int) -> Callable[[str], None]:
    seen = 0

    def count(_said: str) -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


@contextmanager
def counting(each: Callable[[str], None]) -> Iterator[None]:
    """Calls `each` before every statement with its text, and after every commit with "COMMIT";
    in threads with connections of their own, too."""

    def wrap(execute, sql, params, many, context):
        each(str(sql))
        return execute(sql, params, many, context)

    def wrap_another(*, connection, **_signal):
        connection.execute_wrappers.append(wrap)

    leave = transaction.Atomic.__exit__

    def counted_leave(self, *exception):
        leave(self, *exception)
        each("COMMIT")

    transaction.Atomic.__exit__ = counted_leave
    connection.ensure_connection()
    connection_created.connect(wrap_another)
    try:
        with connection.execute_wrapper(wrap):
            yield
    finally:
        connection_created.disconnect(wrap_another)
        transaction.Atomic.__exit__ = leave
