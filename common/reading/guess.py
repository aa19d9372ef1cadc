"""Which column is which field, guessed from names people and programs give them."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from django.db.models import TextChoices

FIELDS = (
    "customer",
    "customer_name",
    "date",
    "amount",
    "quantity",
    "unit_price",
    "cost",
    "document",
    "line",
    "product",
    "product_name",
    "service_line",
    "currency",
    "status",
    "country",
    "parent",
)
REQUIRED = ("customer", "date", "amount")


def tidy(cell: str) -> str:
    """A header as people read it: one line, single blanks, without the star of a template."""
    return re.sub(r"\s+", " ", cell.replace("\ufeff", "")).strip().rstrip("*").strip()


def folded(name: str) -> str:
    """Without case, accents, punctuation: `Invoice_No.` and `invoice no` are one name."""
    spaced = re.sub(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])", " ", name)
    plain = unicodedata.normalize("NFKD", spaced.casefold().replace("ё", "е"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^\w]+|_", " ", plain).strip()


def _known() -> dict[str, str]:
    known: dict[str, str] = {}
    for row in Path(__file__).with_name("header_names.txt").read_text("utf-8").splitlines():
        field, _mark, names = row.partition(":")
        if field in FIELDS:
            for name in names.split("|"):
                known.setdefault(folded(name), field)
    return known


_FIELD = _known()


def field_of(name: str, known: Mapping[str, str] = _FIELD) -> str:
    """The field a header means, or ""; `Deal - Value` and `Value (deal)` by their parts too."""
    parts = (tidy(name), re.sub(r"\(.*?\)", "", name), name.rpartition(" - ")[2])
    return next((known[folded(part)] for part in parts if folded(part) in known), "")


class Guesser:
    """Finds the columns of other files: `names` are those people give a field, with "|" between;
    our own export is recognised in the reader's language."""

    def __init__(self, fields: type[TextChoices], names: Mapping[str, str]):
        self.fields, self.known = fields, dict[str, str]()
        for field, words in names.items():
            for word in words.split("|"):
                self.known.setdefault(folded(word), str(field))

    def __call__(self, columns: tuple[str, ...]) -> dict[str, str]:
        """Field to column, each column used once."""
        ours = {folded(str(field.label)): field.value for field in self.fields}
        mapping: dict[str, str] = {}
        for name in columns:
            if field := field_of(name, self.known | ours):
                mapping.setdefault(field, name)
        return mapping


def guess_mapping(columns: tuple[str, ...]) -> dict[str, str]:
    """Field to expression, each column used once; a missing amount from quantity and price,
    a missing customer id from the customer's name."""
    mapping: dict[str, str] = {}
    for name in columns:
        field = field_of(name)
        if field and field not in mapping:
            mapping[field] = name
    if "amount" not in mapping and {"quantity", "unit_price"} <= mapping.keys():
        mapping["amount"] = f"{mapping['quantity']}*{mapping['unit_price']}"
    if "customer" not in mapping and "customer_name" in mapping:
        mapping["customer"] = mapping["customer_name"]
    if "product" not in mapping and "product_name" in mapping:
        mapping["product"] = mapping["product_name"]
    return mapping
