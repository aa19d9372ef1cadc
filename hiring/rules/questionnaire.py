"""Answers to a questionnaire: read from what was typed, and which questions are asked at all.

A value is kept as text, number as text, bool, code, list of codes or ISO day; None is no answer.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from django.utils.translation import gettext as _

from hiring.choices import QuestionKind

# An answer of these kinds can open further questions.
OPENING = (
    QuestionKind.YES_NO,
    QuestionKind.CHOICE,
    QuestionKind.CHOICES,
    QuestionKind.SCALE,
)
WITH_OPTIONS = (QuestionKind.CHOICE, QuestionKind.CHOICES)
LONGEST = {QuestionKind.TEXT: 300, QuestionKind.LONG_TEXT: 4000}
SCALE = ("1", "2", "3", "4", "5")
MOST = Decimal(10**12)
SPACES = str.maketrans("", "", "    '’")


class Unfit(ValueError):
    """What was typed is no answer to this question; the message says what would be."""


class Asked(Protocol):
    pk: int
    kind: str
    is_required: bool
    shown_if_id: int | None
    shown_if_value: str


def read(kind: str, typed: list[str], codes: Iterable[str] = ()) -> Any:
    """The value of what came from the form; None when nothing was answered."""
    # A line's end counts as one sign, as the browser counts it.
    given = [text.replace("\x00", "").replace("\r\n", "\n").strip() for text in typed]
    given = [text for text in given if text]
    if not given:
        return None
    match kind:
        case QuestionKind.TEXT | QuestionKind.LONG_TEXT:
            return _text(given[0], LONGEST[QuestionKind(kind)])
        case QuestionKind.NUMBER | QuestionKind.MONEY:
            return _number(given[0], may_be_negative=kind == QuestionKind.NUMBER)
        case QuestionKind.YES_NO:
            return _one_of(given[0], ("yes", "no")) == "yes"
        case QuestionKind.CHOICE:
            return _one_of(given[0], codes)
        case QuestionKind.CHOICES:
            return list(dict.fromkeys(_one_of(text, codes) for text in given))
        case QuestionKind.SCALE:
            return _one_of(given[0], SCALE)
        case QuestionKind.DATE:
            return _day(given[0])
    raise Unfit(_("Attach a file."))


def _text(text: str, most: int) -> str:
    if len(text) > most:
        raise Unfit(_("At most %(most)s signs; these are %(length)s.")
                    % {"most": most, "length": len(text)})  # fmt: skip
    return text


def _number(text: str, *, may_be_negative: bool) -> str:
    plain = text.translate(SPACES)
    if "," in plain and "." not in plain and plain.count(",") == 1:
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise Unfit(_("Write a number in digits.")) from error
    if not plain.isascii() or not value.is_finite() or abs(value) >= MOST:
        raise Unfit(_("Write a number in digits."))
    if value < 0 and not may_be_negative:
        raise Unfit(_("Write an amount that is not below zero."))
    return format(value.normalize(), "f")


def _one_of(text: str, codes: Iterable[str]) -> str:
    if text not in codes:
        raise Unfit(_("Choose one of the answers offered."))
    return text


def _day(text: str) -> str:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise Unfit(_("Write the date like 2026-03-31.")) from error
    if not 1950 <= day.year <= 2100:
        raise Unfit(_("Write the date like 2026-03-31."))
    return day.isoformat()


def opens(kind: str, value: Any, wanted: str) -> bool:
    """Whether this answer opens the question that waits for `wanted`.

    >>> opens("yes_no", True, "yes"), opens("choices", ["a", "b"], "b"), opens("choice", None, "a")
    (True, True, False)
    """
    if value is None:
        return False
    if kind == QuestionKind.YES_NO:
        return ("yes" if value else "no") == wanted
    if kind == QuestionKind.CHOICES:
        return wanted in value
    return value == wanted


def asked(questions: Iterable[Asked], values: Mapping[int, Any]) -> list[Asked]:
    """Questions that are asked of somebody with these answers: a hidden one hides what it opens."""
    by_pk = {question.pk: question for question in questions}
    known: dict[int, bool] = {}

    def is_asked(question: Asked, seen: frozenset[int] = frozenset()) -> bool:
        if question.pk not in known:
            parent = by_pk.get(question.shown_if_id) if question.shown_if_id else None
            if parent is None or parent.pk in seen:
                known[question.pk] = True
            else:
                known[question.pk] = is_asked(parent, seen | {question.pk}) and opens(
                    parent.kind, values.get(parent.pk), question.shown_if_value
                )
        return known[question.pk]

    return [question for question in by_pk.values() if is_asked(question)]
