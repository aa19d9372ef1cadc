"""The shapes that start pages are made of."""

from dataclasses import dataclass, field
from decimal import Decimal

from common import formats

CHANGE = '<b class="{}">{}</b>'


@dataclass(frozen=True, slots=True)
class Why:
    """Behind a figure: one sentence, its inputs as (label, value), the rule, a way to the rows."""

    sentence: str
    inputs: list[tuple[str, str]] = field(default_factory=list)
    rule: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure; value "" is not known yet."""

    label: str
    value: str = ""
    unit: str = ""
    note: str = ""
    spark: list | None = None
    spark_label: str = ""
    meter: tuple[float, float, float | None] | None = None  # value, full, tick
    why: Why | None = None
    cells: list[bool] | None = None  # one for each that is counted: kept or lost


@dataclass(frozen=True, slots=True)
class Action:
    label: str
    url: str
    is_primary: bool = False
    method: str = "get"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to decide: a sentence, one line of evidence, what is at stake, where to act."""

    sentence: str
    evidence: str
    action: Action
    stake: Decimal | None = None
    stake_words: str = ""
    period: str = ""
    about: int | None = None  # the account it concerns
    is_standing: bool = False  # true today as every day: listed after what is new
    is_urgent: bool = False  # other figures may be wrong because of it


def short_money(value: Decimal | None, currency: str) -> tuple[str, str]:
    """Figure and unit of a sum apart, as a tile sets them: ("1.24", "M €")."""
    if value is None:
        return "", ""
    figure, unit = formats.shortened(value)
    symbol = formats.currency_symbol(currency, formats.language())
    return figure, f"{unit}{formats.NBSP}{symbol}".strip()


def change_of(now: Decimal, before: Decimal | None) -> Decimal | None:
    """A signed share; None when there is nothing to compare with."""
    return (now - before) / before if before and before > 0 else None
