"""Data of a chart for json_script: values, words and the reader's number format.

static/js/charts.js draws them; what it says, it has from here, so that it speaks every language.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats

MOST_COLUMNS = 400


def pareto(
    accounts: Sequence[dict],
    *,
    cuts: Sequence[dict],
    currency: str,
    movable: bool = False,
    by_margin: bool = False,
) -> dict:
    """Columns by rank and the running share.

    accounts, largest first: name, value, share, running, tier; optionally url and mark
    ("enter" or "leave"). cuts: key, share (0.8), title ("13 customers, 80 %"), note ("A ends"),
    optionally was (the share of the policy in force). Beyond MOST_COLUMNS the tail is put together;
    a caller who has done that gives count, and the mean as value.
    """
    return {
        **number_format(currency),
        "columns": thinned([chart_column(account) for account in accounts]),
        "total": sum(account.get("count", 1) for account in accounts),
        "cuts": [{**cut, "share": float(cut["share"])} for cut in cuts],
        "movable": movable,
        "words": {
            "axis": _("customers by margin") if by_margin else _("customers by revenue"),
            "running": _("cumulative share"),
            "running_head": _("Cumulative share"),
            "rank": _("No."),
            "name": _("Customer"),
            "value": _("Margin") if by_margin else _("Revenue"),
            "share": _("Share"),
            "with_before": _("with those before"),
            "tier": _("Tier"),
            "more": _("%s more"),
            "customers": plural_forms(lambda n: ngettext("%s customer", "%s customers", n)),
            "columns": _("Customers in order; arrow keys move"),
            "cut": _("Cut after tier %s; arrow keys move it"),
            "enter": _("would become a key account"),
            "leave": _("would no longer be a key account"),
            "empty": _("No revenue in these twelve months"),
        },
    }


def plural_forms(words: Callable[[int], str]) -> dict[str, str]:
    """The forms a script may need, by the names of Intl.PluralRules (one, few, many, other)."""
    rule = formats.locale_of(formats.language()).plural_form
    return {rule(n): words(n) for n in (1_000_000, 100, 5, 2, 1)}


def chart_column(account: dict) -> dict:
    return {
        "name": str(account["name"]),
        "value": float(account["value"]),
        "share": float(account["share"]),
        "running": float(account["running"]),
        "tier": account["tier"],
        "url": account.get("url", ""),
        "mark": account.get("mark", ""),
        "count": account.get("count", 1),
    }


def thinned(columns: list[dict]) -> list[dict]:
    """The tail in equal groups; a group has count and no name, its value is the mean."""
    if len(columns) <= MOST_COLUMNS:
        return columns
    head, tail = columns[: MOST_COLUMNS // 2], columns[MOST_COLUMNS // 2 :]
    size = -(-len(tail) // (MOST_COLUMNS // 2))
    groups = (tail[start : start + size] for start in range(0, len(tail), size))
    return head + [together(group) for group in groups]


def together(group: list[dict]) -> dict:
    return {
        "name": "",
        "value": sum(column["value"] for column in group) / len(group),
        "share": sum(column["share"] for column in group),
        "running": group[-1]["running"],
        "tier": group[len(group) // 2]["tier"],
        "url": "",
        "mark": next((column["mark"] for column in group if column["mark"]), ""),
        "count": len(group),
    }


def trend(
    series: Sequence[dict],
    *,
    currency: str = "",
    unit: str = "",
    is_share: bool = False,
    from_zero: bool = False,
    decimals: int | None = None,
) -> dict:
    """Lines over days. series: name, points ((day, value or None), oldest first), optionally tone.

    tone: main, ink, low, old, 2, 3, 4. Values are shares of one when is_share.
    """
    return {
        **number_format(currency, unit=unit, is_share=is_share, decimals=decimals),
        "series": [
            {
                "name": str(line["name"]),
                "tone": line.get("tone", "main" if index == 0 else "low"),
                "points": [chart_point(day, value) for day, value in line["points"]],
            }
            for index, line in enumerate(series)
        ],
        "from_zero": from_zero,
        "words": {
            "when": _("Day"),
            "points": _("Arrow keys move from day to day"),
            "unknown": _("not known"),
            "empty": _("Nothing to draw yet"),
        },
    }


def chart_point(day: date, value: float | Decimal | None) -> list:
    return [day.isoformat(), formats.day(day), None if value is None else float(value)]


def columns(
    months: Sequence[dict], *, currency: str, now_label: str = "", before_label: str = ""
) -> dict:
    """Columns by month against the year before.

    months, oldest first: day (any of the month), value, optionally before and tone (dan, grey).
    """
    return {
        **number_format(currency),
        "columns": [
            {
                "letter": formats.month_letter(month["day"]),
                "name": formats.month(month["day"], "short"),
                "value": None if month["value"] is None else float(month["value"]),
                "before": None if month.get("before") is None else float(month["before"]),
                "tone": month.get("tone", ""),
            }
            for month in months
        ],
        "words": {
            "when": _("Month"),
            "now": now_label or _("Revenue"),
            "before": before_label or _("A year before"),
            "points": _("Arrow keys move from month to month"),
            "unknown": _("not known"),
            "empty": _("No orders in these twelve months"),
        },
    }


def number_format(
    currency: str = "", *, unit: str = "", is_share: bool = False, decimals: int | None = None
) -> dict:
    code = formats.language()
    symbol = formats.currency_symbol(currency, code) if currency else unit
    return {
        "format": {
            "language": code,
            "symbol": "%" if is_share else symbol,
            "is_share": is_share,
            "decimals": decimals,
            "units": list(formats.SHORT_UNITS[code]) if currency else [],
        }
    }
