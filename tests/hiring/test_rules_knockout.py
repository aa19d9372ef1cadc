"""Rules over answers: every operator of every kind; silence never fails anybody."""

import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.choices import QuestionKind, Verdict
from hiring.rules import knockout
from hiring.rules.knockout import FITTING, OPERATORS, verdict

TABLE = [
    ("number", "ge", "2", "2", "passes"), ("number", "ge", "2", "1.9", "fails"),
    ("number", "le", "2", "2", "passes"), ("number", "le", "2", "2.1", "fails"),
    ("number", "eq", "2", "2.0", "passes"), ("number", "eq", "2", "3", "fails"),
    ("money", "between", ["100", "200"], "100", "passes"),
    ("money", "between", ["100", "200"], "200", "passes"),
    ("money", "between", ["100", "200"], "200.01", "fails"),
    ("scale", "ge", "4", "5", "passes"), ("scale", "ge", "4", "3", "fails"),
    ("yes_no", "is", "yes", True, "passes"), ("yes_no", "is", "yes", False, "fails"),
    ("yes_no", "is", "no", False, "passes"),
    ("choice", "is", "a", "a", "passes"), ("choice", "is", "a", "b", "fails"),
    ("choice", "is_not", "a", "b", "passes"), ("choice", "is_not", "a", "a", "fails"),
    ("choice", "in", ["a", "b"], "b", "passes"), ("choice", "in", ["a", "b"], "c", "fails"),
    ("choices", "has", "a", ["a", "b"], "passes"), ("choices", "has", "a", ["b"], "fails"),
    ("choices", "has_not", "a", ["b"], "passes"), ("choices", "has_not", "a", ["a"], "fails"),
    ("date", "before", "2026-12-31", "2026-12-31", "passes"),
    ("date", "before", "2026-12-31", "2027-01-01", "fails"),
    ("date", "after", "2026-12-31", "2026-12-31", "passes"),
    ("date", "after", "2026-12-31", "2026-12-30", "fails"),
    ("text", "filled", None, "words", "passes"), ("file", "filled", None, "key", "passes"),
    ("number", "ge", "2", "about two", "unclear"), ("number", "ge", "2", "NaN", "unclear"),
    ("number", "is", "2", "2", "unclear"), ("choice", "in", None, "a", "unclear"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "operator", "wanted", "value", "found"), TABLE)
def test_what_each_operator_finds(kind, operator, wanted, value, found):
    assert verdict(kind, operator, wanted, value) == found


def test_every_operator_of_every_kind_is_in_the_table():
    tried = {(kind, operator) for kind, operator, *_rest in TABLE}
    numbers = {(kind, op) for kind in knockout.NUMBERS for op in FITTING[kind]}
    texts = {("long_text", "filled")}
    wanted = {(kind.value, op) for kind, ops in FITTING.items() for op in ops}
    assert wanted - numbers - texts <= tried
    assert {op for ops in FITTING.values() for op in ops} == set(OPERATORS)
    assert set(FITTING) == set(QuestionKind)


@pytest.mark.parametrize("kind", QuestionKind.values)
@pytest.mark.parametrize("value", [None, "", []])
def test_silence_never_fails_anybody(kind, value):
    for operator in OPERATORS:
        assert verdict(kind, operator, "1", value) == Verdict.UNCLEAR


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_at_least_and_at_most_overlap_in_equality_alone(limit, value):
    found = {op: verdict("number", op, str(limit), str(value)) for op in ("ge", "le", "eq")}
    both = found["ge"] == found["le"] == Verdict.PASSES
    assert both == (found["eq"] == Verdict.PASSES)
    assert Verdict.PASSES in (found["ge"], found["le"])


@given(st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2), st.data())
def test_between_is_at_least_and_at_most(low, high, data):
    value = data.draw(st.sampled_from([low, high, Decimal(5)]))
    ge, le = (
        verdict("money", "ge", str(low), str(value)),
        verdict("money", "le", str(high), str(value)),
    )
    both = {ge, le} == {Verdict.PASSES}
    found = verdict("money", "between", [str(low), str(high)], str(value))
    assert (found == Verdict.PASSES) == both


@given(st.sets(st.sampled_from("abcde"), min_size=1), st.sampled_from("abcde"))
def test_includes_and_does_not_include_are_opposites(value, code):
    has, has_not = (verdict("choices", op, code, sorted(value)) for op in ("has", "has_not"))
    assert {has, has_not} == {Verdict.PASSES, Verdict.FAILS}


@given(
    st.text(), st.one_of(st.none(), st.text(), st.booleans(), st.lists(st.text()), st.integers())
)
def test_nothing_that_may_lie_in_the_database_breaks_it(wanted, value):
    for kind in QuestionKind.values:
        for operator in OPERATORS:
            assert verdict(kind, operator, wanted, value) in Verdict.values


def test_the_examples_hold():
    assert doctest.testmod(knockout).failed == 0
