"""Rules over answers: what must hold for somebody to go on. They propose; a person decides.

A question that was not answered, or not asked, never fails anybody: it needs a look.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiring.choices import QuestionKind, Verdict

NUMBERS = (QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.SCALE)
OPERATORS: dict[str, str | Promise] = {
    "ge": _("is at least"),
    "le": _("is at most"),
    "eq": _("is exactly"),
    "between": _("is between"),
    "is": _("is"),
    "is_not": _("is not"),
    "in": _("is one of"),
    "has": _("includes"),
    "has_not": _("does not include"),
    "before": _("is on or before"),
    "after": _("is on or after"),
    "filled": _("is answered"),
}
FITTING: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(NUMBERS, ("ge", "le", "eq", "between")),
    QuestionKind.YES_NO: ("is",),
    QuestionKind.CHOICE: ("is", "is_not", "in"),
    QuestionKind.CHOICES: ("has", "has_not"),
    QuestionKind.DATE: ("before", "after"),
    QuestionKind.TEXT: ("filled",),
    QuestionKind.LONG_TEXT: ("filled",),
    QuestionKind.FILE: ("filled",),
}


def fits(kind: str, operator: str) -> bool:
    return operator in FITTING.get(kind, ())


def verdict(kind: str, operator: str, wanted: Any, value: Any) -> Verdict:
    """What the rule finds for one answer.

    `wanted`: a number as text, a pair of them, "yes" or "no", a code, a list of codes, an ISO day.

    >>> verdict("number", "ge", "2", "3").value, verdict("yes_no", "is", "yes", None).value
    ('passes', 'unclear')
    """
    if not fits(kind, operator) or value in (None, "", []):
        return Verdict.UNCLEAR
    try:
        holds = _holds(kind, operator, wanted, value)
    except (InvalidOperation, TypeError, ValueError):
        return Verdict.UNCLEAR
    return Verdict.PASSES if holds else Verdict.FAILS


def _holds(kind: str, operator: str, wanted: Any, value: Any) -> bool:
    if kind in NUMBERS:
        return _number_holds(operator, wanted, _finite(value))
    if kind == QuestionKind.YES_NO:
        return ("yes" if value else "no") == wanted
    match operator:
        case "is":
            return value == wanted
        case "is_not":
            return value != wanted
        case "in":
            return value in wanted
        case "has":
            return wanted in value
        case "has_not":
            return wanted not in value
        case "before":
            return value <= wanted
        case "after":
            return value >= wanted
    return True


def _number_holds(operator: str, wanted: Any, value: Decimal) -> bool:
    if operator == "between":
        low, high = wanted
        return _finite(low) <= value <= _finite(high)
    other = _finite(wanted)
    return {"ge": value >= other, "le": value <= other, "eq": value == other}[operator]


def _finite(text: Any) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError
    return value


def together(verdicts: list[str]) -> str:
    """Of several rules: one that fails decides, then one that needs a look.

    >>> together(["passes", "unclear"]), together([])
    ('unclear', 'passes')
    """
    for worst in (Verdict.FAILS, Verdict.UNCLEAR):
        if worst in verdicts:
            return worst.value
    return Verdict.PASSES.value
