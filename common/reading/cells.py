"""One row of a file of people: its cells as they are seen, or the reason it is set aside."""

from collections.abc import Callable, Mapping
from typing import Any

from common.reading.errors import Rejected
from common.reading.values import TYPED, clean


class Cells:
    """`columns`: field to column number; `lengths`: field to how many signs its text may have."""

    def __init__(self, columns: Mapping[str, int], lengths: Mapping[str, int]):
        self.columns, self.lengths = columns, lengths

    def value(self, field: str, cells: list[str]) -> str:
        """The cell as people see it."""
        text = self._cell(field, cells)
        return text[2:] if text.startswith(TYPED) else text

    def text(self, field: str, cells: list[str]) -> str:
        """On one line; Rejected when it is too long or an error of the spreadsheet."""
        text = " ".join(clean(self.value(field, cells)).split())
        if len(text) > self.lengths[field]:
            raise Rejected("text_too_long", field)
        if text.startswith("#") and text.rstrip("!?/").replace("/", "").isupper():
            raise Rejected("error_cell", field)
        return text

    def read_by(self, read: Callable[[str], Any], field: str, cells: list[str]) -> Any:
        """What `read` makes of the cell as the file has it; Rejected with the field."""
        try:
            return read(self._cell(field, cells))
        except Rejected as rejected:
            rejected.field = field
            raise

    def _cell(self, field: str, cells: list[str]) -> str:
        column = self.columns.get(field)
        return cells[column] if column is not None and column < len(cells) else ""
