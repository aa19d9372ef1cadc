"""Readings as people read them: the figure, what it counts, and what became of it."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common import formats
from common.money import from_units
from common.why import Why
from kpi.choices import Better, Mark, Unit
from kpi.models import Reading
from kpi.queries.measures.registry import Definition

MONEY_COUNTS = {
    "revenue", "growth", "margin", "nrr", "grr", "lost-revenue", "new-revenue", "upsell",
    "key-share", "plan-sales",
}  # fmt: skip
MEANS = {"plan-active", "plan-new", "plan-width"}  # in ten-thousandths
MANY_TIMES = 10  # from here on a change in percent says less than how many times


@dataclass(frozen=True, slots=True)
class Change:
    """Against the base: `words` with a sign, `tone` pos or dan where better and worse are told."""

    words: str
    tone: str = ""


def value_words(definition: Definition, reading: Reading | None, currency: str) -> str:
    """The figure with its unit; "" where it is not known."""
    if definition.in_words:
        return judged_words(reading)
    if reading is None or reading.value is None:
        return ""
    if definition.unit == Unit.SHARE:
        return formats.percent(reading.value, 1)
    if definition.unit == Unit.MONEY:
        return formats.money_short(from_units(reading.numerator), currency)
    return formats.number(reading.value, 0)


def judged_words(reading: Reading | None) -> str:
    """The word of one manager; of several how many of them, "3 of 5"."""
    if reading is None or not reading.denominator:
        return ""
    if "mark" in reading.inputs:
        return str(Mark(reading.inputs["mark"]).label)
    return _of(formats.number(reading.numerator), formats.number(reading.denominator))


def several_words(definition: Definition, reading: Reading | None) -> str:
    """What the count of a judgement of several counts; "" of one, who has a word."""
    if not definition.in_words or not judged_words(reading) or "mark" in reading.inputs:
        return ""
    return str(definition.counts[0])


def _after(now: str, before: str) -> str:
    """Of what may outgrow its base, which nothing can be "of"."""
    return _("%(now)s after %(before)s") % {"now": now, "before": before}


def _of(few: str, many: str) -> str:
    return _("%(few)s of %(all)s") % {"few": few, "all": many}


def amount(definition: Definition, number: int | None, currency: str) -> str:
    if number is None:
        return formats.UNKNOWN
    if definition.code in MONEY_COUNTS:
        return formats.money_short(from_units(number), currency)
    return (
        formats.number(from_units(number), 1)
        if definition.code in MEANS
        else formats.number(number)
    )


def count_words(definition: Definition, reading: Reading | None, currency: str) -> str:
    """The counts before the rate: "2 of 3"."""
    if reading is None or reading.denominator is None or definition.unit != Unit.SHARE:
        return ""
    say = _after if definition.code == "nrr" else _of
    return say(
        amount(definition, reading.numerator, currency),
        amount(definition, reading.denominator, currency),
    )


def range_words(reading: Reading | None) -> str:
    if reading is None or reading.low is None or reading.high is None:
        return ""
    low, high = formats.percent(reading.low), formats.percent(reading.high)
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def change(definition: Definition, now: Reading | None, base: Reading | None) -> Change | None:
    """Points of a share, else a relative change; None where either is not known.

    Better or worse is told of a share of accounts only where the ranges of both do not meet.
    """
    if now is None or base is None or now.value is None or base.value is None:
        return None
    difference = now.value - base.value
    if definition.unit == Unit.SHARE:
        points = formats.number(difference * 100, 1, signed=True)
        words = _("%(points)s points") % {"points": points}
    elif base.value > 0:
        times = now.value / base.value
        words = (
            formats.percent(times - 1, signed=True)
            if times < MANY_TIMES
            else f"×{formats.number(times, 0)}"
        )
    else:
        return None
    return Change(words, _tone(definition, now, base, difference))


def _tone(definition: Definition, now: Reading, base: Reading, difference: float) -> str:
    if definition.better == Better.NEITHER or not difference:
        return ""
    if _meet(now, base):
        return ""
    return "pos" if (difference > 0) == (definition.better == Better.UP) else "dan"


def _meet(now: Reading, base: Reading) -> bool:
    ends = (now.low, now.high, base.low, base.high)
    if any(end is None for end in ends):
        return False
    return now.low <= base.high and base.low <= now.high


def why(definition: Definition, reading: Reading | None, currency: str, url: str) -> Why:
    """One sentence, what went in, the formula's version, and the way to the rows."""
    if reading is None:
        words = definition.missing or _("The night has not read this figure yet.")
        return Why(sentence=f"{definition.formula} {words}")
    inputs = [(_("Period"), period_words(reading))]
    if "mark" in reading.inputs:
        inputs.append((capfirst(_("in a word")), judged_words(reading)))
    for name, number in zip(
        definition.counts, (reading.numerator, reading.denominator), strict=True
    ):
        if name and number is not None and "mark" not in reading.inputs:
            inputs.append((str(name).capitalize(), amount(definition, number, currency)))
    if known := range_words(reading):
        inputs.append((_("True rate, 95 %"), known))
    if reading.inputs.get("uncosted"):
        uncosted = from_units(reading.inputs["uncosted"])
        inputs.append((_("Without a recorded cost"), formats.money_short(uncosted, currency)))
    return Why(
        sentence=f"{definition.formula} {definition.caveat}".strip(),
        inputs=tuple(inputs),
        rule=reading.version,
        url=url,
        link=_("The rows behind it"),
    )


def period_words(reading: Reading) -> str:
    if reading.first == reading.last:
        return formats.day(reading.last)
    return f"{formats.day(reading.first)} – {formats.day(reading.last)}"
