"""Where a year will end for the company or a manager, how sure that is, and in which words."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AccountDay
from common import formats
from common.dates import is_month_end
from common.money import from_units
from kpi.queries.plans.actuals import Actuals
from kpi.rules import landing as rules
from kpi.rules import plan as plan_rules
from kpi.rules.attribution import OPEN

BEGUN_WITHIN = dt.timedelta(days=10)  # a ledger that begins so early in a year holds all of it


@dataclass(frozen=True, slots=True)
class LandingLine:
    """Where the year ends, in money; `low` and `high` are None where no past year can be tried.
    `share` is of the year's plan, None without one."""

    value: Decimal
    low: Decimal | None
    high: Decimal | None
    planned: Decimal | None
    share: float | None
    sentence: str
    rule: str = rules.VERSION


@dataclass(frozen=True)
class Past:
    """`whole`: the last years that the ledger holds whole, oldest first, without a gap before the
    planned one. `spans`: from the first day somebody had an account to the last, as ordinals."""

    sold: Actuals
    year: int
    whole: tuple[int, ...]
    spans: dict[int, tuple[int, int]]

    @property
    def end(self) -> dt.date:
        return dt.date(self.year, 12, 31)

    def months(self, year: int, owner: int | None) -> list[int]:
        if owner is None:
            return self.sold.company("sales", year)
        return self.sold.of("sales", year, owner)

    def years_of(self, owner: int | None) -> tuple[int, ...]:
        """Of the whole years those in which a manager had accounts from first to last day."""
        if owner is None:
            return self.whole
        start, end = self.spans.get(owner, (OPEN, OPEN))
        return tuple(
            year
            for year in self.whole
            if start <= dt.date(year, 1, 1).toordinal() and dt.date(year, 12, 31).toordinal() < end
        )


def past_of(sold: Actuals, year: int) -> Past:
    first = AccountDay.objects.order_by("day").values_list("day", flat=True).first()
    begun = [
        one
        for one in sorted({*sold.sales, year - 1})
        if one < year and first is not None and first <= dt.date(one, 1, 1) + BEGUN_WITHIN
    ]
    held = sold.held
    spans: dict[int, tuple[int, int]] = {}
    rows = zip(held.user.tolist(), held.start.tolist(), held.end.tolist(), strict=True)
    for user, start, end in rows:
        known = spans.get(user, (start, end))
        spans[user] = (min(known[0], start), max(known[1], end))
    return Past(sold, year, tuple(begun), spans)


def outlook(
    past: Past, owner: int | None, plan: Sequence[int] | None, day: dt.date
) -> LandingLine | None:
    """For one manager, or the company (None); None where neither past nor plan says anything."""
    shares = plan_rules.season([past.months(year, None) for year in past.whole])
    share = None if shares is None else plan_rules.share_on(shares, day)
    years = past.years_of(owner)
    prior = sum(past.months(years[-1], owner)) if years and years[-1] == past.year - 1 else None
    so_far = sum(past.months(past.year, owner))
    year = sum(plan) if plan else None
    asked = plan_rules.to_date(plan, day) if plan else 0
    value = rules.land(so_far, share, prior, year, asked)
    if value is None:
        return None
    error, tried = None, 0
    if share is not None and prior:
        error, tried = _tried(past, owner, years, day)
    found = rules.Landing(value, error, tried)
    return LandingLine(
        value=from_units(value),
        low=None if found.low is None else from_units(found.low),
        high=None if found.high is None else from_units(found.high),
        planned=None if year is None else from_units(year),
        share=None if not year else plan_rules.attainment(value, year),
        sentence=_sentence(found, share, day, has_prior=bool(prior and prior > 0)),
    )


def _tried(
    past: Past, owner: int | None, years: tuple[int, ...], day: dt.date
) -> tuple[Decimal | None, int]:
    months = day.month - (not is_month_end(day))
    own = [past.months(year, owner) for year in years]
    company = [past.months(year, None) for year in years]
    return rules.past_error(own, company, months)


def _sentence(
    found: rules.Landing, share: Fraction | None, day: dt.date, *, has_prior: bool
) -> str:
    parts = [_made_of(share, day, has_prior=has_prior)]
    if found.error is not None and found.low is None:
        parts.append(_("Past years missed by more than the figure itself: this is a guess."))
    elif found.low is None:
        parts.append(_("No past year can be tried, so how far this may miss is not known."))
    else:
        told = {"error": formats.percent(found.error, 1), "count": found.years}
        parts.append(
            ngettext(
                "Told at this point of the one past year that can be tried, it missed by"
                " %(error)s.",
                "Told at this point of %(count)d past years, it missed by %(error)s at most.",
                found.years,
            )
            % told
        )
    return " ".join(parts)


def _made_of(share: Fraction | None, day: dt.date, *, has_prior: bool) -> str:
    if share is None:
        return _(
            "The ledger holds fewer than two whole years, so what the plan asks for until the end"
            " of the year is added to what is sold."
        )
    told = {
        "day": formats.day(day),
        "share": formats.percent(Decimal(share.numerator) / share.denominator),
    }
    if has_prior:
        return (
            _(
                "By %(day)s usually %(share)s of a year is sold. The year ends at that pace and at"
                " last year’s figure, which counts the less the later it is."
            )
            % told
        )
    return (
        _(
            "By %(day)s usually %(share)s of a year is sold. The year ends at that pace and at the"
            " plan, for there is no whole last year to compare with."
        )
        % told
    )
