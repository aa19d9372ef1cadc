"""Which days are counted: one of the usual periods up to the reporting day, or any two days."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from common.dates import year_before

LONGEST = dt.timedelta(days=366 * 5)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included; `code` is "" for days of the reader's own."""

    code: str
    first: dt.date
    last: dt.date

    @property
    def query(self) -> str:
        return f"first={self.first.isoformat()}&last={self.last.isoformat()}"


def usual(today: dt.date) -> dict[str, tuple[str, dt.date, dt.date]]:
    """code → words, first and last day."""
    month = today.replace(day=1)
    quarter = month.replace(month=3 * ((month.month - 1) // 3) + 1)
    return {
        "year": (_("Twelve months"), year_before(today) + DAY, today),
        "this_year": (_("This year"), today.replace(month=1, day=1), today),
        "quarter": (_("This quarter"), quarter, today),
        "month": (_("This month"), month, today),
        "last_month": (_("Last month"), (month - DAY).replace(day=1), month - DAY),
    }


def period_of(asked: Mapping[str, str], today: dt.date) -> Period:
    """ValueError for days that are none, stand the wrong way round or lie years apart."""
    known = usual(today)
    if asked.get("first") or asked.get("last"):
        first, last = parse_date(asked.get("first", "")), parse_date(asked.get("last", ""))
        if first is None or last is None or not first <= last <= first + LONGEST:
            raise ValueError("first and last are not a period")
        return Period("", first, last)
    code = asked.get("period", "year")
    if code not in known:
        raise ValueError(f"unknown period: {code[:40]}")
    _words, first, last = known[code]
    return Period(code, first, last)
