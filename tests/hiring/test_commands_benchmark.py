import datetime as dt
from decimal import Decimal

import pytest

from common.errors import RuleBroken
from common.export import write_xlsx
from common.reading.errors import FileUnusable
from hiring.commands import benchmark as commands
from hiring.models import PayBenchmark
from people.models import Event

pytestmark = pytest.mark.django_db
OWN = {
    "city": "Казань", "country": "RU", "employer": "company", "experience": "two",
    "low": Decimal(90_000), "high": Decimal(130_000), "median": None, "currency": "RUB",
    "on": dt.date(2026, 1, 1), "sample_size": 48, "origin": "own survey",
}  # fmt: skip


def test_the_shipped_table_is_whole_dated_and_comes_once(cast):
    assert commands.install_benchmarks() == 128 and commands.install_benchmarks() == 0
    rows = PayBenchmark.objects.filter(is_shipped=True)
    assert rows.values("city").distinct().count() == 12
    assert set(rows.values_list("on", flat=True)) == {dt.date(2015, 4, 1)}
    moscow = rows.get(city="Moscow", employer="agency", experience="three")
    assert (moscow.low, moscow.high) == (130_000, 200_000)
    median = rows.get(city="Chelyabinsk", employer="company", experience="")
    assert (median.median, median.currency) == (62_000, "RUB")
    assert rows.filter(origin__startswith="Advert").count() == 8


def test_an_own_figure_is_entered_corrected_and_removed(cast):
    row = commands.save_benchmark(actor=cast.rita, **OWN)
    assert row.city == "Kazan" and row.made_by == cast.rita
    commands.save_benchmark(actor=cast.dora, benchmark_id=row.pk, **{**OWN, "low": Decimal(95_000)})
    change = Event.objects.about(row).order_by("pk").last().data["changes"]
    assert change == {"low": ["90000", "95000"]}
    commands.remove_benchmark(actor=cast.rita, benchmark_id=row.pk)
    assert not PayBenchmark.objects.exists()


def test_shipped_figures_stay(cast):
    commands.install_benchmarks()
    row = PayBenchmark.objects.first()
    with pytest.raises(RuleBroken, match="stay"):
        commands.remove_benchmark(actor=cast.rita, benchmark_id=row.pk)
    with pytest.raises(RuleBroken, match="stay"):
        commands.save_benchmark(actor=cast.rita, benchmark_id=row.pk, **OWN)


@pytest.mark.parametrize(
    "wrong",
    [{"low": Decimal(140_000)}, {"low": None, "high": None}, {"on": dt.date(2099, 1, 1)}],
)
def test_impossible_figures_are_refused(cast, wrong):
    with pytest.raises(RuleBroken):
        commands.save_benchmark(actor=cast.rita, **{**OWN, **wrong})
    assert not PayBenchmark.objects.exists()


@pytest.mark.parametrize("who", ["karl", "anna", "ivan", "adam", "sam"])
def test_only_who_hires_changes_figures(cast, who):
    with pytest.raises(RuleBroken):
        commands.save_benchmark(actor=getattr(cast, who), **OWN)
    with pytest.raises(RuleBroken):
        commands.import_benchmarks(actor=getattr(cast, who), rows=[OWN])


TABLE = [
    ["Город", "Опыт", "от", "до", "Дата", "Выборка"],
    ["Казань", "2", 90_000, 130_000, "2026-10-01", 48],
    ["Уфа", "2", "много", 100_000, "2026-10-01", 12],
]


def test_a_csv_is_read_with_what_is_set_aside(cast, tmp_path):
    path = tmp_path / "pay.csv"
    path.write_text("\n".join(";".join(map(str, row)) for row in TABLE), encoding="cp1251")
    found = commands.read_benchmarks(path)
    assert [row["city"] for row in found.rows] == ["Kazan"]
    aside = found.set_aside[0]
    assert (aside.row, aside.field, aside.cell) == (3, "from", "много") and aside.reason


def test_a_workbook_is_read_too(cast, tmp_path):
    with (tmp_path / "pay.xlsx").open("wb") as file:
        write_xlsx(file, TABLE[0], TABLE[1:])
    found = commands.read_benchmarks(tmp_path / "pay.xlsx")
    assert (len(found.rows), found.set_aside[0].cell) == (1, "много")


def test_a_file_without_names_of_columns_is_refused(cast, tmp_path):
    path = tmp_path / "pay.csv"
    path.write_text("a;b\n1;2\n")
    with pytest.raises(FileUnusable, match="city"):
        commands.read_benchmarks(path)


def test_a_file_brings_each_figure_once(cast):
    rows = [OWN, OWN, {**OWN, "city": "Ufa", "origin": ""}]
    assert commands.import_benchmarks(actor=cast.rita, rows=rows, filename="pay.csv") == 2
    assert commands.import_benchmarks(actor=cast.rita, rows=rows, filename="pay.csv") == 0
    assert PayBenchmark.objects.get(city="Ufa").origin == "pay.csv"
    assert Event.objects.get(verb="benchmark.imported").data["n"] == 2
