"""One row of a plan's file to a figure of one manager, or the reason it is set aside."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from common.reading.cells import Cells
from common.reading.errors import Rejected
from common.reading.guess import folded
from common.reading.values import Ids, Numbers, as_decimal
from kpi.rules.plan import MONTHS, refusal

MANAGER, EMAIL, ACCOUNT = "manager", "email", "account"
MEASURE, PERIOD, VALUE = "measure", "period", "value"
FIELDS = (MANAGER, EMAIL, ACCOUNT, MEASURE, PERIOD, VALUE)
NAMES: dict[str, str] = {
    MANAGER: """manager | account manager | key account manager | kam | name | менеджер | кам
        | ответственный | gestor | gestor de cuentas | responsable | nombre | responsabile""",
    EMAIL: """email | e mail | e mail address | mail | почта | электронная почта
        | correo | correo electronico | posta elettronica""",
    ACCOUNT: """account | account name | account number | customer | client | клиент | код клиента
        | cuenta | cliente | codigo de cliente | codice cliente""",
    MEASURE: """measure | kpi | indicator | показатель | indicador | indicatore | misura
        | medida""",
    PERIOD: """month | year | period | date | месяц | год | период | mes | ano | periodo | mese
        | anno""",
    VALUE: """value | plan | target | amount | sum | значение | план | сумма | цель | valor
        | objetivo | importe | valore | obiettivo | importo""",
}
LENGTHS = {MANAGER: 120, EMAIL: 254, ACCOUNT: 200, MEASURE: 60, PERIOD: 40}
_YEAR = re.compile(r"(20[0-9]{2})(?:\.0+)?")
_YEAR_MONTH = re.compile(r"(20[0-9]{2})[-./]([0-9]{1,2})(?:[-./]0?1)?(?:[T ]00:00(?::00)?)?")
_MONTH_YEAR = re.compile(r"(?:0?1[-./])?([0-9]{1,2})[-./](20[0-9]{2})")


class PlanRow(NamedTuple):
    """`month` None: a figure of the whole year."""

    row: int
    manager: str
    email: str
    account: str
    measure: str
    year: int
    month: int | None
    value: Decimal


class RowReader(Cells):
    """`measures`: folded word to code; `decimal`: the file's mark."""

    def __init__(self, columns: Mapping[str, int], *, measures: Mapping[str, str], decimal: str):
        super().__init__(columns, LENGTHS)
        self.measures, self.numbers = measures, Numbers(decimal)
        self.ids = Ids(whole=True, length=LENGTHS[ACCOUNT])

    def read(self, number: int, cells: list[str]) -> PlanRow:
        manager, email = self.text(MANAGER, cells), self.text(EMAIL, cells)
        if not (manager or email):
            raise Rejected("missing", MANAGER)
        measure = self._measure(self.text(MEASURE, cells))
        account = self.read_by(self.ids.__getitem__, ACCOUNT, cells)
        if account and measure != "sales":
            raise Rejected("account_measure", ACCOUNT)
        year, month = period_of(self.text(PERIOD, cells))
        value = as_decimal(self.read_by(self.numbers.__getitem__, VALUE, cells))
        if code := refusal(measure, value):
            raise Rejected(f"value_{code}", VALUE)
        return PlanRow(number, manager, email, account, measure, year, month, value)

    def _measure(self, text: str) -> str:
        if not text:
            return "sales"
        try:
            return self.measures[folded(text)]
        except KeyError as unknown:
            raise Rejected("unknown_measure", MEASURE) from unknown


def period_of(text: str) -> tuple[int, int | None]:
    """A year, or a year and one of its months: 2027, 2027-03, 03.2027, 2027-03-01."""
    if not text:
        raise Rejected("missing", PERIOD)
    if found := _YEAR.fullmatch(text):
        return int(found[1]), None
    if found := _YEAR_MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
    elif found := _MONTH_YEAR.fullmatch(text):
        year, month = int(found[2]), int(found[1])
    else:
        raise Rejected("not_a_period", PERIOD)
    if not 1 <= month <= MONTHS:
        raise Rejected("not_a_period", PERIOD)
    return year, month


def columns_of(names: tuple[str, ...]) -> dict[str, int]:
    """Field to column; a currency in brackets or behind a comma does not matter."""
    known = {folded(word): field for field, words in NAMES.items() for word in words.split("|")}
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        parts = (name, name.partition(",")[0], name.partition("(")[0])
        field = next((known[folded(part)] for part in parts if folded(part) in known), None)
        if field is not None:
            found.setdefault(field, place)
    return found
