import datetime as dt

import pytest
from django.db import connection

from accounts.models import Rate
from common.dbops import insert_rows, month_start

pytestmark = pytest.mark.django_db

NASTY = ["plain", "", "tab\tnew\nline\rreturn", r"back\slash \N", "quote ' \" ;", "Ω ё 漢", "\\"]


@pytest.fixture
def table():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE words (place int, word varchar(50))")
    yield "words"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE words")


def test_every_text_and_nothing_come_back_as_they_went(table):
    rows = [(place, word) for place, word in enumerate([*NASTY, None])]
    insert_rows(table, ("place", "word"), iter(rows))
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, word FROM words ORDER BY place")
        assert [tuple(row) for row in cursor.fetchall()] == rows


def test_numbers_and_days_keep_their_type():
    rows = [("USD", dt.date(2024, 2, 29), "0.9231"), ("CHF", dt.date(2024, 1, 1), "1.05")]
    insert_rows(Rate._meta.db_table, ("currency", "day", "rate"), rows)
    found = Rate.objects.order_by("-currency").values_list("currency", "day", "rate")
    assert [(code, day, f"{rate:.4f}".rstrip("0")) for code, day, rate in found] == rows


def test_the_first_day_of_a_month():
    Rate.objects.create(currency="USD", day=dt.date(2024, 2, 29), rate=1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {month_start('day')} FROM {Rate._meta.db_table}")
        assert str(cursor.fetchone()[0]) == "2024-02-01"
