"""One row of a file to one candidate as written there, or the reason it is set aside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from common import reaching
from common.folding import fold
from common.reading.errors import Rejected
from common.reading.values import TYPED, Numbers, as_decimal, clean
from hiring.choices import CandidateField, Source

SEPARATORS = re.compile(r"\s*[;|,\n]\s*")
LENGTHS = {
    CandidateField.NAME: 160, CandidateField.OTHER_NAME: 160, CandidateField.TITLE: 160,
    CandidateField.EMPLOYER: 160, CandidateField.CITY: 80, CandidateField.COUNTRY: 80,
    CandidateField.CURRENCY: 3, CandidateField.SOURCE: 60, CandidateField.SUMMARY: 4_000,
}  # fmt: skip
REACHES = {
    CandidateField.PHONE: ("phone", "not_a_phone"),
    CandidateField.EMAIL: ("email", "not_an_email"),
    CandidateField.MESSENGER: ("messenger", "text_too_long"),
    CandidateField.PROFILE: ("profile", "unknown_value"),
}
MOST_YEARS = 70


@dataclass(frozen=True)
class CandidateRow:
    """A person as a file tells of them; `reaches`: {(kind, as compared): as shown}."""

    row: int
    fields: dict
    reaches: dict[tuple[str, str], str] = field(default_factory=dict)


class Aside(NamedTuple):
    """A row set aside: its number in the file, the field, a key of REASONS, the text found."""

    row: int
    field: str
    code: str
    value: str


class RowReader:
    """`columns`: field to column number; `countries`: folded name or code to code; `sources`:
    folded word to Source; `currency` of a wish that names none; `region` for phones."""

    def __init__(
        self,
        columns: Mapping[str, int],
        *,
        decimal: str,
        region: str,
        currency: str,
        countries: Mapping[str, str],
        sources: Mapping[str, str],
    ):
        self.columns, self.region, self.currency = columns, region, currency
        self.countries, self.sources = countries, sources
        self.amounts = Numbers(decimal)

    def read(self, number: int, cells: list[str]) -> CandidateRow:
        """Rejected, with its field, where something cannot be taken as written."""
        texts = {name: self._text(name, cells) for name in LENGTHS}
        if not texts[CandidateField.NAME]:
            raise Rejected("missing", CandidateField.NAME)
        country = self._word(CandidateField.COUNTRY, texts, self.countries, "")
        source = self._word(CandidateField.SOURCE, texts, self.sources, Source.DATABASE)
        pay = self._number(CandidateField.PAY, cells)
        years = self._number(CandidateField.YEARS, cells)
        if years is not None and not 0 <= years <= MOST_YEARS:
            raise Rejected("not_a_number", CandidateField.YEARS)
        if pay is not None and pay < 0:
            raise Rejected("not_a_number", CandidateField.PAY)
        fields = {str(name): texts[name] for name in LENGTHS} | {
            "country": country,
            "source": source,
            "pay_wish": pay,
            "pay_currency": "" if pay is None else texts[CandidateField.CURRENCY] or self.currency,
            "years_in_sales": None if years is None else int(years),
        }
        return CandidateRow(number, fields, self._reaches(cells, country or self.region))

    def value(self, name: str, cells: list[str]) -> str:
        """The cell as people see it."""
        column = self.columns.get(name)
        if column is None or column >= len(cells):
            return ""
        return cells[column][2:] if cells[column].startswith(TYPED) else cells[column]

    def _text(self, name: CandidateField, cells: list[str]) -> str:
        text = " ".join(clean(self.value(name, cells)).split())
        if len(text) > LENGTHS[name]:
            raise Rejected("text_too_long", name)
        if text.startswith("#") and text.rstrip("!?/").replace("/", "").isupper():
            raise Rejected("error_cell", name)
        return text.upper() if name == CandidateField.CURRENCY else text

    @staticmethod
    def _word(name: CandidateField, texts: Mapping, known: Mapping[str, str], none: str) -> str:
        text = texts[name]
        if text and fold(text) not in known:
            raise Rejected("unknown_value", name)
        return known[fold(text)] if text else none

    def _number(self, name: CandidateField, cells: list[str]):
        column = self.columns.get(name)
        text = cells[column] if column is not None and column < len(cells) else ""
        if not clean(text):
            return None
        try:
            return as_decimal(self.amounts[text])
        except Rejected as rejected:
            rejected.field = name
            raise

    def _reaches(self, cells: list[str], region: str) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for name, (kind, code) in REACHES.items():
            for one in SEPARATORS.split(self.value(name, cells)):
                if not (text := clean(one)):
                    continue
                try:
                    shown, normal = reaching.reach(kind, text, region)
                except reaching.Unfit as unfit:
                    raise Rejected(code, name) from unfit
                found.setdefault((kind, normal), shown)
        return found
