"""The rules as a form: what an address says and what a policy says are the same."""

from decimal import Decimal

import pytest

from accounts.commands.criterion import install_criteria
from accounts.models import Criterion, Policy
from kpi.forms import PolicyForm
from kpi.forms.policy import plain, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def criteria():
    install_criteria()
    return list(Criterion.objects.all())


def test_a_policy_goes_through_the_form_and_comes_back(criteria):
    policy = Policy(
        cut_a=Decimal("72.50"), single_share=None, cap=9, criteria_threshold=7,
        tier_a_is_key=False, criteria_weights={"growth": 5},
    )  # fmt: skip
    form = PolicyForm(values(policy, criteria), criteria=criteria)
    assert form.is_valid(), form.errors
    back = form.policy()
    for field in ("basis", "cut_a", "single_share", "cap", "criteria_threshold", "tier_a_is_key"):
        assert getattr(back, field) == getattr(policy, field), field
    assert [back.weight_of(c) for c in criteria] == [policy.weight_of(c) for c in criteria]


def test_the_best_score_follows_the_weights(criteria):
    form = PolicyForm(values(Policy(), criteria), criteria=criteria)
    assert form.best_score == 3 * sum(criterion.weight for criterion in criteria)


def test_tier_b_ends_after_tier_a(criteria):
    data = {**values(Policy(), criteria), "cut_a": "95", "cut_b": "95"}
    form = PolicyForm(data, criteria=criteria)
    assert not form.is_valid() and "cut_b" in form.errors


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("80.00"), "80"), (Decimal("72.50"), "72.5"), (None, None), (3, "3")],
)
def test_figures_are_written_plainly(value, text):
    assert plain(value) == text
