"""From an Import row to people as a file tells of them."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import ContactField
from accounts.commands.ledger_file import date_order
from accounts.rules.contact_columns import REQUIRED
from accounts.rules.contact_rows import RowReader
from common.models import Import
from common.people_file import PeopleFile

AHEAD = dt.timedelta(days=366)


class ContactFile(PeopleFile):
    """A file ready to be read: PersonRow or Reject for each row."""

    fields, required, most_rows = ContactField.values, REQUIRED, 50_000
    unmapped = _("Account and name must each have a column.")
    too_many = _("The file has more than 50,000 rows. Split it.")

    def __init__(self, batch: Import):
        super().__init__(batch)
        dates = {self.columns[name] for name in (ContactField.FROM_DATE,) if name in self.columns}
        survey = self.survey(dates=dates, ids={self.columns[ContactField.ACCOUNT]})
        said = batch.options.get("date_format", "")
        order = next((date_order(self.layout, survey, date, said) for date in dates), "")
        self.reader = RowReader(
            self.columns, order=order, latest=timezone.localdate() + AHEAD,
            whole=bool(survey.whole),
        )  # fmt: skip
