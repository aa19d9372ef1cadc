"""What a person says about columns: `amount=Quantity*UnitPrice`, `Country!=France`."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from common.reading.errors import FileUnusable
from common.reading.guess import folded


@dataclass(frozen=True)
class Source:
    """Where a field comes from: one column, or the product of two."""

    column: int
    factor: int | None = None


@dataclass(frozen=True)
class Condition:
    """Rows are read only where the cell equals the value (or, negated, differs from it)."""

    column: int
    value: str
    negated: bool

    def holds(self, cell: str) -> bool:
        return (cell.strip() == self.value) != self.negated


def column_number(name: str, columns: tuple[str, ...]) -> int | None:
    """The place of a column by its exact name, else by its name without case and accents."""
    if name in columns:
        return columns.index(name)
    same = [place for place, column in enumerate(columns) if folded(column) == folded(name)]
    return same[0] if len(same) == 1 else None


def _unknown(name: str, columns: tuple[str, ...]) -> FileUnusable:
    return FileUnusable(
        "unknown_column",
        _("There is no column “%(name)s” in the file. It has: %(columns)s.")
        % {"name": name, "columns": ", ".join(columns[:40])},
    )


def parse_source(text: str, columns: tuple[str, ...]) -> Source:
    """`Column` or `Column*Column`; a column that itself holds a star is found first."""
    if (column := column_number(text.strip(), columns)) is not None:
        return Source(column)
    for cut in [place for place, sign in enumerate(text) if sign in "*×"]:
        left = column_number(text[:cut].strip(), columns)
        right = column_number(text[cut + 1 :].strip(), columns)
        if left is not None and right is not None:
            return Source(left, right)
    raise _unknown(text.strip(), columns)


def parse_mapping(
    pairs: Iterable[str], columns: tuple[str, ...], fields: Iterable[str]
) -> dict[str, Source]:
    """`field=column` pairs to sources; raises FileUnusable naming the first that is wrong."""
    sources = {}
    for pair in pairs:
        field, mark, text = pair.partition("=")
        field = field.strip()
        if not mark or not text.strip():
            raise FileUnusable(
                "bad_pair", _("“%(pair)s” is not of the form field=column.") % {"pair": pair}
            )
        if field not in fields:
            raise FileUnusable(
                "unknown_field",
                _("There is no field “%(field)s”. Fields are: %(fields)s.")
                % {"field": field, "fields": ", ".join(fields)},
            )
        sources[field] = parse_source(text, columns)
    return sources


def parse_condition(text: str, columns: tuple[str, ...]) -> Condition:
    """`COLUMN=VALUE` or `COLUMN!=VALUE`, cut where the left side names a column."""
    for cut in [place for place, sign in enumerate(text) if sign == "="]:
        negated = text[:cut].endswith("!")
        column = column_number(text[: cut - negated].strip(), columns)
        if column is not None:
            return Condition(column, text[cut + 1 :].strip(), negated)
    if "=" not in text:
        raise FileUnusable(
            "bad_condition",
            _("“%(text)s” is not of the form COLUMN=VALUE or COLUMN!=VALUE.") % {"text": text},
        )
    raise _unknown(text.partition("=")[0].rstrip("!"), columns)
