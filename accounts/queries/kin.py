"""Whose rows count for an account: merged ones and the children that count with it.

See docs/decisions/0010-merged-accounts-keep-their-facts.md.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

from accounts.models import Account

# Each step goes from an account to those directly below it: its merged ones, and its children
# that count with it. The recursion may name `family` once only, hence the union inside.
FAMILY = """
WITH RECURSIVE family(head, member) AS (
  SELECT id, id FROM accounts_account WHERE id IN ({marks})
  UNION
  SELECT family.head, below.member FROM family JOIN (
    SELECT parent_id AS above, id AS member FROM accounts_account
    WHERE parent_id IS NOT NULL AND rolls_up AND merged_into_id IS NULL
    UNION ALL
    SELECT merged_into_id, id FROM accounts_account WHERE merged_into_id IS NOT NULL
  ) AS below ON below.above = family.member
)
SELECT head, member FROM family
"""


def heads(account_ids: Iterable[int]) -> dict[int, list[int]]:
    """Member → those of the given accounts for which its rows count; each counts for itself."""
    ids = list(account_ids)
    found: dict[int, list[int]] = defaultdict(list)
    if not ids:
        return found
    with connection.cursor() as cursor:
        cursor.execute(FAMILY.format(marks=", ".join(["%s"] * len(ids))), ids)
        for head, member in cursor.fetchall():
            found[member].append(head)
    return found


def own_ids(account: Account) -> list[int]:
    """The account and those merged into it."""
    merged = Account.objects.filter(merged_into=account).values_list("pk", flat=True)
    return [account.pk, *merged]


def family_ids(account: Account) -> list[int]:
    """The account, the children that count with it on every level, and all merged into them."""
    return sorted(heads([account.pk]))


def family_rows(account: Account) -> RawSQL:
    """family_ids as a part of a larger question: `account__in=family_rows(account)`."""
    inner = FAMILY.format(marks="%s")
    sql = f"SELECT member FROM ({inner}) AS kin"  # noqa: S608  our own text; the number is bound
    return RawSQL(sql, [account.pk])  # noqa: S611


def ancestor_ids(account_id: int | None) -> list[int]:
    """The account itself, its parent, the parent's parent and so on."""
    found: list[int] = []
    while account_id is not None and account_id not in found:
        found.append(account_id)
        account_id = Account.objects.values_list("parent", flat=True).get(pk=account_id)
    return found
