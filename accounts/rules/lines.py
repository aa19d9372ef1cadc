"""One row of a file to one ledger line, or the reason it is set aside. Made for millions of rows.

The same file gives the same lines: a line is known by its document and its number, or by its
place among the document's rows, or by the row's number in the file.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from accounts.choices import LineStatus
from common.reading.dates import Days
from common.reading.errors import Reject, Rejected
from common.reading.expressions import Condition, Source
from common.reading.values import Currencies, Ids, Names, Numbers, Remembered, in_units, times

ID_FIELDS = ("customer", "parent", "document", "line", "product")
TOTAL_ROW = re.compile(r"\W*(?:grand |sub)?(?:total|totale|итого|всего)\b", re.IGNORECASE)
_STATUSES = {
    LineStatus.CANCELLED: (
        "cancelled canceled void voided deleted annulled отменен отменён отменено аннулирован "
        "удален удалён anulado anulada cancelado cancelada annullato annullata"
    ),
    LineStatus.OPEN: (
        "open draft pending unpaid-order ordered черновик открыт заказ новый abierto abierta "
        "pendiente borrador aperto aperta bozza"
    ),
    LineStatus.CREDIT: (
        "credit credit-note creditnote refund refunded return returned возврат кредит-нота "
        "сторно abono devolución devolucion nota-de-crédito nota-di-credito reso storno"
    ),
}
STATUS_WORDS = {word: status for status, words in _STATUSES.items() for word in words.split()}


class Line(NamedTuple):
    """Amounts are whole 1/10,000 of the currency, rounded half-up to its exponent."""

    document: str
    line: str
    day: dt.date
    customer: str
    product: str
    service_line: str
    quantity: str | None
    currency: str
    amount: int
    cost: int | None
    status: str
    digest: int
    cells: list[str]


@dataclass(frozen=True)
class Terms:
    """How rows are to be read. `whole` holds id columns of whole numbers; `exponents` gives the
    decimals of a currency; `latest` is the last day believed."""

    mapping: Mapping[str, Source]
    decimal: str
    orders: Mapping[int, str]
    whole: frozenset[int]
    where: tuple[Condition, ...]
    currency: str
    currencies: frozenset[str]
    exponents: Callable[[str], int]
    latest: dt.date
    lengths: Mapping[str, int] = field(default_factory=dict)


class Optional(Remembered):
    """Reads an empty cell as `empty` and leaves the rest to another reader."""

    def __init__(self, inner: Remembered, empty=None):
        super().__init__()
        self.inner, self.empty = inner, empty

    def read(self, text: str):
        return self.inner.read(text) if text.strip() else self.empty


class Quantities(Numbers):
    """Quantities as the text a decimal column takes, at most four decimals."""

    def read(self, text: str) -> str:
        units = in_units(super().read(text), 4)
        sign = "-" if units < 0 else ""
        whole, part = divmod(abs(units), 10_000)
        return f"{sign}{whole}.{part:04d}" if part else f"{sign}{whole}"


def status_of(text: str, amount: int) -> str:
    """The status meant by a word; without one, a negative line is a credit."""
    word = "-".join(text.casefold().split())
    return STATUS_WORDS.get(word) or (LineStatus.CREDIT if amount < 0 else LineStatus.INVOICED)


def digest_of(*parts: object) -> int:
    """Sixty-four bits of the content, signed as databases keep them."""
    text = "\x1f".join(map(str, parts)).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big", signed=True)


def _cell_reader(name: str, source: Source | None, remembered: Remembered, default=None):
    """cells → value. An unmapped field gives `default`, as does a row that ends too early."""
    if source is None:
        return lambda cells: default
    column = source.column

    def read(cells):
        try:
            return remembered[cells[column]]
        except IndexError:
            return default
        except Rejected as rejected:
            rejected.field = name
            raise

    return read


class LineReader:
    """Turns rows into lines. `filtered` counts the rows that the conditions left out."""

    def __init__(self, terms: Terms):
        self.terms = terms
        self.filtered = 0
        self._positions: dict[str, int] = {}
        self._lines: set[int] = set()
        self._exponents: dict[str, int] = {}
        mapping, numbers = terms.mapping, Numbers(terms.decimal, terms.currency)
        self._who = self.id_reader("customer")
        self._document, self._line = self.id_reader("document"), self.id_reader("line")
        self._product = self.id_reader("product")
        order = terms.orders.get(mapping["date"].column, "")
        self._day = _cell_reader("date", mapping["date"], Days(order, terms.latest))
        self._service_line = self._name("service_line")
        self._status = self._name("status")
        optional = Optional(Quantities(terms.decimal))
        self._quantity = _cell_reader("quantity", mapping.get("quantity"), optional)
        self._cost = _cell_reader("cost", mapping.get("cost"), Optional(numbers))
        known = Currencies(terms.currencies, terms.currency)
        self._currency = _cell_reader("currency", mapping.get("currency"), known, terms.currency)
        self._amount = self._amount_reader(numbers)

    def id_reader(self, name: str):
        """cells → identifier, "" where the file has none."""
        source = self.terms.mapping.get(name)
        whole = source is not None and source.column in self.terms.whole
        length = self.terms.lengths.get(name, 80)
        return _cell_reader(name, source, Ids(whole=whole, length=length), "")

    def _name(self, name: str):
        length = self.terms.lengths.get(name, 60)
        return _cell_reader(name, self.terms.mapping.get(name), Names(length), "")

    def _amount_reader(self, numbers: Numbers):
        mapping = self.terms.mapping
        source = mapping.get("amount")
        if source is None:
            source = Source(mapping["quantity"].column, mapping["unit_price"].column)
        first = _cell_reader("amount", Source(source.column), numbers)
        if source.factor is None:
            return first
        second = _cell_reader("amount", Source(source.factor), numbers)

        def product(cells):
            left, right = first(cells), second(cells)
            return None if left is None or right is None else times(left, right)

        return product

    def lines(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[Line | Reject]:
        """One result for each row that the conditions let through."""
        where = self.terms.where
        for number, cells in rows:
            place = self._place(number, cells)
            if where and not all(
                one.holds(cells[one.column] if one.column < len(cells) else "") for one in where
            ):
                self.filtered += 1
                continue
            try:
                yield self._read(place, cells)
            except Rejected as rejected:
                yield self._reject(number, cells, rejected)

    def _place(self, number: int, cells: list[str]) -> tuple[str, str] | Rejected:
        """Document and line; counted before any condition, so that these do not move lines."""
        try:
            document = self._document(cells)
            if not document:
                return str(number), "1"
            place = self._positions[document] = self._positions.get(document, 0) + 1
            return document, self._line(cells) or str(place)
        except Rejected as rejected:
            return rejected

    def _read(self, place: tuple[str, str] | Rejected, cells: list[str]) -> Line:
        if isinstance(place, Rejected):
            raise place
        customer = self._who(cells)
        if not customer:
            raise Rejected("missing", "customer")
        day, number = self._day(cells), self._amount(cells)
        if day is None or number is None:
            raise Rejected("missing", "date" if day is None else "amount")
        currency = self._currency(cells)
        exponent = self._exponent(currency)
        amount = in_units(number, exponent)
        cost = self._cost(cells)
        cost = None if cost is None else in_units(cost, exponent)
        status = status_of(self._status(cells), amount)
        product, service_line = self._product(cells), self._service_line(cells)
        quantity = self._quantity(cells)
        document, line = place
        if "line" in self.terms.mapping:
            self._refuse_twice(document, line)
        digest = digest_of(
            customer, day.toordinal(), product, service_line, quantity, currency, amount, cost,
            status,
        )  # fmt: skip
        return Line(
            document, line, day, customer, product, service_line, quantity, currency, amount,
            cost, status, digest, cells,
        )  # fmt: skip

    def _exponent(self, currency: str) -> int:
        if currency not in self._exponents:
            self._exponents[currency] = self.terms.exponents(currency)
        return self._exponents[currency]

    def _refuse_twice(self, document: str, line: str) -> None:
        """Sixty-four bits per line stand for its text, to keep two million in little memory."""
        key = digest_of(document, line)
        if key in self._lines:
            raise Rejected("duplicate_line", "line")
        self._lines.add(key)

    def _reject(self, number: int, cells: list[str], rejected: Rejected) -> Reject:
        name = rejected.field
        source = self.terms.mapping.get(name)
        value = cells[source.column] if source and source.column < len(cells) else ""
        code = rejected.code
        if code == "missing" and any(map(TOTAL_ROW.match, cells[:3])):
            code = "total_row"
        elif code == "missing" and source and source.column >= len(cells):
            code = "short_row"
        return Reject(number, name, code, value[:200])

    @property
    def documents(self) -> Iterable[str]:
        """Documents met so far (empty where none is mapped)."""
        return self._positions.keys()
