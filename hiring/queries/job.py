"""What everybody in the world may read: published vacancies in date, in the reader's language."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import get_language

from common.i18n import pick
from hiring.models import Vacancy
from hiring.queries.advert import PARTS, part_names
from hiring.queries.vacancy import pay_words
from hiring.rules import advert as rules
from hiring.rules.advert import Block
from hiring.rules.benchmark import city_name, known_city
from people.models import Company

PAGE = 30


@dataclass(frozen=True, slots=True)
class Ad:
    """A published vacancy as its page shows it; `language` is that of the texts."""

    vacancy: Vacancy
    language: str
    title: str
    intro: list[Block]
    parts: list[tuple[str, list[Block]]]
    summary: str
    pay: str
    city: str
    commission: str


@dataclass(frozen=True, slots=True)
class Language:
    """A language to switch to; `is_written`: the advert itself exists in it."""

    code: str
    name: str
    url: str
    is_current: bool
    is_written: bool


def published() -> QuerySet[Vacancy]:
    """With a title in some language, newest first."""
    rows = Vacancy.objects.published().exclude(texts={})
    return rows.select_related("profile").order_by("-published_at", "-pk")


def published_cities() -> list[tuple[str, str]]:
    """Where there is work now: as stored, and in the reader's language."""
    rows = Vacancy.objects.published().exclude(city="").order_by("city")
    found = rows.values_list("city", flat=True).distinct()
    return [(city, city_name(known_city(city))) for city in found]


def written(vacancy: Vacancy) -> list[str]:
    """Languages the advert has a title in, in the order of the product."""
    known = [code for code, _name in settings.LANGUAGES]
    return [code for code in known if vacancy.texts.get(code, {}).get("title")]


def language_shown(vacancy: Vacancy) -> str:
    """The reader's language where the advert is written in it, else one it is written in."""
    return pick({code: code for code in written(vacancy)})


def ad(vacancy: Vacancy) -> Ad:
    """Texts of one language only, so that a page never mixes two."""
    language = language_shown(vacancy)
    parts = vacancy.texts.get(language, {})
    with translation.override(language or get_language()):
        names, commission = part_names(), vacancy.profile.commission
    return Ad(
        vacancy=vacancy,
        language=language,
        title=parts.get("title") or vacancy.title,
        intro=rules.blocks(parts.get("intro", "")),
        parts=[(names[part], rules.blocks(parts[part])) for part in PARTS[2:] if parts.get(part)],
        summary=rules.summary(parts.get("intro", "") or parts.get("duties", "")),
        pay=pay_words(vacancy) if vacancy.shows_pay else "",
        city=city_name(known_city(vacancy.city)),
        commission=commission if vacancy.shows_pay else "",
    )


def page_address(vacancy: Vacancy, language: str = "") -> str:
    """The whole address, as search engines and letters need it."""
    return whole(reverse("hiring:job_page", args=[vacancy.slug]), language)


def whole(path: str, language: str = "") -> str:
    query = f"?{urlencode({'lang': language})}" if language else ""
    return f"{settings.BASE_URL}{path}{query}"


def languages(path: str, among: list[str], query: str = "") -> list[Language]:
    """The switch: every language of the product; `among` are those the texts exist in."""
    current = (get_language() or "en").split("-")[0]
    return [
        Language(code, name, f"{path}?{query}lang={code}", code == current, code in among)
        for code, name in settings.LANGUAGES
    ]


def posting(found: Ad, company: Company) -> dict:
    """schema.org JobPosting of a page."""
    row = found.vacancy
    texts = row.texts.get(found.language, {})
    with translation.override(found.language or get_language()):
        names = part_names()
    parts = [(names[part] if part != "intro" else "", texts.get(part, "")) for part in PARTS[1:]]
    return rules.job_posting(
        title=found.title,
        description=rules.as_html([(name, text) for name, text in parts if text]),
        url=page_address(row, found.language),
        organisation=company.name or "KAM Hub",
        site=settings.BASE_URL,
        number=str(row.pk),
        posted=timezone.localdate(row.published_at),
        closes=_end_of(row),
        city=row.city,
        country=row.country,
        is_remote=row.is_remote,
        openings=row.openings,
        pay=(row.pay_from, row.pay_to, row.pay_currency) if row.shows_pay else None,
        language=found.language,
    )


def _end_of(vacancy: Vacancy) -> dt.datetime | None:
    """The last moment of the last day, where the work is."""
    if vacancy.closes_on is None:
        return None
    zone = ZoneInfo(vacancy.time_zone) if vacancy.time_zone else timezone.get_current_timezone()
    return dt.datetime.combine(vacancy.closes_on, dt.time(23, 59, 59), zone)
