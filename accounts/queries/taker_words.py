"""What speaks for and against a manager, each reason as one sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.queries.load import LoadNow
from accounts.rules.choice import Case, Part
from accounts.rules.load import Over
from common import formats


def part_words(case: Case, tie: tuple[float, str] | None, after: LoadNow | None) -> dict[Part, str]:
    """A sentence for every part, or ""; `after` None: not the reader's to know, nor are grade and
    absences."""
    return {
        Part.LOAD: load_words(after) if after else "",
        Part.TIES: _tie_words(tie),
        Part.LANGUAGE: _language_words(case.spoken),
        Part.GRADE: _grade_words(case) if after else "",
        Part.SEGMENT: {
            None: "", True: _("Works in this segment."), False: _("New to this segment."),
        }[case.knows_segment],
        Part.TERRITORY: {
            None: "", True: _("Works in this territory."), False: _("New to this territory."),
        }[case.knows_territory],
        Part.PRESENCE: ngettext(
            "Away on %(n)s working day of the next thirty days.",
            "Away on %(n)s working days of the next thirty days.",
            case.days_away,
        )
        % {"n": formats.number(case.days_away)}
        if case.days_away and after
        else "",
    }  # fmt: skip


def load_words(after: LoadNow) -> str:
    """What they would carry with it, and which limits that passes."""
    if after.load.share is None:
        return _("Away for the whole month.")
    words = _("Would carry %(hours)s of %(capacity)s hours a month, %(share)s.") % {
        "hours": formats.number(after.load.hours, 0),
        "capacity": formats.number(after.load.capacity, 0),
        "share": formats.percent(after.load.share),
    }
    limits = [over_words(over, after) for over in after.overs if over != Over.HOURS]
    return " ".join([words, *limits])


def over_words(over: Over, found: LoadNow) -> str:
    """One passed limit as a sentence."""
    if over == Over.HOURS:
        return _("%(hours)s hours asked for, %(capacity)s to be had this month.") % {
            "hours": formats.number(found.load.hours, 0),
            "capacity": formats.number(found.load.capacity, 0),
        }
    if over == Over.KEY:
        words = ngettext(
            "%(n)s key account; the limit is %(most)s.",
            "%(n)s key accounts; the limit is %(most)s.",
            found.key,
        )
        numbers = (found.key, found.figures.most_key)
    else:
        words = ngettext(
            "%(n)s other account; the limit is %(most)s.",
            "%(n)s other accounts; the limit is %(most)s.",
            found.regular,
        )
        numbers = (found.regular, found.figures.most_regular)
    return words % {"n": formats.number(numbers[0]), "most": formats.number(numbers[1])}


def _tie_words(tie: tuple[float, str] | None) -> str:
    if tie is None or tie[0] < 1:
        return _("Knows nobody there yet.")
    words = _("Knows %(name)s already: strength %(strength)s.")
    return words % {"name": tie[1], "strength": formats.number(tie[0], 0)}


def _language_words(spoken: float | None) -> str:
    if spoken is None:
        return ""
    words = _("Shares a language with %(share)s of their people.")
    return words % {"share": formats.percent(spoken)}


def _grade_words(case: Case) -> str:
    if case.grade_needed is None or case.grade is None or case.grade < case.grade_needed:
        return ""
    return _("Grade %(grade)s; grade %(needed)s is asked for.") % {
        "grade": formats.number(case.grade),
        "needed": formats.number(case.grade_needed),
    }
