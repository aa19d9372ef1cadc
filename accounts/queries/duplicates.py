"""Accounts that may be one customer: same name in any spelling, number or web site.

A reader is told of accounts they may open by name; of others only that something exists.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import Account, ExternalId
from accounts.rules import search
from accounts.rules.duplicates import plain_name, plain_site
from people.models import User

MOST = 200


@dataclass(frozen=True)
class Lookalikes:
    """`hidden`: there is at least one more that the reader may not see."""

    accounts: list[Account]
    hidden: bool


def lookalikes(user: User, *, name: str, website: str = "") -> Lookalikes:
    """Candidates by a long word of the name or the host, judged by rules.duplicates."""
    wanted, site = plain_name(name), plain_site(website)
    if len(wanted) < 3 and not site:
        return Lookalikes([], hidden=False)
    found = [
        account
        for account in Account.objects.present().filter(_near(name, site))[:MOST]
        if (len(wanted) > 2 and plain_name(account.name) == wanted)
        or (site and plain_site(account.website) == site)
    ]
    ids = [account.pk for account in found]
    visible = Account.objects.visible_to(user).filter(pk__in=ids).select_related("owner")
    shown = list(visible.order_by("name", "pk")[:5])
    return Lookalikes(shown, hidden=len(ids) > visible.count())


def _near(name: str, site: str) -> Q:
    """Rows worth judging: they share the beginning of the longest word, in either script."""
    near = Q(pk=None)
    for folded in {search.fold(name), search.latin(name)}:
        word = max(folded.split(), key=len, default="")
        if len(word) > 2:
            near |= Q(search_text__contains=word[: max(4, len(word) // 2)])
    return near | Q(website__icontains=site) if site else near


@dataclass(frozen=True)
class Pair:
    """Two accounts and why they look alike: "name", "website" or "number"."""

    first: Account
    second: Account
    reason: str


def duplicate_pairs(user: User, most: int = MOST) -> list[Pair]:
    """Pairs among the accounts the reader may open, the larger account first."""
    rows = Account.objects.visible_to(user).present().select_related("owner", "score")
    accounts = {account.pk: account for account in rows.order_by("pk")}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for account in accounts.values():
        groups["name", plain_name(account.name)].append(account.pk)
        if site := plain_site(account.website):
            groups["website", site].append(account.pk)
    numbers = ExternalId.objects.filter(account__in=rows).values_list("value", "account", "source")
    for value, account, _source in numbers:
        if account not in groups["number", value]:
            groups["number", value].append(account)
    pairs: dict[frozenset[int], Pair] = {}
    for (reason, key), ids in groups.items():
        if not key or len(ids) < 2 or len(ids) > 20:
            continue
        first, *others = sorted(ids, key=lambda pk: _size(accounts[pk]), reverse=True)
        for other in others:
            both = frozenset((first, other))
            pairs.setdefault(both, Pair(accounts[first], accounts[other], reason))
    return sorted(pairs.values(), key=lambda pair: pair.first.name)[:most]


def _size(account: Account):
    score = getattr(account, "score", None)
    return (score.revenue if score else 0, -account.pk)
