import datetime as dt
from unittest.mock import MagicMock, call

import numpy as np
import pytest
from django.db import connection

from accounts.models import Tag
from common import dbops

pytestmark = pytest.mark.django_db
TABLE = Tag._meta.db_table


@pytest.mark.parametrize(
    ("vendor", "said"), [("postgresql", [call("SET jit = off")]), ("sqlite", [])]
)
def test_no_statement_is_compiled_before_it_runs(vendor, said):
    opened = MagicMock(vendor=vendor)
    dbops.compile_nothing(None, connection=opened)
    assert opened.cursor().__enter__().execute.mock_calls == said
    if dbops.is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")
            assert cursor.fetchone() == ("off",)


def test_rows_are_updated_and_added_in_one_write():
    kept = Tag.objects.create(name="kept")
    changed = Tag.objects.create(name="old")
    rows = [(changed.pk, "tab\tnew\nline\\"), (changed.pk + 1, "Ёлка")]
    dbops.upsert_rows(TABLE, "id", ["id", "name"], rows)
    assert dict(Tag.objects.values_list("pk", "name")) == {kept.pk: "kept", **dict(rows)}


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        dbops.upsert_rows(TABLE, "id", ["id", "name"], [])


@pytest.mark.parametrize("rows", [[], [(1, "it's", dt.date(2026, 3, 31)), (2, "", None)]])
def test_given_rows_are_a_table(rows):
    columns = [("id", "bigint"), ("name", "text"), ("day", "date")]
    table, params = dbops.given_rows(columns, rows)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, name, CAST(day AS text) FROM {table} AS n ORDER BY id", params)
        found = cursor.fetchall()
    assert found == [(pk, name, day and day.isoformat()) for pk, name, day in rows]


def test_integers_come_back_as_an_array():
    ids = [Tag.objects.create(name=str(number)).pk for number in range(5)]
    found = dbops.read_ints(["id", "id * -2"], f"FROM {TABLE} WHERE id > %s", [ids[0]])
    assert found.dtype == np.int64
    assert sorted(found.tolist()) == [[pk, -2 * pk] for pk in ids[1:]]


def test_no_rows_are_an_empty_array():
    assert dbops.read_ints(["id", "id"], f"FROM {TABLE}").shape == (0, 2)


def test_a_day_finds_its_place_among_bounds():
    bounds = [dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)]
    day = "CAST('{}' AS date)" if dbops.is_postgres() else "'{}'"
    for text, place in (("2025-12-31", 0), ("2026-01-01", 1), ("2026-02-28", 2), ("2026-03-01", 3)):
        expression, params = dbops.place_among(day.format(text), bounds)
        assert dbops.read_ints([expression], "", params).tolist() == [[place]]


def test_a_condition_takes_more_ids_than_an_engine_takes_parameters():
    tag = Tag.objects.create(name="one")
    condition, params = dbops.one_of("id", [tag.pk, *range(10**9, 10**9 + 300_000)])
    assert dbops.read_ints(["id"], f"FROM {TABLE} WHERE {condition}", params).tolist() == [[tag.pk]]


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2024-02-29", "2026-03-01"])
def test_days_are_numbered_as_python_does(day):
    number = dbops.day_number("CAST(%s AS date)" if dbops.is_postgres() else "%s")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {number}", [day])
        assert cursor.fetchone()[0] == dt.date.fromisoformat(day).toordinal()


def test_batches_keep_every_row():
    rows = list(range(4_500))
    assert [len(batch) for batch in dbops.batches(rows)] == [2_000, 2_000, 500]


def test_a_name_is_held_by_one_at_a_time_and_freed():
    with dbops.exclusive("proof") as first:
        assert first
        if not dbops.is_postgres():  # a session may take its own advisory lock twice
            with dbops.exclusive("proof") as second:
                assert not second
    with dbops.exclusive("proof") as again:
        assert again


def test_a_reading_of_very_many_groups_gets_memory_for_them():
    with dbops.ample_memory(), connection.cursor() as cursor:
        if dbops.is_postgres():
            cursor.execute("SHOW work_mem")
            assert cursor.fetchone()[0] == dbops.AMPLE
        assert dbops.read_ints(["1"], "").tolist() == [[1]]


def test_rows_that_are_looked_up_one_by_one_are_those_of_a_join(db):
    rows = {"few": [(1,), (3,)], "many": [(1, 10), (1, 11), (2, 20)]}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE few (id int)")
        cursor.execute("CREATE TEMP TABLE many (id int, value int)")
        for table, values in rows.items():
            for row in values:
                marks = ", ".join(["%s"] * len(row))
                cursor.execute(f"INSERT INTO {table} VALUES ({marks})", row)
        source = dbops.looked_up("few f", "many", "m", "m.id = f.id")
        cursor.execute(f"SELECT f.id, m.value FROM {source} ORDER BY 2")
        assert list(cursor.fetchall()) == [(1, 10), (1, 11)]
        cursor.execute("DROP TABLE few")
        cursor.execute("DROP TABLE many")


@pytest.mark.parametrize("numbers", [(0, 0, 0), (2**31 - 1, 2**22 - 1, 1023), (5, 0, 1), (0, 7, 0)])
def test_numbers_put_side_by_side_come_apart_again(numbers):
    bits = (31, 22, 10)
    parts = [(f"{number} + 0", width) for number, width in zip(numbers, bits, strict=True)]
    found = dbops.read_ints([dbops.side_by_side(*parts)], "")
    assert [part.tolist() for part in dbops.apart(found[:, 0], *bits)] == [[n] for n in numbers]
