import pytest

from accounts.commands import coverage as commands
from accounts.commands.contact_role import install_contact_roles
from accounts.models import CoverageRule
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
WHOLE = {"tiers": ["A"], "people": 1, "access": "3", "strength": 0, "colleagues": 0}


def test_twelve_rules_come_once_and_only_to_an_empty_list():
    assert commands.install_coverage_rules() == 0  # there are no roles yet
    install_contact_roles()
    assert commands.install_coverage_rules() == 12
    assert commands.install_coverage_rules() == 0
    for_c = [rule for rule in CoverageRule.objects.all() if "C" in rule.tiers]
    assert {rule.role.code for rule in for_c} == {"decision_maker", "purchasing"}


def test_a_director_writes_changes_and_removes_a_rule():
    dora = make_cast().dora
    made = commands.save_rule(actor=dora, **WHOLE)
    assert commands.save_rule(actor=dora, rule_id=made.pk, importance=3).importance == 3
    commands.remove_rule(actor=dora, rule_id=made.pk)
    assert not CoverageRule.objects.exists()
    assert Event.objects.filter(verb__startswith="reference.coverage").count() == 3


@pytest.mark.parametrize(
    ("fields", "says"),
    [({"tiers": []}, "at least one tier"), ({"strength": 30}, "how many of ours")],
)
def test_a_rule_that_asks_nothing_is_refused(fields, says):
    with pytest.raises(RuleBroken, match=says):
        commands.save_rule(actor=make_cast().dora, **{**WHOLE, **fields})
    assert not CoverageRule.objects.exists()


def test_only_directors_keep_the_rules():
    cast = make_cast()
    rule = commands.save_rule(actor=cast.dora, **WHOLE)
    for actor in (cast.karl, cast.adam):
        with pytest.raises(RuleBroken):
            commands.save_rule(actor=actor, **WHOLE)
        with pytest.raises(RuleBroken):
            commands.remove_rule(actor=actor, rule_id=rule.pk)
    assert CoverageRule.objects.count() == 1


def test_what_is_no_field_is_a_mistake_of_ours():
    with pytest.raises(TypeError):
        commands.save_rule(actor=make_cast().dora, **WHOLE, position=3)
