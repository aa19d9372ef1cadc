"""One row of a file to one candidate as written there, or the reason it is set aside."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from common import reaching
from common.folding import fold
from common.reading.cells import Cells
from common.reading.errors import Rejected
from common.reading.values import TYPED, Numbers, as_decimal, clean, currency_in
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
# What people write where they know nothing, or where it is still open.
NOTHING = frozenset(["", "-", "–", "—", "?", "n/a", "no", "none", "нет", "нету", "н/д", "н.д."])
NEGOTIABLE = frozenset(
    ["negotiable", "договорная", "по договоренности", "по договорённости",
     "по итогам собеседования", "a convenir", "da concordare", "trattabile"]
)  # fmt: skip
FROM = re.compile(r"(?:от|from|desde|da|ab)\s+", re.IGNORECASE)
THOUSANDS = re.compile(r"\s*(?:к|k|тыс\.?|т\.\s?р\.?|tsd\.?)$", re.IGNORECASE)
YEARS = re.compile(
    r"(\d{1,2})(?:[.,]\d+)?\s*\+?(?:\s*(?:г|г\.|год|года|лет|y|yrs?|years?|años?|ann[io]))?"
    r"(?:\s*\d{1,2}\s*(?:м|мес|месяц|mon|mes)\w*\.?)?",
    re.IGNORECASE,
)
NOT_A_YEAR = frozenset(
    ["до 1 года", "до года", "меньше года", "без опыта", "нет опыта", "less than a year",
     "no experience", "sin experiencia", "senza esperienza"]
)  # fmt: skip


def is_nothing(text: str) -> bool:
    return text.casefold() in NOTHING


@dataclass(frozen=True)
class CandidateRow:
    """A person as a file tells of them; `reaches`: {(kind, as compared): as shown}."""

    row: int
    fields: dict
    reaches: dict[tuple[str, str], str] = field(default_factory=dict)


class RowReader(Cells):
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
        super().__init__(columns, LENGTHS)
        self.region, self.currency = region, currency
        self.countries, self.sources = countries, sources
        self.amounts, self.otherwise = Numbers(decimal), Numbers("," if decimal == "." else ".")

    def read(self, number: int, cells: list[str]) -> CandidateRow:
        """Rejected, with its field, where something cannot be taken as written."""
        texts = {name: self.text(name, cells) for name in LENGTHS}
        if not texts[CandidateField.NAME]:
            raise Rejected("missing", CandidateField.NAME)
        country = self._word(CandidateField.COUNTRY, texts, self.countries, "")
        source = self._word(CandidateField.SOURCE, texts, self.sources, Source.DATABASE)
        pay, written = self._pay(cells)
        currency = texts[CandidateField.CURRENCY].upper() or written or self.currency
        fields = {str(name): texts[name] for name in LENGTHS} | {
            "country": country,
            "source": source,
            "pay_wish": pay,
            "pay_currency": "" if pay is None else currency,
            "years_in_sales": self._years(cells),
        }
        return CandidateRow(number, fields, self._reaches(cells, country or self.region))

    @staticmethod
    def _word(name: CandidateField, texts: Mapping, known: Mapping[str, str], none: str) -> str:
        text = texts[name]
        if is_nothing(text):
            return none
        if fold(text) not in known:
            raise Rejected("unknown_value", name)
        return known[fold(text)]

    def _pay(self, cells: list[str]) -> tuple[Decimal | None, str]:
        """(a month, the currency written beside it): `from 150k €` is 150,000 euros."""
        text = FROM.sub("", clean(self.value(CandidateField.PAY, cells)), count=1)
        currency, text = currency_in(text)
        if is_nothing(text) or text.casefold() in NEGOTIABLE:
            return None, ""
        bare = THOUSANDS.sub("", text)

        def read(cell: str) -> Decimal:
            try:
                return as_decimal(self.amounts[cell if cell.startswith(TYPED) else bare])
            except Rejected as rejected:  # many hands write with many marks
                if rejected.code != "bad_grouping":
                    raise
                return as_decimal(self.otherwise[bare])

        pay = self.read_by(read, CandidateField.PAY, cells)
        if pay < 0:
            raise Rejected("not_a_number", CandidateField.PAY)
        return pay * (1000 if bare != text else 1), currency

    def _years(self, cells: list[str]) -> int | None:
        """Whole ones: `5 лет 3 месяца` are five, `10+` ten, `до 1 года` none."""
        text = clean(self.value(CandidateField.YEARS, cells))
        if is_nothing(text):
            return None
        if text.casefold() in NOT_A_YEAR:
            return 0
        found = YEARS.fullmatch(text)
        if found is None or int(found[1]) > MOST_YEARS:
            raise Rejected("not_a_number", CandidateField.YEARS)
        return int(found[1])

    def _reaches(self, cells: list[str], region: str) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for name, (kind, code) in REACHES.items():
            for one in SEPARATORS.split(self.value(name, cells)):
                if is_nothing(text := clean(one)):
                    continue
                try:
                    shown, normal = reaching.reach(kind, text, region)
                except reaching.Unfit as unfit:
                    raise Rejected(code, name) from unfit
                found.setdefault((kind, normal), shown)
        return found
