"""From an Import row to people as a file tells of them."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import ContactField
from accounts.commands.ledger_file import date_order
from accounts.rules.contact_columns import REQUIRED
from accounts.rules.contact_rows import PersonRow, RowReader
from common import imports
from common.models import Import
from common.reading import detect
from common.reading.errors import FileUnusable, Reject, Rejected
from common.reading.expressions import column_number
from common.reading.layout import Layout
from common.reading.rows import open_rows

MOST_ROWS = 50_000
AHEAD = dt.timedelta(days=366)


class ContactFile:
    """A file ready to be read; FileUnusable where the columns do not fit it."""

    def __init__(self, batch: Import):
        self.layout = Layout.from_dict(batch.dialect)
        self.path = detect.readable(imports.source_of(batch), self.layout)
        self.columns = self._columns(batch.mapping)
        dates = {self.columns[name] for name in (ContactField.FROM_DATE,) if name in self.columns}
        ids = {self.columns[ContactField.ACCOUNT]}
        survey = detect.survey(self.path, self.layout, dates=dates, ids=ids)
        self.rows = survey.rows
        if self.rows > MOST_ROWS:
            raise FileUnusable(
                "too_many_people", _("The file has more than 50,000 rows. Split it.")
            )
        said = batch.options.get("date_format", "")
        order = next((date_order(self.layout, survey, date, said) for date in dates), "")
        self.reader = RowReader(
            self.columns, order=order, latest=timezone.localdate() + AHEAD,
            whole=bool(survey.whole),
        )  # fmt: skip

    def _columns(self, mapping: dict[str, str]) -> dict[str, int]:
        columns = {
            field: column_number(name, self.layout.columns)
            for field, name in mapping.items()
            if name and field in ContactField.values
        }
        if any(columns.get(field) is None for field in REQUIRED):
            raise FileUnusable("unmapped", _("Account and name must each have a column."))
        return {field: number for field, number in columns.items() if number is not None}

    def people(self) -> Iterator[PersonRow | Reject]:
        with open_rows(self.path, self.layout) as rows:
            for number, cells in rows:
                try:
                    yield self.reader.read(number, cells)
                except Rejected as rejected:
                    value = self.reader.value(rejected.field, cells)[:200]
                    yield Reject(number, rejected.field, rejected.code, value)
