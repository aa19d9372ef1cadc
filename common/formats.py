"""Numbers, money and dates as the reader writes them; what is unknown is a dash, never zero."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    format_timedelta,
    get_timezone_location,
)
from babel.numbers import get_currency_precision, get_currency_symbol
from babel.units import format_unit
from django.utils import timezone
from django.utils.translation import get_language, gettext

NBSP = "\u00a0"
MINUS = "\u2212"
UNKNOWN = "\u2014"
LOCALES = {"en": "en_GB", "ru": "ru", "es": "es", "it": "it"}
SHORT_UNITS = {
    "en": ("k", "M", "bn"),
    "ru": ("тыс.", "млн", "млрд"),
    "es": ("mil", "M", "mil\u00a0M"),
    "it": ("mila", "Mln", "Mrd"),
}
NARROW_SYMBOLS = {
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "C$",
    "CNY": "¥",
    "CZK": "Kč",
    "GBP": "£",
    "INR": "₹",
    "JPY": "¥",
    "KZT": "₸",
    "PLN": "zł",
    "RUB": "₽",
    "TRY": "₺",
    "UAH": "₴",
    "USD": "$",
}
SKELETONS = {"short": "MMMd", "weekday": "MMMEd"}

Number = int | float | Decimal


def language() -> str:
    code = (get_language() or "en").split("-")[0]
    return code if code in LOCALES else "en"


@lru_cache
def locale_of(code: str) -> Locale:
    return Locale.parse(LOCALES[code])


@lru_cache
def separators(code: str) -> dict[int, str]:
    """What stands for "," and "." of a Python number in this language."""
    symbols = locale_of(code).number_symbols["latn"]
    return str.maketrans({",": symbols["group"].replace("\u202f", NBSP), ".": symbols["decimal"]})


@lru_cache
def currency_symbol(currency: str, code: str) -> str:
    return NARROW_SYMBOLS.get(currency) or get_currency_symbol(currency, locale_of(code))


@lru_cache
def quantum(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def rounded(value: Number, decimals: int) -> Decimal:
    """Half up, never minus zero."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    return exact.quantize(quantum(decimals), ROUND_HALF_UP) + 0


def number(value: Number | None, decimals: int | None = None, *, signed: bool = False) -> str:
    """1234.5 as 1,234.5 in the reader's writing; decimals None keeps what the value has."""
    if value is None:
        return UNKNOWN
    if decimals is not None:
        value = rounded(value, decimals)
    text = f"{abs(value):,f}" if isinstance(value, Decimal) else f"{abs(value):,}"
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return sign + text.translate(separators(language()))


def money(value: Number | None, currency: str, decimals: int | None = None) -> str:
    """The exact sum with the currency's own decimals, number before sign in every language."""
    if value is None:
        return UNKNOWN
    if decimals is None:
        decimals = get_currency_precision(currency)
    return f"{number(value, decimals)}{NBSP}{currency_symbol(currency, language())}"


def money_short(value: Number | None, currency: str) -> str:
    """1.24 M €, 412 k €, 95 €: about three figures, for tiles and sentences."""
    if value is None:
        return UNKNOWN
    figure, unit = shortened(value)
    parts = [figure, unit, currency_symbol(currency, language())]
    return NBSP.join(part for part in parts if part)


def shortened(value: Number) -> tuple[str, str]:
    """The figure and its unit: ("1.24", "M")."""
    units = SHORT_UNITS[language()]
    if abs(rounded(value, 0)) < 1000:
        return number(value, 0), ""
    for power in range(1, len(units) + 1):
        scaled = Decimal(str(value)).scaleb(-3 * power)
        decimals = short_decimals(scaled, thousands=power == 1)
        if abs(rounded(scaled, decimals)) < 1000:
            break
    return number(scaled, decimals), units[power - 1]


def short_decimals(scaled: Decimal, *, thousands: bool) -> int:
    size = abs(scaled)
    if thousands:
        return 0 if size >= 10 else 1
    return 0 if size >= 100 else 1 if size >= 10 else 2


def percent(share: Number | None, decimals: int = 0, *, signed: bool = False) -> str:
    """A share of one as per cent: 0.1496 is 15 %."""
    if share is None:
        return UNKNOWN
    exact = share if isinstance(share, Decimal) else Decimal(str(share))
    return f"{number(exact * 100, decimals, signed=signed)}{NBSP}%"


def local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value: date | datetime | None, style: str = "medium") -> str:
    """18 Nov 2026; styles: short (no year), weekday, medium, long, full."""
    if value is None:
        return UNKNOWN
    return written_day(local_day(value), style, language())


@lru_cache(maxsize=4096)
def written_day(value: date, style: str, code: str) -> str:
    if style in SKELETONS:
        text = format_skeleton(SKELETONS[style], value, locale=locale_of(code))
    else:
        text = format_date(value, style, locale=locale_of(code))
    text = text.replace("\u202f", NBSP)
    return text.replace(" ", NBSP) if style != "full" else text


def ended(sentence: str) -> str:
    """One full stop though the last word is shortened, as months are in Russian."""
    return sentence[:-1] if sentence.endswith("..") else sentence


def month(value: date | datetime | None, style: str = "long") -> str:
    """November 2026, or Nov 2026 when short."""
    if value is None:
        return UNKNOWN
    skeleton = "yMMM" if style == "short" else "yMMMM"
    text = format_skeleton(skeleton, local_day(value), locale=locale_of(language()))
    return text.replace("\u202f", NBSP)


def month_letter(value: date) -> str:
    """One letter for the foot of a column."""
    names = locale_of(language()).months["stand-alone"]["narrow"]
    return names[value.month]


def month_name(value: date) -> str:
    """November, standing alone (ноябрь, not ноября)."""
    return format_date(value, "LLLL", locale=locale_of(language()))


def moment(value: datetime | None) -> str:
    """20 Nov 2026, 10:40 in the reader's time zone."""
    if value is None:
        return UNKNOWN
    local = timezone.localtime(value)
    return f"{day(local)}, {format_time(local.time(), 'short', locale=locale_of(language()))}"


def zone(name: str) -> str:
    """The city a time zone is called after: Moscow, Москва."""
    locale = locale_of(language())
    city = get_timezone_location(ZoneInfo(name), locale=locale, return_city=True)
    return city.rpartition("/")[2]


def ago(value: date | datetime | None) -> str:
    """Relative up to a week, the date afterwards."""
    if value is None:
        return UNKNOWN
    if isinstance(value, datetime):
        past = timezone.now() - value
        if timedelta(0) <= past < timedelta(minutes=1):
            return gettext("just now")
        if abs(past) < timedelta(hours=12):
            return relative(-past)
    days = (local_day(value) - timezone.localdate()).days
    if abs(days) > 7:
        return day(value)
    if days in (0, -1, 1):
        return {0: gettext("today"), -1: gettext("yesterday"), 1: gettext("tomorrow")}[days]
    return relative(timedelta(days=days))


def relative(difference: timedelta) -> str:
    code = language()
    return format_timedelta(difference, add_direction=True, threshold=0.99, locale=locale_of(code))


def duration(value: timedelta | None) -> str:
    """How long something took: 0.3 sec, 12 sec, 4 min."""
    if value is None:
        return UNKNOWN
    seconds = value.total_seconds()
    locale = locale_of(language())
    if seconds < 10:
        return format_unit(round(seconds, 1), "second", length="short", locale=locale)
    return format_timedelta(value, threshold=1.5, format="short", locale=locale)
