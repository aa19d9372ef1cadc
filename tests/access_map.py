"""Lines, people and rules of the account map that addresses are about."""

from accounts.commands import map as commands
from accounts.models import CoverageRule
from people.models import User
from tests.cast import Cast, make_account
from tests.field import make_contact, make_role, set_tier


def _line(owner: User):
    account = make_account(owner=owner)
    start, end = make_contact(account), make_contact(account)
    line, event = commands.draw_line(
        actor=owner, account_id=account.pk, kind="reports", start=start.pk, end=end.pk
    )
    return account, line, event


def map_line(cast: Cast, owner: User) -> dict:
    account, line, _event = _line(owner)
    return {"pk": account.pk, "line": line.pk}


def map_change(cast: Cast, owner: User) -> dict:
    account, _drawn, event = _line(owner)
    return {"pk": account.pk, "event": event.pk}


def map_person(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    return {"pk": account.pk, "contact": make_contact(account).pk}


def map_role(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    set_tier(account, "A")
    return {"pk": account.pk, "role": make_role("finance").pk}


def map_colleague(cast: Cast, owner: User) -> dict:
    return {"pk": make_account(owner=owner).pk, "user": owner.pk}


def coverage_rule(cast: Cast, owner: User) -> dict:
    return {"pk": CoverageRule.objects.create(tiers=["A"]).pk}


MAKERS = {
    "coverage_rule": coverage_rule,
    "map_change": map_change,
    "map_colleague": map_colleague,
    "map_line": map_line,
    "map_person": map_person,
    "map_role": map_role,
}
