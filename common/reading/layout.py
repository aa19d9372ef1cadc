"""How a file is to be read: everything detected, each part changeable by a person."""

from dataclasses import asdict, dataclass, field, replace

DELIMITERS = (",", ";", "\t", "|")
DECIMALS = (".", ",")


@dataclass(frozen=True)
class Layout:
    """`skip` rows stand before the header (or before the first row, without a header).

    `orders` holds the date order by column number, "" where the rows seen leave it open;
    `typed` says that cells carry their type from a workbook; `sure_decimal` is False where
    nothing in the sample decided between 1,234 and 1.234.
    """

    container: str = "text"
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    skip: int = 0
    header: bool = True
    columns: tuple[str, ...] = ()
    decimal: str = "."
    sure_decimal: bool = True
    orders: dict[int, str] = field(default_factory=dict)
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    typed: bool = False

    @property
    def packed(self) -> bool:
        return self.container == "gzip"

    @property
    def first_row(self) -> int:
        """Number, counted from 1, of the first row that is data."""
        return self.skip + (2 if self.header else 1)

    def as_dict(self) -> dict:
        """Plain JSON; `from_dict` reads it back."""
        kept = asdict(self)
        kept["orders"] = {str(number): order for number, order in self.orders.items()}
        return kept | {"columns": list(self.columns), "sheets": list(self.sheets)}

    @classmethod
    def from_dict(cls, kept: dict) -> "Layout":
        orders = {int(number): order for number, order in kept.get("orders", {}).items()}
        return cls(
            **kept
            | {
                "orders": orders,
                "columns": tuple(kept.get("columns", ())),
                "sheets": tuple(kept.get("sheets", ())),
            }
        )

    def with_order(self, column: int, order: str) -> "Layout":
        return replace(self, orders={**self.orders, column: order})


def column_letter(number: int) -> str:
    """0 is A, 26 is AA: the name of a column that has none."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_names(cells: list[str]) -> tuple[str, ...]:
    """Names as written; a repeated one gets its count, an empty one the letter of its column.

    Without the zero sign, which no database takes.
    """
    names: dict[str, int] = {}
    for number, cell in enumerate(cells):
        name = written = cell.replace("\x00", "").strip() or column_letter(number)
        while name in names:
            names[written] += 1
            name = f"{written} ({names[written]})"
        names[name] = 1
    return tuple(names)
