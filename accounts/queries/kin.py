"""Whose rows count for an account: merged ones and the children that count with it.

See docs/decisions/0010-merged-accounts-keep-their-facts.md.
"""

from accounts.choices import AccountStatus
from accounts.models import Account


def own_ids(account: Account) -> list[int]:
    """The account and those merged into it."""
    merged = Account.objects.filter(merged_into=account).values_list("pk", flat=True)
    return [account.pk, *merged]


def family_ids(account: Account) -> list[int]:
    """The account, the children that count with it on every level, and all merged into them."""
    found = {account.pk}
    level = [account.pk]
    while level:
        children = Account.objects.filter(parent__in=level, rolls_up=True)
        merged = Account.objects.filter(merged_into__in=level)
        pairs = children.exclude(status=AccountStatus.MERGED).values_list("pk", flat=True)
        level = [pk for pk in {*pairs, *merged.values_list("pk", flat=True)} if pk not in found]
        found.update(level)
    return sorted(found)


def ancestor_ids(account_id: int | None) -> list[int]:
    """The account itself, its parent, the parent's parent and so on."""
    found: list[int] = []
    while account_id is not None and account_id not in found:
        found.append(account_id)
        account_id = Account.objects.values_list("parent", flat=True).get(pk=account_id)
    return found
