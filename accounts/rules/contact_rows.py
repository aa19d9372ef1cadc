"""One row of a file to one person as written there, or the reason it is set aside."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from accounts.choices import ContactField, ReachKind
from common import reaching
from common.reading.dates import Days
from common.reading.errors import Rejected
from common.reading.values import TYPED, Ids, clean

SEPARATORS = re.compile(r"\s*[;|\n]\s*")
COMMAS = re.compile(r"\s*[;,|/\n]\s*")
LANGUAGE, MOST_LANGUAGES = 40, 10
LENGTHS = {
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


class RowReader:
    """`columns`: field to column number; `whole`: account numbers like 17850.0 mean 17850."""

    def __init__(self, columns: Mapping[str, int], *, order: str, latest: dt.date, whole: bool):
        self.columns = columns
        self.days = Days(order, latest)
        self.ids = Ids(whole=whole, length=LENGTHS[ContactField.ACCOUNT])

    def read(self, number: int, cells: list[str]) -> PersonRow:
        """Rejected, with its field, where something cannot be taken as written."""
        account = self._one(ContactField.ACCOUNT, cells, self.ids.__getitem__)
        name = self._text(ContactField.NAME, cells)
        for field, value in ((ContactField.ACCOUNT, account), (ContactField.NAME, name)):
            if not value:
                raise Rejected("missing", field)
        return PersonRow(
            row=number,
            account=account,
            name=name,
            other_name=self._text(ContactField.OTHER_NAME, cells),
            title=self._text(ContactField.TITLE, cells),
            role=self._text(ContactField.ROLE, cells),
            division=self._text(ContactField.DIVISION, cells),
            reaches={field.value: self._several(field, cells) for field in REACHES},
            languages=self._languages(cells),
            reports_to=self._text(ContactField.REPORTS_TO, cells),
            since=self._one(ContactField.FROM_DATE, cells, self._day),
        )

    def value(self, field: str, cells: list[str]) -> str:
        """The cell as people see it."""
        column = self.columns.get(field)
        if column is None or column >= len(cells):
            return ""
        return cells[column][2:] if cells[column].startswith(TYPED) else cells[column]

    def _one(self, field: ContactField, cells: list[str], read: Callable):
        column = self.columns.get(field)
        text = cells[column] if column is not None and column < len(cells) else ""
        try:
            return read(text)
        except Rejected as rejected:
            rejected.field = field
            raise

    def _text(self, field: ContactField, cells: list[str]) -> str:
        text = " ".join(clean(self.value(field, cells)).split())
        if len(text) > LENGTHS[field]:
            raise Rejected("text_too_long", field)
        if text.startswith("#") and text.rstrip("!?/").replace("/", "").isupper():
            raise Rejected("error_cell", field)
        return text

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
