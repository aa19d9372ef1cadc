"""How long a customer has not ordered, against the days the night found unusual for it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AccountScore
from common import formats
from common.why import Why

BAR, TICK = 136, 85  # px: the alarm stands at the same place of every bar, so that rows compare


@dataclass(frozen=True, slots=True)
class Silence:
    """`usual` days between orders and the day of silence of the alarm; None: too early to tell.

    `level`: "alarm", "unusual", "usual", or "" while it is too early.
    """

    days: int
    last_order: dt.date
    usual: int | None
    alarm_at: int | None
    level: str

    @property
    def bar(self) -> int:
        """Width in px of what has passed; the tick of the alarm stands at TICK."""
        return min(BAR, round(TICK * self.days / self.alarm_at)) if self.alarm_at else 0

    @property
    def is_alarm(self) -> bool:
        return self.level == "alarm"

    @property
    def is_unusual(self) -> bool:
        """Amber or worse: a customer that stays is silent so long 1 time in 10 at most."""
        return self.level in ("unusual", "alarm")

    @property
    def times(self) -> float:
        """How many times its usual gap the silence lasts already."""
        return self.days / self.usual if self.usual else 0.0


def silence_of(score: AccountScore | None, as_of: dt.date | None) -> Silence | None:
    """None before the first order."""
    if score is None or score.last_order is None or as_of is None:
        return None
    alarm_at = (score.alarm_day - score.last_order).days if score.alarm_day else None
    days = (as_of - score.last_order).days
    return Silence(days, score.last_order, score.usual_gap, alarm_at, _level(score, as_of))


def _level(score: AccountScore, as_of: dt.date) -> str:
    if score.alarm_day is None:
        return ""
    if as_of >= score.alarm_day:
        return "alarm"
    is_unusual = score.amber_day is not None and as_of >= score.amber_day
    return "unusual" if is_unusual else "usual"


def silence_why(silence: Silence | None, score: AccountScore | None) -> Why | None:
    """How the alarm of this account comes about."""
    if silence is None or score is None:
        return None
    orders = (_("Days with an order, 36 months"), formats.number(score.order_days))
    last = (_("Last order"), formats.day(silence.last_order))
    if silence.alarm_at is None:
        words = _(
            "How often it orders is told from three days with an order in 36 months on; there are"
            " fewer."
        )
        return Why(sentence=words, inputs=(orders, last), rule=score.rule_version)
    return Why(
        sentence=alarm_words(silence),
        inputs=(
            orders,
            last,
            (_("Unusual from"), formats.day(score.amber_day)),
            (_("Alarm on"), formats.day(score.alarm_day)),
        ),
        rule=score.rule_version,
    )


def alarm_words(silence: Silence) -> str:
    """What the alarm day rests on, for an account that has one."""
    words = ngettext(
        "By its own gaps, drawn to those of all customers, it orders every %(n)s day.",
        "By its own gaps, drawn to those of all customers, it orders every %(n)s days.",
        silence.usual or 0,
    ) % {"n": formats.number(silence.usual or 0)}
    chance = ngettext(
        "A customer like this who stays is silent for %(n)s day or longer 1 time in 20.",
        "A customer like this who stays is silent for %(n)s days or longer 1 time in 20.",
        silence.alarm_at or 0,
    ) % {"n": formats.number(silence.alarm_at or 0)}
    return f"{words} {chance}"
