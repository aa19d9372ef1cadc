"""Position profiles as their pages show them."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from common import folding, formats
from hiring.choices import EmployerKind, Experience
from hiring.models import Competency, Profile, Vacancy
from hiring.queries.benchmark import Compared, cities, compared, range_words
from hiring.rules.benchmark import experience_of, known_city
from people.models import User


@dataclass(frozen=True, slots=True)
class Weighed:
    """A competency of a profile; `share` of all its weights, of one."""

    competency: Competency
    weight: int
    share: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """A range held beside a chosen row of the market, and what may be chosen."""

    found: Compared | None
    city: str
    employer: str
    experience: str
    cities: list[tuple[str, str]]
    employers: list[tuple[str, str]]
    experiences: list[tuple[str, str]]


def profiles(reader: User, *, text: str = "", archived: bool = False) -> list[Profile]:
    """By name; each with `vacancy_count` and `open_count`. Few enough to be matched as read."""
    is_open = Q(vacancies__state__in=("draft", "proposed", "approved", "open", "held"))
    rows: QuerySet[Profile] = (
        Profile.objects.visible_to(reader)
        .filter(archived_at__isnull=not archived)
        .select_related("segment")
        .annotate(
            vacancy_count=Count("vacancies", distinct=True),
            open_count=Count("vacancies", filter=is_open, distinct=True),
        )
    )
    words = folding.words(text)
    return [row for row in rows if all(word in folding.fold(row.name) for word in words)]


def weighed(profile: Profile) -> list[Weighed]:
    """Its competencies, the heaviest first, with their share of all weights."""
    rows = list(profile.competencies.select_related("competency"))
    total = sum(row.weight for row in rows)
    found = [
        Weighed(row.competency, row.weight, Decimal(row.weight) / total if total else Decimal(0))
        for row in rows
    ]
    return sorted(found, key=lambda one: -one.weight)


def pay_words(profile: Profile) -> str:
    """The pay range of a profile in words; "" where nobody has set any."""
    low, high, currency = profile.pay_from, profile.pay_to, profile.pay_currency
    if low is not None and high is not None and low != high:
        return range_words(formats.number(low, 0), formats.money(high, currency, 0))
    only = low if low is not None else high
    return "" if only is None else formats.money(only, currency, 0)


def comparison(
    reader: User, profile: Profile, *, city: str = "", employer: str = "", experience: str = ""
) -> Comparison:
    """Beside the wanted row; without a wish its newest vacancy's city and its grade decide."""
    if not city:
        rows = Vacancy.objects.visible_to(reader).filter(profile=profile).exclude(city="")
        city = rows.order_by("-created_at").values_list("city", flat=True).first() or ""
    employer = employer if employer in EmployerKind.values else EmployerKind.COMPANY.value
    known = experience in Experience.values
    experience = experience if known else str(experience_of(profile.grade))
    city = known_city(city)
    found = compared(
        reader, city=city, employer=employer, experience=experience, pay_from=profile.pay_from,
        pay_to=profile.pay_to, currency=profile.pay_currency,
    )  # fmt: skip
    return Comparison(
        found, city, employer, experience, cities(reader), EmployerKind.choices, Experience.choices
    )
