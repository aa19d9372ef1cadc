"""What the figures of a trial say, in sentences; money only for who works with the accounts."""

import datetime as dt
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from common import formats
from hiring.choices import GoalKind
from hiring.models import ProbationDay, ProbationGoal
from hiring.queries.probation_progress import Measured
from hiring.rules import intervals
from hiring.rules.progress import Course
from people.models import Company

COURSES: dict[Course, str | Promise] = {
    Course.REACHED: pgettext_lazy("goal", "reached"),
    Course.AHEAD: pgettext_lazy("goal", "on course"),
    Course.BEHIND: pgettext_lazy("goal", "behind"),
    Course.UNSURE: pgettext_lazy("goal", "within chance"),
    Course.UNKNOWN: pgettext_lazy("goal", "not to be told yet"),
}
Row = Measured | ProbationDay


def goal_words(goal: ProbationGoal, accounts: int | None = None) -> str:
    """The goal with its figure; in one's own words where somebody wrote them."""
    if goal.title or goal.kind == GoalKind.FREE:
        return goal.title
    target = None if goal.target is None else formats.number(Decimal(goal.target).normalize())
    if goal.kind == GoalKind.GROWTH and accounts:
        return ngettext(
            "This %(n)s account grows by %(target)s %%",
            "These %(n)s accounts grow by %(target)s %%", accounts,
        ) % {"n": formats.number(accounts), "target": target}  # fmt: skip
    words = {
        GoalKind.GROWTH: _("Turnover of the given accounts grows by %(target)s %%"),
        GoalKind.FIRST: _("First talk with %(target)s %% of the accounts within %(days)s days"),
        GoalKind.MAP: _("Map of the customer's people %(target)s %% complete"),
        GoalKind.CONTACT: _("%(target)s meetings and calls held"),
    }
    days = formats.number(goal.within_days)
    return words[GoalKind(goal.kind)] % {"target": target, "days": days}


def figure_words(goal: ProbationGoal, value: float | None, decimals: int = 1) -> str:
    """A value or target in the unit of the goal; what is unknown is a dash."""
    if goal.kind == GoalKind.CONTACT:
        whole = value is None or value == int(value)
        return formats.number(value, 0 if whole else decimals)
    share = None if value is None else float(value) / 100
    decimals = 0 if value is None or round(float(value), 1) == round(float(value)) else decimals
    return formats.percent(share, decimals, signed=goal.kind == GoalKind.GROWTH)


def sentences(row: Row, *, with_money: bool) -> tuple[str, ...]:
    """What this figure means, how sure it is, and what it is held against."""
    goal = row.goal
    if goal.kind == GoalKind.GROWTH:
        return _growth(row, with_money)
    if goal.kind == GoalKind.FREE:
        return (_judged(goal),)
    if row.value is None:
        return (_("Nothing is known of it yet."),)
    today = _("Today it should be %(figure)s.") % {"figure": figure_words(goal, row.expected)}
    if goal.kind == GoalKind.FIRST:
        return _first(row), today
    if goal.kind == GoalKind.MAP:
        told = _("On average %(now)s of what the maps should hold is met; at the start %(begin)s.")
        begin = figure_words(goal, row.data.get("begin"))
        return told % {"now": figure_words(goal, row.value), "begin": begin}, today
    number = int(row.value)
    told = ngettext(
        "%(n)s talk in which both sides spoke was noted.",
        "%(n)s talks in which both sides spoke were noted.", number,
    )  # fmt: skip
    return told % {"n": formats.number(number)}, today


def _judged(goal: ProbationGoal) -> str:
    if goal.judged is None:
        return _("The lead judges this goal.")
    if goal.judged:
        return goal.judged_note or _("Reached, in the lead's judgement.")
    return goal.judged_note


def _first(row: Row) -> str:
    last = dt.date.fromisoformat(row.data["last"])
    met = sum(dt.date.fromisoformat(day) <= last for day in row.data["met"].values())
    return _("By %(day)s both sides spoke with %(met)s of %(of)s accounts.") % {
        "met": formats.number(met), "of": formats.number(row.data["of"]), "day": formats.day(last),
    }  # fmt: skip


def _growth(row: Row, with_money: bool) -> tuple[str, ...]:
    goal, data = row.goal, row.data
    if not data.get("through"):
        return (_("The ledger holds no day since the start yet."),)
    if row.value is None:
        return (_("These accounts bought nothing in the year before: nothing to compare with."),)
    words = {"day": formats.day(dt.date.fromisoformat(data["through"])),
             "growth": figure_words(goal, row.value)}  # fmt: skip
    if with_money:
        currency = Company.current().currency
        words["net"] = formats.money(data["net"], currency, 0)
        words["base"] = formats.money(data["baseline"], currency, 0)
        told = _(
            "Until %(day)s they brought %(net)s; at the pace of the year before it would have been"
            " %(base)s: %(growth)s."
        )
    else:
        told = _("Until %(day)s, against the pace of the year before: %(growth)s.")
    line = _("To be in time it should be %(figure)s today.") % {
        "figure": figure_words(goal, row.expected)
    }
    return told % words, line, _chance(row), *_beside(row)


def _chance(row: Row) -> str:
    goal, orders = row.goal, row.data["orders"]
    if row.low is None:
        return ngettext(
            "%(n)s order day is too few to say what is skill and what is chance; from %(enough)s"
            " on it can be told.",
            "%(n)s order days are too few to say what is skill and what is chance; from %(enough)s"
            " on it can be told.", orders,
        ) % {"n": formats.number(orders), "enough": formats.number(intervals.ENOUGH)}  # fmt: skip
    return _("With %(n)s order days the truth lies between %(low)s and %(high)s.") % {
        "n": formats.number(orders), "low": figure_words(goal, row.low),
        "high": figure_words(goal, row.high),
    }  # fmt: skip


def _beside(row: Row) -> tuple[str, ...]:
    if row.control is None:
        return ()
    goal, found = row.goal, row.data.get("difference")
    words = {"control": figure_words(goal, row.control)}
    if not found:
        told = _("Accounts like them that were not given: %(control)s; too few orders to compare.")
        return (told % words,)
    value, low, high = (formats.number(round(point, 1), 1, signed=True) for point in found)
    words |= {"points": value, "low": low, "high": high}
    if found[1] > 0 or found[2] < 0:
        told = _(
            "Accounts like them that were not given: %(control)s. The difference of %(points)s"
            " points (%(low)s to %(high)s) is more than chance."
        )
    else:
        told = _(
            "Accounts like them that were not given: %(control)s. The difference of %(points)s"
            " points (%(low)s to %(high)s) may be chance."
        )
    return (told % words,)
