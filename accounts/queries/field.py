"""The company's figures for work in the field: what they are called, and what they come to."""

import datetime as dt

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.choices import Fact
from accounts.models import FieldSettings
from accounts.rules import field as rule
from accounts.rules import strength
from common import formats

Figures = dict[rule.Figure, int | None]
TABLES = ("cadence_days", "half_life_days", "shelf_days", "late_after_hours", "bow_tie_target")


def field_figures() -> Figures:
    """The figures in force, flat: (table, fact, tier) → value."""
    row = FieldSettings.current()
    return rule.figures({name: getattr(row, name) for name in TABLES})


def fact_name(fact: str) -> str:
    """A line of the table of shelf lives."""
    others = {"line": _("lines of the account map"), "dossier": _("dossier")}
    return capfirst(str(others.get(fact) or Fact(fact).label))


def tier_name(tier: str) -> str:
    return _("no tier") if tier == "N" else tier


def words_of(figure: rule.Figure, old: int | None, new: int | None) -> str:
    """One change as a sentence of the record."""
    table, fact, tier = figure
    words = {
        "fact": fact_name(fact) if fact else "",
        "tier": tier_name(tier) if tier else "",
        "old": pgettext("rhythm", "none") if old is None else formats.number(old),
        "new": pgettext("rhythm", "none") if new is None else formats.number(new),
    }
    sentences = {
        "cadence_days": _("Rhythm in tier %(tier)s, days: %(old)s → %(new)s"),
        "half_life_days": _("Half life in tier %(tier)s, days: %(old)s → %(new)s"),
        "shelf_days": _("Shelf life of “%(fact)s” in tier %(tier)s, days: %(old)s → %(new)s"),
        "late_after_hours": _("Told late after hours: %(old)s → %(new)s"),
        "bow_tie_target": _("Most that may run through one manager, percent: %(old)s → %(new)s"),
    }
    return sentences[table] % words


def examples(figures: Figures, today: dt.date | None = None) -> dict[str, list[str]]:
    """What the figures come to, as sentences about today: by table."""
    today = today or timezone.localdate()
    return {
        "cadence_days": [_rhythm(tier, figures, today) for tier in rule.TIERS],
        "half_life_days": [_half_life(tier, figures) for tier in ("A", "C")],
        "shelf_days": [
            _shelf(fact, tier, figures, today) for fact, tier in (("stance", "A"), ("power", "C"))
        ],
        "late_after_hours": [_late(figures)],
    }


def _rhythm(tier: str, figures: Figures, today: dt.date) -> str:
    days = figures["cadence_days", "", tier]
    if days is None:
        return (
            _("Accounts without a tier have no rhythm unless one is agreed.")
            if tier == "N"
            else _("Tier %(tier)s has no rhythm unless one is agreed.") % {"tier": tier}
        )
    words = {"tier": tier, "day": formats.day(today + dt.timedelta(days=days))}
    if tier == "N":
        return _("An account without a tier, met today, is due again on %(day)s.") % words
    return _("An account of tier %(tier)s, met today, is due again on %(day)s.") % words


def _half_life(tier: str, figures: Figures) -> str:
    half_life = figures["half_life_days", "", tier] or 1
    left = [formats.percent(strength.decay(days, half_life)) for days in (30, 60, 90)]
    words = {"tier": tier, "one": left[0], "two": left[1], "three": left[2]}
    sentence = _(
        "Of a meeting in tier %(tier)s, %(one)s is left after 30 days, %(two)s after 60,"
        " %(three)s after 90."
    )
    return sentence % words


def _shelf(fact: str, tier: str, figures: Figures, today: dt.date) -> str:
    days = figures["shelf_days", fact, tier] or 1
    words = {
        "fact": fact_name(fact),
        "tier": tier,
        "day": formats.day(today + dt.timedelta(days=days + 1)),
    }
    return _("“%(fact)s” recorded today in tier %(tier)s wants confirming from %(day)s.") % words


def _late(figures: Figures) -> str:
    hours = figures["late_after_hours", "", ""] or 0
    meeting = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    words = {"moment": formats.moment(meeting + dt.timedelta(hours=hours))}
    sentence = _("A meeting that ends today at 10:00 and is told after %(moment)s counts as late.")
    return sentence % words
