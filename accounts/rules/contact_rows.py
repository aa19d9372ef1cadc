"""One row of a file to one person as written there, or the reason it is set aside."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from accounts.choices import ContactField, ReachKind
from common import reaching
from common.reading.cells import Cells
from common.reading.dates import Days
from common.reading.errors import Rejected
from common.reading.values import Ids, clean

SEPARATORS = re.compile(r"\s*[;|\n]\s*")
COMMAS = re.compile(r"\s*[;,|/\n]\s*")
LANGUAGE, MOST_LANGUAGES = 40, 10
LENGTHS: dict[str, int] = {
    ContactField.ACCOUNT: 200, ContactField.NAME: 160, ContactField.OTHER_NAME: 160,
    ContactField.TITLE: 160, ContactField.ROLE: 120, ContactField.DIVISION: 120,
    ContactField.REPORTS_TO: 200, ContactField.MESSENGER: 300, ContactField.ADDRESS: 300,
}  # fmt: skip
REACHES = {
    ContactField.PHONE: (ReachKind.PHONE, "not_a_phone"),
    ContactField.EMAIL: (ReachKind.EMAIL, "not_an_email"),
    ContactField.MESSENGER: (ReachKind.MESSENGER, "text_too_long"),
    ContactField.ADDRESS: (ReachKind.ADDRESS, "text_too_long"),
}


class PersonRow(NamedTuple):
    """A person as a file tells of them; `reaches` are still as written, by field."""

    row: int
    account: str
    name: str
    other_name: str
    title: str
    role: str
    division: str
    reaches: dict[str, tuple[str, ...]]
    languages: tuple[str, ...]
    reports_to: str
    since: dt.date | None


class RowReader(Cells):
    """`columns`: field to column number; `whole`: account numbers like 17850.0 mean 17850."""

    def __init__(self, columns: Mapping[str, int], *, order: str, latest: dt.date, whole: bool):
        super().__init__(columns, LENGTHS)
        self.days = Days(order, latest)
        self.ids = Ids(whole=whole, length=LENGTHS[ContactField.ACCOUNT])

    def read(self, number: int, cells: list[str]) -> PersonRow:
        """Rejected, with its field, where something cannot be taken as written."""
        account = self.read_by(self.ids.__getitem__, ContactField.ACCOUNT, cells)
        name = self.text(ContactField.NAME, cells)
        for field, value in ((ContactField.ACCOUNT, account), (ContactField.NAME, name)):
            if not value:
                raise Rejected("missing", field)
        return PersonRow(
            row=number,
            account=account,
            name=name,
            other_name=self.text(ContactField.OTHER_NAME, cells),
            title=self.text(ContactField.TITLE, cells),
            role=self.text(ContactField.ROLE, cells),
            division=self.text(ContactField.DIVISION, cells),
            reaches={field.value: self._several(field, cells) for field in REACHES},
            languages=self._languages(cells),
            reports_to=self.text(ContactField.REPORTS_TO, cells),
            since=self.read_by(self._day, ContactField.FROM_DATE, cells),
        )

    def _several(self, field: ContactField, cells: list[str]) -> tuple[str, ...]:
        """Addresses and messengers may hold commas; numbers and e-mails may not."""
        split = COMMAS if field == ContactField.EMAIL else SEPARATORS
        text = self.value(field, cells)
        if field == ContactField.PHONE:
            text = text.replace(",", ";")
        found = tuple(one for one in map(clean, split.split(text)) if one)
        if any(len(one) > reaching.LONGEST for one in found):
            raise Rejected("text_too_long", field)
        return found

    def _languages(self, cells: list[str]) -> tuple[str, ...]:
        found = map(clean, COMMAS.split(self.value(ContactField.LANGUAGES, cells)))
        return tuple(dict.fromkeys(word[:LANGUAGE] for word in found if word))[:MOST_LANGUAGES]

    def _day(self, text: str) -> dt.date | None:
        return self.days[text] if text.strip() else None


def reaches_of(row: PersonRow, region: str) -> list[tuple[str, str, str]]:
    """(kind, as shown, as compared) of all a row tells; Rejected with its field."""
    found: dict[tuple[str, str], str] = {}
    for field, (kind, code) in REACHES.items():
        for value in row.reaches[field]:
            try:
                shown, normal = reaching.reach(kind, value, region)
            except reaching.Unfit as unfit:
                raise Rejected(code, field) from unfit
            found.setdefault((kind.value, normal), shown)
    return [(kind, shown, normal) for (kind, normal), shown in found.items()]


def may_be_one(name: str, other: str) -> bool:
    """Whether two names, plain, may be those of one person: they share a word, or one is empty."""
    return not name or not other or bool(set(name.split()) & set(other.split()))
