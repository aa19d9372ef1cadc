"""What comes once the page is there: growth, own interviews, the warnings' record, the landing."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Scoring
from common import formats
from kpi.queries.plans.outlook import LandingLine
from kpi.queries.plans.standing import standing
from kpi.queries.start.growth import Began, Grown, began, grown
from kpi.queries.warnings.record import Record, record
from people.models import User


@dataclass(frozen=True, slots=True)
class Later:
    """`landing` is None where neither past nor plan says anything; words are short sums."""

    landing: LandingLine | None
    record: Record
    grown: list[Grown]
    began: Began | None
    value: str = ""
    low: str = ""
    high: str = ""
    planned: str = ""


def later(user: User, today: dt.date, currency: str) -> Later:
    """For directors: the company's. A constant number of queries."""
    scoring = Scoring.current()
    company = standing(user, scoring.as_of or today).company
    landing = company.landing if company else None
    told, more = record(user), grown(user, compares=scoring.compares)
    services = began(user)
    if landing is None:
        return Later(None, told, more, services)
    low, high, planned = (
        "" if one is None else formats.money_short(one, currency)
        for one in (landing.low, landing.high, landing.planned)
    )
    value = formats.money_short(landing.value, currency)
    return Later(landing, told, more, services, value, low, high, planned)
