"""From an Import row to the rows of a file of people, by the columns somebody named."""

from collections.abc import Collection, Iterator

from common import imports
from common.models import Import
from common.reading import detect
from common.reading.cells import Cells
from common.reading.errors import FileUnusable, Reject, Rejected
from common.reading.expressions import column_number
from common.reading.layout import Layout
from common.reading.rows import open_rows


class PeopleFile:
    """`reader`, which a subclass makes, reads one row. FileUnusable where the columns do not fit
    the file or its rows are too many; the subclass has the words for both."""

    fields: Collection[str]
    required: Collection[str]
    most_rows: int
    unmapped: str
    too_many: str
    reader: Cells

    def __init__(self, batch: Import):
        self.layout = Layout.from_dict(batch.dialect)
        self.path = detect.readable(imports.source_of(batch), self.layout)
        columns = {
            field: column_number(name, self.layout.columns)
            for field, name in batch.mapping.items()
            if name and field in self.fields
        }
        self.columns = {field: n for field, n in columns.items() if n is not None}
        if not self.columns.keys() >= set(self.required):
            raise FileUnusable("unmapped", self.unmapped)

    def survey(self, *, dates: Collection[int] = (), ids: Collection[int] = ()) -> detect.Survey:
        """What must be known of all rows before the first is read."""
        found = detect.survey(self.path, self.layout, dates=set(dates), ids=set(ids))
        if found.rows > self.most_rows:
            raise FileUnusable("too_many_people", self.too_many)
        self.rows = found.rows
        return found

    def people(self) -> Iterator:
        """What the reader makes of each row, or the Reject that says why it is set aside."""
        with open_rows(self.path, self.layout) as rows:
            for number, cells in rows:
                try:
                    yield self.reader.read(number, cells)
                except Rejected as rejected:
                    value = self.reader.value(rejected.field, cells)[:200]
                    yield Reject(number, str(rejected.field), rejected.code, value)
