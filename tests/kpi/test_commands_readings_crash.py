"""A night of readings that is killed anywhere, and begun again, ends as if it had not been."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import DirtyAccount
from common import dbops
from kpi.commands import readings, write_readings
from kpi.models import Reading, ReadingDay
from tests.kpi.facts import make_day
from tests.kpi.measures import make_measured

pytestmark = pytest.mark.django_db


class Killed(Exception):
    pass


def killed_at(number: int):
    """Raises before the statement of that number that writes."""
    left = [number]

    def wrapper(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            left[0] -= 1
            if left[0] < 0:
                raise Killed
        return execute(sql, params, many, context)

    return wrapper


def digest() -> tuple[list, list]:
    columns = ("code", "scope", "key", "day", "is_restated", "numerator", "denominator", "value")
    rows = sorted(map(str, Reading.objects.values_list(*columns)))
    return rows, sorted(map(str, ReadingDay.objects.values_list("day", "closed")))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 7])
def test_killed_while_correcting_and_begun_again_it_is_as_if_it_had_not_been(number, monkeypatch):
    cast = make_measured()
    monkeypatch.setattr(readings, "MONTHS", 2)
    account = cast.karl.owned_accounts.get(name="Kept")
    make_day(account, dt.date(2026, 2, 20), Decimal(10))
    DirtyAccount.objects.touch([account.pk])
    with pytest.raises(Killed), connection.execute_wrapper(killed_at(number)):
        write_readings()
    write_readings()
    ended = digest()
    Reading.objects.filter(is_restated=True).delete()
    ReadingDay.objects.update(digest="")
    write_readings()
    assert digest() == ended


def test_while_another_process_reads_nothing_is_done():
    make_measured()
    with dbops.exclusive(readings.LOCK) as free:
        assert free
        if connection.vendor == "sqlite":  # PostgreSQL's lock is the session's own, so it is free
            assert write_readings() == {}
