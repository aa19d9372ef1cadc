"""Answers read from what was typed, and which questions are asked at all."""

import doctest
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.choices import QuestionKind
from hiring.rules import questionnaire
from hiring.rules.questionnaire import Unfit, asked, read


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", ["  Omsk "], "Omsk"), ("long_text", ["a\nb"], "a\nb"),
        ("number", ["1 234,5"], "1234.5"), ("number", ["-3"], "-3"), ("number", ["7.50"], "7.5"),
        ("money", ["120 000"], "120000"), ("money", ["1'000"], "1000"),
        ("yes_no", ["yes"], True), ("yes_no", ["no"], False),
        ("choice", ["a"], "a"), ("choices", ["a", "b", "a"], ["a", "b"]),
        ("scale", ["5"], "5"), ("date", ["2026-12-01"], "2026-12-01"),
    ],
)  # fmt: skip
def test_what_was_typed_becomes_a_value(kind, typed, value):
    assert read(kind, typed, ["a", "b"]) == value


@pytest.mark.parametrize("kind", QuestionKind.values)
@pytest.mark.parametrize("typed", [[], [""], ["  "], ["\x00"]])
def test_nothing_typed_is_no_answer(kind, typed):
    assert read(kind, typed, ["a"]) is None


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("text", "x" * 301), ("long_text", "x" * 4001), ("number", "two"), ("number", "NaN"),
        ("number", "1e400"), ("number", "١٢"), ("money", "-1"), ("yes_no", "maybe"),
        ("choice", "c"), ("choices", "c"), ("scale", "6"), ("scale", "0"),
        ("date", "31.12.2026"), ("date", "0001-01-01"), ("file", "a.pdf"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_said_in_words(kind, typed):
    with pytest.raises(Unfit, match=r"\w+"):
        read(kind, [typed], ["a", "b"])


@given(st.sampled_from(QuestionKind.values), st.lists(st.text(), max_size=3))
def test_any_text_is_read_or_refused(kind, typed):
    try:
        read(kind, typed, ["a"])
    except Unfit as unfit:
        assert str(unfit)


@dataclass
class Question:
    pk: int
    kind: str = "yes_no"
    is_required: bool = False
    shown_if_id: int | None = None
    shown_if_value: str = ""


def numbers(questions, values) -> list[int]:
    return [question.pk for question in asked(questions, values)]


def test_a_question_waits_for_its_answer_and_takes_its_followers_with_it():
    questions = [Question(1), Question(2, shown_if_id=1, shown_if_value="yes"),
                 Question(3, shown_if_id=2, shown_if_value="no")]  # fmt: skip
    assert numbers(questions, {}) == [1]
    assert numbers(questions, {1: True}) == [1, 2]
    assert numbers(questions, {1: True, 2: False}) == [1, 2, 3]
    assert numbers(questions, {1: False, 2: False}) == [1]


def test_questions_that_wait_for_each_other_or_for_nobody_are_asked():
    ring = [Question(1, shown_if_id=2, shown_if_value="yes"),
            Question(2, shown_if_id=1, shown_if_value="yes")]  # fmt: skip
    assert isinstance(numbers(ring, {}), list)
    assert numbers([Question(3, shown_if_id=99, shown_if_value="yes")], {}) == [3]


def test_the_examples_hold():
    assert doctest.testmod(questionnaire).failed == 0
