import pytest
from django.urls import reverse

from accounts.commands.coverage import install_coverage_rules
from accounts.models import CoverageRule
from tests.cast import make_cast
from tests.field import make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(reader):
    return reader(make_cast().dora)


def test_the_rules_read_as_sentences(dora):
    page = dora.get(reverse("accounts:coverage_page")).content.decode()
    assert "No rules yet" in page
    make_role("sponsor")
    install_coverage_rules()
    page = dora.get(reverse("accounts:coverage_page")).content.decode()
    assert "Sponsor: 1 within reach (by appointment)" in page


def test_a_rule_is_written_changed_and_removed(dora):
    role = make_role("finance")
    given = {"role": role.pk, "tiers": ["A", "B"], "people": 2, "access": "3", "strength": 30,
             "colleagues": 1, "importance": 2, "is_active": "on"}  # fmt: skip
    dora.post(reverse("accounts:coverage_create"), given)
    rule = CoverageRule.objects.get()
    assert (rule.tiers, rule.people, rule.role, rule.importance) == (["A", "B"], 2, role, 2)
    edit = reverse("accounts:coverage_edit", args=[rule.pk])
    dora.post(edit, {**given, "role": "", "people": 3})
    rule.refresh_from_db()
    assert (rule.role, rule.people) == (None, 3)
    answer = dora.post(edit, {**given, "colleagues": 0})
    assert answer.status_code == 422 and "how many of ours" in answer.content.decode()
    dora.post(reverse("accounts:coverage_remove", args=[rule.pk]))
    assert not CoverageRule.objects.exists()
