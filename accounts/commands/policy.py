"""The rules for key accounts: drafted, tried, adopted with a note. Adopted ones are never edited.

Adopting makes a new row, so that the order of rows is the order of adoption, and undoing an
adoption is adopting the former rules again.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import PolicyState
from accounts.models import Criterion, Policy
from accounts.rules import policy as rule
from common.errors import RuleBroken
from common.jobs import enqueue
from common.models import Job
from people import commands as people
from people import verbs
from people.models import Company, User

RULES = (
    "basis",
    "cut_a",
    "cut_b",
    "tier_a_is_key",
    "single_share",
    "criteria_threshold",
    "criteria_weights",
    "cap",
    "accounts_per_kam",
)

verbs.register(
    {
        "policy.drafted": gettext_lazy("saved a draft of the policy"),
        "policy.edited": gettext_lazy("changed the draft of the policy"),
        "policy.dropped": gettext_lazy("threw the draft of the policy away"),
        "policy.adopted": gettext_lazy("adopted the policy"),
    }
)


@transaction.atomic
def draft_policy(*, actor: User, name: str, rules: dict) -> Policy:
    """Keep `rules` (fields named in RULES) as a draft."""
    _only_the_director(actor)
    draft = Policy(name=name.strip(), made_by=actor, **_named(rules))
    _check(draft)
    draft.save()
    people.record(actor=actor, verb="policy.drafted", target=draft, name=draft.name)
    return draft


@transaction.atomic
def edit_draft(*, actor: User, draft: Policy, name: str, rules: dict) -> Policy:
    """Change a draft; RuleBroken once it has been adopted."""
    _only_the_director(actor)
    draft = _locked_draft(draft)
    new = {"name": name.strip(), **_named(rules)}
    changes = {
        field: [_plain(getattr(draft, field)), _plain(value)]
        for field, value in new.items()
        if getattr(draft, field) != value
    }
    for field, value in new.items():
        setattr(draft, field, value)
    _check(draft)
    draft.save(update_fields=list(new))
    if changes:
        people.record(actor=actor, verb="policy.edited", target=draft, changes=changes)
    return draft


@transaction.atomic
def drop_draft(*, actor: User, draft: Policy) -> None:
    """Throw a draft away; adopted policies stay for ever."""
    _only_the_director(actor)
    draft = _locked_draft(draft)
    people.record(actor=actor, verb="policy.dropped", target=draft, name=draft.name)
    draft.delete()


@transaction.atomic
def adopt_policy(*, actor: User, policy: Policy, note: str, day: dt.date) -> Policy:
    """Make the rules of a draft or of a former policy those in force from `day`.

    Returns the new row; a draft is used up by it. The night's work is started.
    """
    _only_the_director(actor)
    if not note.strip():
        raise RuleBroken(_("Write a note: what this policy is for. Nothing was changed."))
    # Two directors, or two clicks, meet at the company's row: whoever waited for the adopted one
    # would find it retired and not see the one that was made meanwhile.
    Company.objects.select_for_update().get(pk=1)
    former = Policy.objects.select_for_update().filter(state=PolicyState.ADOPTED).first()
    if policy.state == PolicyState.ADOPTED:
        raise RuleBroken(_("This policy is in force already. Nothing was changed."))
    if former is not None:
        if _same_rules(former, policy):
            raise RuleBroken(_("These rules are in force already. Nothing was changed."))
        day = max(day, former.adopted_on)
        Policy.objects.filter(pk=former.pk).update(state=PolicyState.RETIRED)
    adopted = Policy(
        name=policy.name,
        state=PolicyState.ADOPTED,
        note=note.strip(),
        made_by=policy.made_by,
        made_at=timezone.now(),
        adopted_on=day,
        adopted_by=actor,
        **{field: getattr(policy, field) for field in RULES},
    )
    _check(adopted)
    adopted.save()
    if policy.state == PolicyState.DRAFT and policy.pk:
        _locked_draft(policy).delete()
    people.record(
        actor=actor,
        verb="policy.adopted",
        target=adopted,
        name=adopted.name,
        note=adopted.note,
        former=former.pk if former else None,
    )
    start_recompute(by=actor, day=day)
    return adopted


def start_recompute(*, by: User | None, day: dt.date) -> Job:
    """Ask for the night's work; asked twice before it begins, it is done once.

    It computes the newest day: naming `day` would take the figures back if a night came between.
    """
    return enqueue("kpi.jobs.recompute", key=f"recompute:{day}", by=by)


def _only_the_director(actor: User) -> None:
    if not rule.may_decide(actor.roles):
        raise RuleBroken(_("Only a sales director decides which customers are key."))


def _locked_draft(draft: Policy) -> Policy:
    found = Policy.objects.select_for_update().filter(pk=draft.pk, state=PolicyState.DRAFT).first()
    if found is None:
        raise RuleBroken(_("This draft was adopted or thrown away meanwhile. Reload the page."))
    return found


def _named(rules: dict) -> dict:
    return {field: rules[field] for field in RULES if field in rules}


def _check(policy: Policy) -> None:
    if not 0 < policy.cut_a < policy.cut_b <= 100:
        raise RuleBroken(_("Tier A must end before tier B does, both between 0 and 100 %."))
    if policy.accounts_per_kam <= 0:
        raise RuleBroken(_("A manager holds at least a part of one key account."))


def _plain(value):
    return value if isinstance(value, bool | int | str | dict | None) else str(value)


def _same_rules(one: Policy, other: Policy) -> bool:
    """Also where one names a weight that the other takes from the criterion itself."""
    plain = [field for field in RULES if field != "criteria_weights"]
    return all(getattr(one, field) == getattr(other, field) for field in plain) and all(
        one.weight_of(criterion) == other.weight_of(criterion)
        for criterion in Criterion.objects.all()
    )
