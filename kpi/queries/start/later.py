"""What takes longer to reckon than a page may: where the year lands, and the warnings' record."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Scoring
from common import formats
from kpi.queries.plans.outlook import LandingLine
from kpi.queries.plans.standing import standing
from kpi.queries.warnings.record import Record, record
from people.models import User


@dataclass(frozen=True, slots=True)
class Later:
    """`landing` is None where neither past nor plan says anything; words are short sums."""

    landing: LandingLine | None
    record: Record
    value: str = ""
    low: str = ""
    high: str = ""
    planned: str = ""


def later(user: User, today: dt.date, currency: str) -> Later:
    """For directors: the company's. A constant number of queries."""
    company = standing(user, Scoring.current().as_of or today).company
    landing = company.landing if company else None
    told = record(user)
    if landing is None:
        return Later(None, told)
    low, high, planned = (
        "" if one is None else formats.money_short(one, currency)
        for one in (landing.low, landing.high, landing.planned)
    )
    return Later(landing, told, formats.money_short(landing.value, currency), low, high, planned)
