import datetime as dt
from decimal import Decimal

import pytest

from common.reading.errors import Rejected
from hiring.rules import benchmark_rows as rules

HEADER = ["Город", "Работодатель", "Опыт", "от", "до", "Медиана", "Дата", "Выборка", "Источник"]
TODAY = dt.date(2026, 11, 22)


def read(*cells: str, **more) -> dict:
    reader = rules.RowReader(
        rules.columns_of(HEADER), latest=TODAY,
        **{"decimal": ",", "order": "dmy", "currency": "RUB", **more},
    )  # fmt: skip
    return reader.read(list(cells))


def test_columns_are_known_by_their_names_in_four_languages():
    assert set(rules.columns_of(HEADER)) == set(rules.FIELDS) - {"country", "currency"}
    assert rules.columns_of(["Sample size", "AS OF", "as_of"])["sample_size"] == 0
    assert rules.columns_of(["Ciudad", "desde", "hasta", "fecha"]) == {
        "city": 0, "low": 1, "high": 2, "on": 3
    }  # fmt: skip
    assert rules.columns_of(["Città", "da", "a", "data"])["high"] == 2


def test_a_row_becomes_a_benchmark():
    found = read("Казань", "компания", "2", "90 000", "130 000", "", "01.10.2026", "48", "hh")
    assert found == {
        "city": "Kazan", "country": "RU", "employer": "company", "experience": "two",
        "low": Decimal(90_000), "high": Decimal(130_000), "median": None, "currency": "RUB",
        "on": dt.date(2026, 10, 1), "sample_size": 48, "origin": "hh",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "code", "field"),
    [
        (["", "", "", "1", "2", "", "01.10.2026"], "missing", "city"),
        (["Kazan", "bank", "", "1", "2", "", "01.10.2026"], "no_such_employer", "employer"),
        (["Kazan", "", "many", "1", "2", "", "01.10.2026"], "no_such_experience", "experience"),
        (["Kazan", "", "", "much", "2", "", "01.10.2026"], "not_a_number", "low"),
        (["Kazan", "", "", "-5", "2", "", "01.10.2026"], "not_a_number", "low"),
        (["Kazan", "", "", "3", "2", "", "01.10.2026"], "reversed", "low"),
        (["Kazan", "", "", "", "", "", "01.10.2026"], "no_figure", "median"),
        (["Kazan", "", "", "1", "2", "", ""], "missing", "on"),
        (["Kazan", "", "", "1", "2", "", "31.02.2026"], "no_such_day", "on"),
        (["Kazan", "", "", "1", "2", "", "01.10.2030"], "date_out_of_range", "on"),
        (["Kazan", "", "", "1", "2", "", "01.10.2026", "2,5"], "not_whole", "sample_size"),
        (["K" * 81, "", "", "1", "2", "", "01.10.2026"], "text_too_long", "city"),
    ],
)
def test_what_cannot_be_taken_is_named(cells, code, field):
    with pytest.raises(Rejected) as found:
        read(*cells)
    assert (found.value.code, found.value.field) == (code, field)
    assert rules.REASONS[code] and rules.FIELDS[field]
