"""Work that needs nothing of each other, done at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, connections

from common import dbops

Work = Callable[[], None]


def together(first: Work, *others: Work) -> None:
    """Do all of it; ends when all have ended, with the error of `first` or else of another.

    The others have a thread each, with a connection and the language of its own. Where one
    connection has to do, one follows the other: SQLite has one writer, and what a transaction has
    written nobody beside it sees.
    """
    if connection.in_atomic_block or not dbops.is_postgres():
        for work in (first, *others):
            work()
        return
    with ThreadPoolExecutor(len(others)) as pool:
        beside = [pool.submit(_apart, work) for work in others]
        first()
    for one in beside:
        one.result()


def _apart(work: Work) -> None:
    try:
        work()
    finally:
        connections.close_all()
