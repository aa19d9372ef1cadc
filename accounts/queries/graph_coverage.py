"""Which coverage rules an account meets, each in one sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.choices import Access
from accounts.models import Account, CoverageRule, Task
from accounts.queries.graph import Picture, picture_of
from accounts.rules import graph as rules
from common import formats
from people.models import User


@dataclass(frozen=True)
class RuleAnswer:
    rule: CoverageRule
    is_met: bool
    sentence: str
    cause: str
    task: Task | None


def rule_answers(picture: Picture, tasks: dict[str, Task]) -> tuple[RuleAnswer, ...]:
    """Every rule of the account's tier, met or not, with its open task."""
    ties: dict[int, list[float]] = {}
    for bond in picture.bonds:
        ties.setdefault(bond.contact_id, []).append(bond.strength)
    known = [
        rules.Known(
            person.role_id, person.power, person.value("access"), tuple(ties.get(person.id, ()))
        )
        for person in picture.people
        if not person.is_hole
    ]  # fmt: skip
    found = []
    for rule in picture.coverage_rules:
        asked = rules.Rule(
            rule.pk, rule.role_id, rule.people, int(rule.access or 0), rule.strength,
            rule.colleagues, rule.importance,
        )  # fmt: skip
        met = rules.satisfying(asked, known)
        cause = f"rule:{rule.pk}"
        found.append(
            RuleAnswer(rule, met >= rule.people, rule_words(rule, met), cause, tasks.get(cause))
        )
    return tuple(found)


def coverage_share(account: Account, reader: User) -> float | None:
    """Of the rules of the account's tier the part that is met today, by importance, 0-1; None
    where no rule asks anything. The caller got `account` through visible_to."""
    kept = rule_answers(picture_of(account, reader), {})
    score = rules.score((row.rule.importance, row.is_met) for row in kept)
    return None if score is None else score / 5


def _role_words(rule: CoverageRule) -> str:
    return rule.role.name if rule.role else _("People with power")


def _words(rule: CoverageRule) -> dict[str, str]:
    return {
        "role": _role_words(rule),
        "people": formats.number(rule.people),
        "access": Access(rule.access).label if int(rule.access or 0) else "",
        "strength": formats.number(rule.strength),
        "ours": formats.number(rule.colleagues),
    }


def rule_words(rule: CoverageRule, met: int) -> str:
    """One sentence: of how many the rule asks, how many there are, for what."""
    words = _words(rule) | {"met": formats.number(met)}
    if not rule.strength and not words["access"]:
        return _("%(role)s: %(met)s of %(people)s known by name.") % words
    if not rule.strength:
        return _("%(role)s: %(met)s of %(people)s within reach (%(access)s).") % words
    if words["access"]:
        both = _(
            "%(role)s: %(met)s of %(people)s within reach (%(access)s)"
            " and tied to %(ours)s of ours (%(strength)s of 100)."
        )
        return both % words
    return (
        _("%(role)s: %(met)s of %(people)s tied to %(ours)s of ours (%(strength)s of 100).") % words
    )


def asked_words(rule: CoverageRule) -> str:
    """What a rule asks for, as directors read it in the settings."""
    words = _words(rule)
    if not rule.strength and not words["access"]:
        return _("%(role)s: %(people)s known by name") % words
    if not rule.strength:
        return _("%(role)s: %(people)s within reach (%(access)s)") % words
    if not words["access"]:
        return _("%(role)s: %(people)s tied to %(ours)s of ours (%(strength)s of 100)") % words
    both = _(
        "%(role)s: %(people)s within reach (%(access)s)"
        " and tied to %(ours)s of ours (%(strength)s of 100)"
    )
    return both % words


def rule_task(rule: CoverageRule) -> str:
    """What is to be done about an unmet rule."""
    words = {"role": _role_words(rule)}
    if rule.strength and rule.colleagues > 1:
        return _("Bring another of ours together with: %(role)s") % words
    if rule.strength:
        return _("Build a tie to: %(role)s") % words
    if int(rule.access or 0):
        return _("Get within reach of: %(role)s") % words
    return _("Find out who it is: %(role)s") % words
