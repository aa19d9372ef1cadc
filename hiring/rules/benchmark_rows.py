"""A row of a table of salaries to one benchmark, or the field and the reason it is set aside."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.folding import fold
from common.reading.dates import Days
from common.reading.errors import REASONS as READING
from common.reading.errors import Rejected
from common.reading.values import TYPED, Numbers, as_decimal, clean
from hiring.choices import EmployerKind, Experience
from hiring.rules.benchmark import known_city

FIELDS = {
    "city": _("city"), "country": _("country"), "employer": _("kind of employer"),
    "experience": _("experience"), "low": pgettext_lazy("pay", "from"),
    "high": pgettext_lazy("pay", "to"), "median": _("median"), "currency": _("currency"),
    "on": _("as of"), "sample_size": _("how many salaries"), "origin": _("source"),
}  # fmt: skip
HEADERS = {
    "city": "city town город ciudad citta",
    "country": "country страна pais paese",
    "employer": "employer kind работодатель тип empleador datore",
    "experience": "experience опыт стаж experiencia esperienza",
    "low": "low from min minimum от мин минимум desde minimo da",
    "high": "high to max maximum до макс максимум hasta maximo a",
    "median": "median медиана mediana",
    "currency": "currency валюта moneda valuta divisa",
    "on": "on date day as_of дата fecha data",
    "sample_size": "sample_size sample size n salaries выборка muestra campione",
    "origin": "origin source источник fuente fonte",
}
REQUIRED = ("city", "on")
EMPLOYERS = {
    EmployerKind.AGENCY: "agency agencies a агентство агентства agencia agenzia",
    EmployerKind.COMPANY: "company companies c компания компании empresa azienda",
}
EXPERIENCES = {
    Experience.NONE: "none 0 i нет ninguna nessuna",
    Experience.ONE: "one 1 ii",
    Experience.TWO: "two 2 iii",
    Experience.THREE: "three 3 iv 3+",
}
REASONS = READING | {
    "no_such_employer": _("Write agency or company."),
    "no_such_experience": _("Write the years: 0, 1, 2 or 3, or leave the cell empty."),
    "reversed": _("From is above to. Check the two figures."),
    "no_figure": _("There is neither a range nor a median. Fill in at least one figure."),
    "not_whole": _("How many salaries is a whole number above nought."),
}
LARGEST = Decimal(10**9)


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Which column is which, by the names above them.

    >>> columns_of(["Город", "от", "до", "Дата"])
    {'city': 0, 'low': 1, 'high': 2, 'on': 3}
    """
    found: dict[str, int] = {}
    known = {fold(name): field for field, text in HEADERS.items() for name in text.split()}
    for place, name in enumerate(header):
        key = re.sub(r"[\s_-]+", "_", fold(name).strip())
        field = known.get(key) or known.get(key.partition("_")[0])
        if field and field not in found:
            found[field] = place
    return found


class RowReader:
    """`columns`: field to column number; `currency` where the file has no such column."""

    def __init__(
        self,
        columns: Mapping[str, int],
        *,
        decimal: str,
        order: str,
        currency: str,
        latest: dt.date,
    ):
        self.columns, self.currency = columns, currency
        self.numbers, self.days = Numbers(decimal, currency), Days(order, latest)

    def read(self, cells: list[str]) -> dict:
        """The benchmark's fields; Rejected names the field that cannot be taken."""
        city = self._text("city", cells, 80)
        if not city:
            raise Rejected("missing", "city")
        found = {
            "city": known_city(city),
            "country": self._text("country", cells, 2).upper() or "RU",
            "employer": self._choice("employer", cells, EMPLOYERS) or EmployerKind.COMPANY.value,
            "experience": self._choice("experience", cells, EXPERIENCES),
            "low": self._amount("low", cells),
            "high": self._amount("high", cells),
            "median": self._amount("median", cells),
            "currency": self._text("currency", cells, 3).upper() or self.currency,
            "on": self._of("on", cells, self.days.__getitem__),
            "sample_size": self._count(cells),
            "origin": self._text("origin", cells, 200),
        }
        check(found)
        return found

    def _cell(self, field: str, cells: list[str]) -> str:
        place = self.columns.get(field)
        return cells[place] if place is not None and place < len(cells) else ""

    def _of(self, field: str, cells: list[str], read: Callable):
        try:
            return read(self._cell(field, cells))
        except Rejected as rejected:
            raise Rejected(rejected.code, field) from rejected

    def _text(self, field: str, cells: list[str], longest: int) -> str:
        text = self._cell(field, cells)
        text = clean(text[2:] if text.startswith(TYPED) else text)
        if len(text) > longest:
            raise Rejected("text_too_long", field)
        return text

    def _amount(self, field: str, cells: list[str]) -> Decimal | None:
        if not clean(self._cell(field, cells)):
            return None
        value = as_decimal(self._of(field, cells, self.numbers.__getitem__))
        if not 0 < value <= LARGEST:
            raise Rejected("not_a_number", field)
        return value

    def _count(self, cells: list[str]) -> int | None:
        value = self._amount("sample_size", cells)
        if value is not None and value != int(value):
            raise Rejected("not_whole", "sample_size")
        return None if value is None else int(value)

    def _choice(self, field: str, cells: list[str], choices: Mapping[str, str]) -> str:
        text = fold(self._text(field, cells, 40))
        if not text:
            return ""
        for value, names in choices.items():
            if text in names.split():
                return str(value)
        raise Rejected(f"no_such_{field}", field)


def check(values: Mapping) -> None:
    """Rejected when the figures cannot be together."""
    low, high, median = values["low"], values["high"], values["median"]
    if low is None and high is None and median is None:
        raise Rejected("no_figure", "median")
    if low is not None and high is not None and low > high:
        raise Rejected("reversed", "low")
