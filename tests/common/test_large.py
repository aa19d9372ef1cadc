"""Large values come back as they were written, on either engine."""

import datetime as dt

import pytest

from common import large
from kpi.models import KeptSums

pytestmark = pytest.mark.django_db
TABLE = KeptSums._meta.db_table


@pytest.mark.parametrize("size", [0, 1, 300_000])
def test_bytes_come_back(size):
    data = bytes(range(256)) * (size // 256) + b"\xff" * (size % 256)
    day = dt.date(1999, 2, 28)
    large.insert_row(TABLE, {"day": day, "version": "größer", "packed": data, "patch": b"\t\\"})
    row = KeptSums.objects.get()
    assert (row.day, row.version, bytes(row.packed)) == (day, "größer", data)
    assert bytes(row.patch) == b"\t\\"
    found = large.read_bytes("packed", f"FROM {TABLE} WHERE id = %s", [row.pk])
    assert bytes(found) == data
