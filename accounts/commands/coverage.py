"""The rules by which an account's people count as covered; directors keep them."""

import json
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ContactRole, CoverageRule
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User

STARTING_SET = Path(__file__).parent.parent / "coverage_rules.json"
FIELDS = (
    "tiers", "role", "people", "access", "strength", "colleagues", "importance", "is_active",
)  # fmt: skip

verbs.register(
    {
        "reference.coverage_saved": gettext_lazy("A coverage rule was saved"),
        "reference.coverage_removed": gettext_lazy("A coverage rule was removed"),
    }
)


@transaction.atomic
def install_coverage_rules() -> int:
    """Bring the twelve rules a company starts from, if it has none; call after the contact roles.

    Three roles on a ladder of four: known, within reach, tied to one of ours, tied to two.
    """
    if CoverageRule.objects.exists():
        return 0
    roles = {role.code: role for role in ContactRole.objects.all()}
    rows = json.loads(STARTING_SET.read_text(encoding="utf-8"))
    made = [
        CoverageRule(position=position, **{**row, "role": roles[row["role"]]})
        for position, row in enumerate(rows)
        if row["role"] in roles
    ]
    CoverageRule.objects.bulk_create(made)
    return len(made)


@transaction.atomic
def save_rule(*, actor: User, rule_id: int | None = None, **fields) -> CoverageRule:
    """A new rule, or changed fields of one; CoverageRule.DoesNotExist when it is gone."""
    _check(actor)
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a coverage rule: {sorted(unknown)}")
    if rule_id is None:
        last = CoverageRule.objects.order_by("-position").values_list("position", flat=True).first()
        rule = CoverageRule(position=(last or 0) + 1)
    else:
        rule = CoverageRule.objects.select_for_update().get(pk=rule_id)
    for name, value in fields.items():
        setattr(rule, name, value)
    if not rule.tiers:
        raise RuleBroken(_("Choose at least one tier."))
    if rule.strength and not rule.colleagues:
        raise RuleBroken(_("Say with how many of ours the tie is to be."))
    rule.save()
    record(actor=actor, verb="reference.coverage_saved", target=rule)
    return rule


@transaction.atomic
def remove_rule(*, actor: User, rule_id: int) -> None:
    _check(actor)
    rule = CoverageRule.objects.select_for_update().get(pk=rule_id)
    record(actor=actor, verb="reference.coverage_removed", target=rule)
    rule.delete()


def _check(actor: User) -> None:
    if not actor.is_director:
        raise RuleBroken(_("Only directors change the coverage rules."))
