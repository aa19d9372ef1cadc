"""Texts to days. The order of day and month belongs to a column, decided over all its rows.

Orders: `ymd`, `dmy`, `mdy`, `serial` (days as Excel counts them). A year first, or a month in
words, is never ambiguous and is read under any order. The day is taken as written: a time or a
zone behind it never moves it.
"""

import re
from datetime import date, timedelta

from common.reading.errors import Rejected
from common.reading.values import TYPED, Remembered, clean

ORDERS = ("ymd", "dmy", "mdy", "serial")
EARLIEST = date(1970, 1, 1)
_EPOCH = date(1899, 12, 30)

_TIME = (
    r"(?:(?:[T ]|, ?)\s*[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?"
)
_YEAR = r"([0-9]{4})(?: ?г\.?)?"
_ISO = re.compile(rf"([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_NUMERIC = re.compile(
    rf"([0-9]{{1,2}})([-/.])\s?([0-9]{{1,2}})\2\s?([0-9]{{4}}|[0-9]{{2}})(?: ?г\.?)?{_TIME}"
)
_DAY_FIRST = re.compile(
    rf"([0-9]{{1,2}})[.]?[ -](?:de )?([^\W\d_]+)[.]?,?[ -](?:de )?{_YEAR}{_TIME}"
)
_MONTH_FIRST = re.compile(rf"([^\W\d_]+)[.]? ([0-9]{{1,2}}),? {_YEAR}{_TIME}")
_SERIAL = re.compile(r"([0-9]{5})(?:[.,][0-9]+)?")

_MONTHS = {
    1: "jan january янв января январь ene enero gen gennaio",
    2: "feb february фев февр февраля февраль febrero febbraio",
    3: "mar march мар марта март marzo",
    4: "apr april апр апреля апрель abr abril aprile",
    5: "may мая май mayo mag maggio",
    6: "jun june июн июня июнь junio giu giugno",
    7: "jul july июл июля июль julio lug luglio",
    8: "aug august авг августа август ago agosto",
    9: "sep sept september сен сент сентября сентябрь septiembre set settembre",
    10: "oct october окт октября октябрь octubre ott ottobre",
    11: "nov november ноя нояб ноября ноябрь noviembre novembre",
    12: "dec december дек декабря декабрь dic diciembre dicembre",
}
_MONTH = {word: month for month, words in _MONTHS.items() for word in words.split()}


class Days(Remembered):
    """Texts to dates in one column's order; an undecided order refuses what it would decide."""

    def __init__(self, order: str = "", latest: date = date.max):
        super().__init__()
        self.order, self.latest = order, latest

    def read(self, text: str) -> date:
        day = self._typed(text) if text.startswith(TYPED) else self._written(clean(text))
        if not EARLIEST <= day <= self.latest:
            raise Rejected("date_out_of_range")
        return day

    def _typed(self, text: str) -> date:
        if text[1:2] == "d" and (found := _ISO.fullmatch(text[2:])):
            return _day(found[1], found[3], found[4])
        if text[1:2] == "n" and (found := _COMPACT.fullmatch(text[2:])):
            return _day(*found.groups())
        if text[1:2] == "n" and self.order == "serial":
            return _from_serial(text[2:])
        raise Rejected("not_a_date")

    def _written(self, text: str) -> date:
        if not text:
            raise Rejected("missing")
        if found := _ISO.fullmatch(text):
            return _day(found[1], found[3], found[4])
        if found := _NUMERIC.fullmatch(text):
            return self._numeric(found[1], found[3], found[4])
        if found := _COMPACT.fullmatch(text):
            return _day(*found.groups())
        if self.order == "serial":
            return _from_serial(text)
        if found := _DAY_FIRST.fullmatch(text):
            return _day(found[3], _month(found[2]), found[1])
        if found := _MONTH_FIRST.fullmatch(text):
            return _day(found[3], _month(found[1]), found[2])
        raise Rejected("error_cell" if text.startswith("#") else "not_a_date")

    def _numeric(self, first: str, second: str, year: str) -> date:
        if self.order in ("dmy", "mdy"):
            day, month = (first, second) if self.order == "dmy" else (second, first)
        elif first == second:
            day = month = first
        else:
            raise Rejected("ambiguous_date")
        if len(year) == 2:
            year = str(2000 + int(year) if int(year) < 69 else 1900 + int(year))
        return _day(year, month, day)


def _day(year, month, day) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise Rejected("no_such_day") from error


def _month(word: str) -> int:
    if (month := _MONTH.get(word.casefold())) is None:
        raise Rejected("not_a_date")
    return month


def _from_serial(text: str) -> date:
    if not _SERIAL.fullmatch(text):
        raise Rejected("not_a_date")
    return _EPOCH + timedelta(days=int(text[:5]))


class OrderEvidence:
    """What a column's texts tell of its order, one text at a time."""

    def __init__(self):
        self.day_first = self.month_first = self.open = self.other = self.serial = self.bad = 0
        self._seen: set[str] = set()

    def add(self, text: str) -> None:
        """Repeated texts are looked at once while the memory of them lasts."""
        if text in self._seen or not text:
            return
        if len(self._seen) < 200_000:
            self._seen.add(text)
        self._weigh(clean(text) if not text.startswith(TYPED) else text)

    def _weigh(self, text: str) -> None:
        if text.startswith(TYPED):
            self.other += text[1:2] == "d"
            self.serial += text[1:2] == "n"
        elif found := _NUMERIC.fullmatch(text):
            first, second = int(found[1]), int(found[3])
            self.day_first += first > 12 >= second
            self.month_first += second > 12 >= first
            self.open += first <= 12 and second <= 12 and first != second
            self.other += first == second
        elif _SERIAL.fullmatch(text) and 18_264 <= int(text[:5]) <= 62_000:
            self.serial += 1
        else:
            try:
                Days().read(text)
                self.other += 1
            except Rejected:
                self.bad += 1

    @property
    def order(self) -> str:
        """The order, or "" where rows of both readings, or only open ones, were seen."""
        if self.day_first and not self.month_first:
            return "dmy"
        if self.month_first and not self.day_first:
            return "mdy"
        if self.day_first or self.open:
            return ""
        return "serial" if self.serial > self.other else "ymd"

    @property
    def is_ambiguous(self) -> bool:
        return self.order == "" and bool(self.open or self.day_first)

    @property
    def looks_like_dates(self) -> bool:
        dates = self.day_first + self.month_first + self.open + self.other
        return dates > 0 and dates >= 4 * (self.bad + self.serial)


def order_of(text: str) -> str:
    """The order meant by a person's `dd.mm.yyyy`, `%d/%m/%Y` or `dmy`; ValueError else."""
    letters = re.sub(r"%[HIMSpfzZj]|[hH]{1,2}:mm.*", "", text.strip())
    order = re.sub(r"(.)\1*", r"\1", re.sub("[^dmygдмг]", "", letters.casefold()))
    order = order.translate(str.maketrans("дмгg", "dmyy"))
    if text.strip().casefold() in ORDERS:
        return text.strip().casefold()
    if order in ORDERS:
        return order
    raise ValueError(text)
