"""What a part of health was made of, in sentences with the points each of them gave."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.money import from_units
from kpi.models import Assessment
from kpi.queries.health.plan import PROMISE_DAYS
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.score import JUDGEMENT_SHELF, LIMITS, Cap, Part


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence about raw figures; `points` None where they gave none."""

    sentence: str
    points: int | None = None


def part_name(part: Part) -> str:
    return {
        Part.ORDERS: _("Orders"),
        Part.RELATIONSHIP: _("Relationship"),
        Part.SERVICE: _("Service"),
        Part.MONEY: _("Payments"),
        Part.PLAN: _("Plan and promises"),
        Part.VOICE: _("Voice of the customer"),
    }[part]


def unknown_words(part: Part) -> str:
    """What has to be recorded so that the part is known."""
    return {
        Part.ORDERS: _("Fewer than three order days, and no year to compare with."),
        Part.RELATIONSHIP: _("Nobody of the customer's has a power or a logged contact yet."),
        Part.SERVICE: _("Complaints and deliveries are not recorded yet."),
        Part.MONEY: _("Unpaid invoices are not recorded yet."),
        Part.PLAN: _("No promise fell due, and no contact was logged yet."),
        Part.VOICE: _("Nobody asked the customer lately, and nobody of ours said how they are."),
    }[part]


def cap_words(cap: Cap) -> str:
    """Why the score stops at its limit."""
    words = {
        Cap.SILENCE: _("Held at %(limit)s: silent past the alarm day of its own rhythm."),
        Cap.SPONSOR: _("Held at %(limit)s: the sponsor left and nobody followed."),
        Cap.NOTICE: _("Held at %(limit)s: notice of termination was given."),
        Cap.OVERDUE: _("Held at %(limit)s: too much is overdue for more than 90 days."),
        Cap.COMPLAINT: _("Held at %(limit)s: a critical complaint has been open for two weeks."),
    }
    return words[cap] % {"limit": LIMITS[cap]} if cap in words else ""


def lines_of(part: Part, inputs: Mapping, currency: str) -> list[Line]:
    """In the order in which the part is made of them; nothing about what nobody recorded."""
    makers: dict[Part, Callable] = {
        Part.ORDERS: _orders,
        Part.RELATIONSHIP: _relationship,
        Part.PLAN: _plan,
        Part.VOICE: _voice,
    }
    return makers[part](inputs, currency) if part in makers and inputs else []


def _day(inputs: Mapping, name: str) -> str:
    return formats.day(dt.date.fromisoformat(inputs[name]))


def _points(inputs: Mapping, name: str) -> int | None:
    value = inputs.get(name, UNKNOWN)
    return None if value == UNKNOWN else value


def _orders(inputs: Mapping, currency: str) -> list[Line]:
    found = []
    if "alarm_on" in inputs:
        words = _("Last order %(last)s; unusual from %(amber)s on, an alarm from %(alarm)s on.")
        days = {name: _day(inputs, f"{name}_on") for name in ("last", "amber", "alarm")}
        found.append(Line(words % days, _points(inputs, "silence")))
    elif "last_on" in inputs:
        words = _("Last order %(last)s; too few orders to know a rhythm.")
        found.append(Line(words % {"last": _day(inputs, "last_on")}))
    if _points(inputs, "revenue") is not None:
        money = {
            name: formats.money(from_units(inputs[f"{name}_units"]), currency, 0)
            for name in ("now", "before")
        }
        words = _("Three months: %(now)s, a year before %(before)s.")
        found.append(Line(words % money, _points(inputs, "revenue")))
    if _points(inputs, "breadth") is not None:
        words = ngettext(
            "%(now)s of %(peak)s service line bought in the last months.",
            "%(now)s of %(peak)s service lines bought in the last months.",
            inputs["peak"],
        )
        words = words % {"now": min(inputs["lines"], inputs["peak"]), "peak": inputs["peak"]}
        found.append(Line(words, _points(inputs, "breadth")))
    return found


def _relationship(inputs: Mapping, currency: str) -> list[Line]:
    found = []
    if _points(inputs, "coverage") is not None:
        words = ngettext(
            "Contact with the %(n)s person whose power is known, weighed by power.",
            "Contact with the %(n)s people whose power is known, weighed by power.",
            inputs["powerful"],
        )
        found.append(Line(words % {"n": inputs["powerful"]}, _points(inputs, "coverage")))
    if _points(inputs, "threads") is not None:
        words = _("Contact spread over people: one gives 0, three alike give 100.")
        found.append(Line(words, _points(inputs, "threads")))
    if _points(inputs, "sponsor") is not None:
        found.append(Line(_sponsor(inputs), _points(inputs, "sponsor")))
    return found


def _sponsor(inputs: Mapping) -> str:
    if inputs["tied"]:
        return _("A sponsor is there, and we are in touch.")
    if inputs["sponsors"]:
        return _("A sponsor is there, but we are hardly in touch.")
    if "left_on" in inputs:
        return _("The sponsor left on %(day)s; nobody followed.") % {"day": _day(inputs, "left_on")}
    return _("No sponsor is there any more.")


def _plan(inputs: Mapping, currency: str) -> list[Line]:
    found = []
    due = inputs["kept"] + inputs["broken"]
    if due:
        words = ngettext(
            "%(kept)s of %(due)s promise of ours kept that fell due in %(days)s days.",
            "%(kept)s of %(due)s promises of ours kept that fell due in %(days)s days.",
            due,
        )
        words = words % {"kept": inputs["kept"], "due": due, "days": PROMISE_DAYS}
        found.append(Line(words, _points(inputs, "promises")))
    if _points(inputs, "cadence") is not None:
        words = ngettext(
            "Last talk %(day)s; wanted every day.",
            "Last talk %(day)s; wanted every %(every)s days.",
            inputs["every"],
        )
        words = words % {"day": _day(inputs, "talked_on"), "every": inputs["every"]}
        found.append(Line(words, _points(inputs, "cadence")))
    return found


def _voice(inputs: Mapping, currency: str) -> list[Line]:
    if inputs.get("answers"):
        mean = formats.number(Decimal(inputs["answers_total"]) / inputs["answers"], 1)
        words = ngettext(
            "%(n)s person of theirs answered us, the last on %(day)s: %(mean)s of 5.",
            "%(n)s people of theirs answered us, the last on %(day)s: %(mean)s of 5 on average.",
            inputs["answers"],
        )
        values = {"n": inputs["answers"], "day": _day(inputs, "answered_on"), "mean": mean}
        return [Line(words % values)]
    if "judged" not in inputs:
        return []
    words = _("Seen by us on %(day)s as: %(word)s. That counts for %(days)s days.")
    values = {
        "day": _day(inputs, "judged_on"),
        "word": Assessment(inputs["judged"]).label,
        "days": JUDGEMENT_SHELF,
    }
    return [Line(words % values)]
