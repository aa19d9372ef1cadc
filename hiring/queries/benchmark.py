"""The benchmark beside a pay range: which row, how old, how far off, said in a sentence."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, QuerySet, When
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from hiring.choices import EmployerKind, Experience
from hiring.models import PayBenchmark
from hiring.rules import benchmark as rules
from people.models import User


@dataclass(frozen=True, slots=True)
class Compared:
    """A benchmark and what it says of a range; `evidence` tells where it is from and how old."""

    row: PayBenchmark
    sentence: str
    evidence: str
    is_old: bool
    tone: str


def cities(reader: User) -> list[tuple[str, str]]:
    """Cities with a benchmark: (as stored, in the reader's language), by the latter."""
    found = PayBenchmark.objects.visible_to(reader).order_by().values_list("city", flat=True)
    pairs = [(city, rules.city_name(city)) for city in set(found)]
    return sorted(pairs, key=lambda pair: pair[1])


def benchmarks(
    reader: User, *, city: str = "", employer: str = "", own: bool = False
) -> QuerySet[PayBenchmark]:
    """The list page: by city and employer; `own` leaves shipped rows out."""
    rows = PayBenchmark.objects.visible_to(reader).select_related("made_by")
    if city:
        rows = rows.filter(city=rules.known_city(city))
    if employer in EmployerKind.values:
        rows = rows.filter(employer=employer)
    if own:
        rows = rows.filter(is_shipped=False)
    places = [When(experience=value, then=place) for place, value in enumerate(Experience.values)]
    return rows.order_by("city", "employer", Case(*places, default=len(places)), "-on", "pk")


def best_row(
    reader: User, *, city: str, employer: str, experience: str, currency: str = ""
) -> PayBenchmark | None:
    """The newest row of city, employer and experience; else the newest median of the two."""
    rows = PayBenchmark.objects.visible_to(reader).filter(
        city=rules.known_city(city), employer=employer
    )
    if currency:
        rows = rows.filter(currency=currency)
    exact = rows.filter(experience=experience) if experience else rows.none()
    first = exact.order_by("-on", "is_shipped", "-pk").first()
    return first or rows.exclude(median=None).order_by("-on", "is_shipped", "-pk").first()


def compared(
    reader: User,
    *,
    city: str,
    employer: str,
    experience: str,
    pay_from: Decimal | None,
    pay_to: Decimal | None,
    currency: str,
) -> Compared | None:
    """The best row beside a range; None without a row or without a city."""
    if not city:
        return None
    row = best_row(reader, city=city, employer=employer, experience=experience, currency=currency)
    return compare_row(row, pay_from=pay_from, pay_to=pay_to) if row else None


def compare_row(row: PayBenchmark, *, pay_from: Decimal | None, pay_to: Decimal | None) -> Compared:
    today = timezone.localdate()
    ours = rules.middle(pay_from, pay_to)
    found = ours and rules.standing(ours, low=row.low, high=row.high, median=row.median)
    tone = "cau" if found and found.where != rules.WITHIN and not found.is_against_figure else ""
    return Compared(
        row=row, sentence=_sentence(row, found), evidence=evidence(row, today),
        is_old=rules.is_old(row.on, today), tone=tone,
    )  # fmt: skip


def figure(row: PayBenchmark) -> str:
    """The range or the median of a row, in words."""
    if row.low is None and row.high is None:
        return _("median %(sum)s") % {"sum": formats.money(row.median, row.currency, 0)}
    if row.low is not None and row.high is not None and row.low != row.high:
        low, high = formats.number(row.low, 0), formats.money(row.high, row.currency, 0)
        return range_words(low, high)
    only = row.low if row.high is None else row.high
    return formats.money(only, row.currency, 0)


def range_words(low: str, high: str) -> str:
    """From – to on one line."""
    return (_("%(low)s – %(high)s") % {"low": low, "high": high}).replace(" – ", "\u00a0–\u00a0")


def _sentence(row: PayBenchmark, found: rules.Standing | None) -> str:
    said = {"figure": figure(row)}
    if found is None:
        return _("The market pays %(figure)s. Enter our pay to compare.") % said
    said["share"] = formats.percent(found.share)
    if found.is_against_figure:
        if found.where == rules.BELOW:
            return _("The middle of our range is %(share)s below the %(figure)s.") % said
        if found.where == rules.ABOVE:
            return _("The middle of our range is %(share)s above the %(figure)s.") % said
        return _("The middle of our range is the %(figure)s.") % said
    if found.where == rules.BELOW:
        return _("The middle of our range is %(share)s below what is paid: %(figure)s.") % said
    if found.where == rules.ABOVE:
        return _("The middle of our range is %(share)s above what is paid: %(figure)s.") % said
    return _("The middle of our range lies within what is paid: %(figure)s.") % said


def evidence(row: PayBenchmark, today: dt.date) -> str:
    """Where a figure is from, of how many, and that it is old when it is."""
    parts = [rules.city_name(row.city), str(row.get_employer_display())]
    if row.experience:
        parts.append(_("experience %(years)s") % {"years": Experience(row.experience).label})
    if row.origin:
        parts.append(_(row.origin))
    parts.append(formats.month(row.on))
    parts.append(_size(row.sample_size))
    years = rules.age_in_years(row.on, today)
    if rules.is_old(row.on, today):
        words = ngettext(
            "the figure is %(years)s year old, so compare with care",
            "the figure is %(years)s years old, so compare with care",
            years,
        )
        parts.append(words % {"years": formats.number(years)})
    return capfirst("; ".join(parts)) + "."


def _size(size: int | None) -> str:
    if size is None:
        return _("of how many salaries is not known")
    words = ngettext("of %(n)s salary", "of %(n)s salaries", size)
    said = words % {"n": formats.number(size)}
    return _("%(size)s, too few to lean on") % {"size": said} if size < rules.FEW else said


# The sources of the shipped rows, for the translators.
SHIPPED_ORIGINS = (
    lambda: _("Heads of client departments"),
    lambda: _("Advert for a key account manager"),
)
