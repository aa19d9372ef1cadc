"""The sentences of a warning: cause, evidence, money, owner, each a sentence of its own."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.queries.cadence import CadenceNow
from common import formats
from common.money import from_units
from kpi.choices import AlertCause, AlertLevel
from kpi.models import Alert
from kpi.rules.health.score import TENTHS
from kpi.rules.warnings import times


def sentence(alert: Alert, day: dt.date) -> str:
    """What is unusual, with the name."""
    name, data = alert.account.name, alert.data
    silent = max(0, (day - alert.since).days)
    if alert.cause == AlertCause.RHYTHM:
        words = ngettext(
            "%(account)s has been silent for %(count)s day.",
            "%(account)s has been silent for %(count)s days.",
            silent,
        )
        return words % {"account": name, "count": formats.number(silent)}
    if alert.cause == AlertCause.CHANCE:
        words = _("%(account)s orders within 90 days with a chance of %(chance)s only.")
        return words % {"account": name, "chance": formats.percent((data.get("p") or 0) / 100)}
    if alert.cause == AlertCause.CADENCE:
        words = ngettext(
            "Nobody has spoken with %(account)s for %(count)s day.",
            "Nobody has spoken with %(account)s for %(count)s days.",
            silent,
        )
        return words % {"account": name, "count": formats.number(silent)}
    return _signal(alert)


def _signal(alert: Alert) -> str:
    """What health has seen."""
    name, data = alert.account.name, alert.data
    if alert.cause == AlertCause.SLOPE:
        lost = max(0, data.get("then", 0) - data.get("now", 0)) // TENTHS
        words = ngettext(
            "The health of %(account)s fell by %(count)s point in 30 days.",
            "The health of %(account)s fell by %(count)s points in 30 days.",
            lost,
        )
        return words % {"account": name, "count": formats.number(lost)}
    if alert.cause == AlertCause.SPONSOR:
        words = _("%(account)s has had no sponsor since %(day)s.")
        return words % {"account": name, "day": formats.day(alert.since)}
    words = _(
        "%(account)s buys fewer service lines: %(now)s in the last months, %(peak)s at its best in"
        " the year."
    )
    counts = {key: formats.number(data.get(key, 0)) for key in ("now", "peak")}
    return words % {"account": name, **counts}


def rhythm(alert: Alert) -> str:
    """How often it usually orders, and from how many orders that is known."""
    usual, orders = alert.data.get("usual"), alert.data.get("orders")
    if not usual or not orders:
        return ""
    words = ngettext(
        "Usually orders every %(count)s day (%(orders)s orders).",
        "Usually orders every %(count)s days (%(orders)s orders).",
        usual,
    )
    return words % {"count": formats.number(usual), "orders": formats.number(orders)}


def chance_of_silence(probability: float | None) -> str:
    if probability is None:
        return ""
    number = times(probability)
    if number is None:
        words = _("A customer like this who stays is silent this long less than 1 time in %(n)s.")
        return words % {"n": formats.number(1000)}
    words = _("A customer like this who stays is silent this long 1 time in %(n)s.")
    return words % {"n": formats.number(number)}


def money(alert: Alert, currency: str) -> str:
    """What the stake is made of."""
    expected, percent = alert.data.get("expected", 0), alert.data.get("p")
    shown = {
        "expected": formats.money_short(from_units(expected), currency),
        "chance": "" if percent is None else formats.percent(percent / 100),
    }
    if alert.data.get("basis") == "season":
        plain = _("Last year the same 90 days brought %(expected)s.")
        with_chance = _(
            "Last year the same 90 days brought %(expected)s; an order comes with a chance of"
            " %(chance)s."
        )
    else:
        plain = _("90 days at the pace of the last twelve months bring %(expected)s.")
        with_chance = _(
            "90 days at the pace of the last twelve months bring %(expected)s; an order comes with"
            " a chance of %(chance)s."
        )
    return (plain if percent is None else with_chance) % shown


def contact(now: CadenceNow | None, day: dt.date) -> str:
    """Only where it is longer ago than wanted."""
    if now is None or not now.every:
        return ""
    if now.last_on is None:
        return _("No contact is recorded yet.")
    silent = (day - now.last_on).days
    if silent <= now.every:
        return ""
    words = ngettext(
        "Last contact %(count)s day ago (target %(target)s).",
        "Last contact %(count)s days ago (target %(target)s).",
        silent,
    )
    return words % {"count": formats.number(silent), "target": formats.number(now.every)}


def other(alert: Alert) -> str:
    """Another cause of the same account, behind the one that leads."""
    words = _("Also: %(cause)s, since %(day)s.")
    if alert.level == AlertLevel.RED:
        words = _("Also an alarm: %(cause)s, since %(day)s.")
    cause = alert.get_cause_display()
    return words % {"cause": cause, "day": formats.day(alert.raised_on, "short")}


def owner(name: str | None, since: dt.date | None) -> str:
    if not name:
        return _("Nobody owns this account.")
    if since is None:
        return _("Owner: %(name)s.") % {"name": name}
    words = _("Owner: %(name)s since %(day)s.")
    return words % {"name": name, "day": formats.day(since)}
