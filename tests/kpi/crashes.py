"""Kills a child process at a chosen statement, as a power cut would."""

import os
import signal
from collections.abc import Callable

from django.db import connection, connections, transaction


def crash_at(number: int, action: Callable[[], object]) -> bool:
    """Do it in a child that dies at its n-th statement or commit; True if it did."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        count_and_die(number)
        action()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def count_and_die(number: int) -> None:
    seen = 0

    def count() -> None:
        nonlocal seen
        seen += 1
        if seen == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def wrap(execute, sql, params, many, context):
        count()
        return execute(sql, params, many, context)

    leave = transaction.Atomic.__exit__

    def counted_leave(self, *exception):
        leave(self, *exception)
        count()

    transaction.Atomic.__exit__ = counted_leave
    connection.execute_wrappers.append(wrap)
