"""Accounts that may be one customer: same name in any spelling, number or web site.

A reader is told of accounts they may open by name; of others only that something exists.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from accounts.models import Account, ExternalId
from common import folding
from common.duplicates import MOST_SHARING, pairs_of
from common.firms import plain_name, plain_site
from people.models import Distinct, User

MOST = 200


@dataclass(frozen=True)
class Lookalikes:
    """`hidden`: there is at least one more that the reader may not see."""

    accounts: list[Account]
    hidden: bool


def lookalikes(user: User, *, name: str, website: str = "") -> Lookalikes:
    """Candidates by a long word of the name or the host, judged by common.firms."""
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
    for folded in {folding.fold(name), folding.latin(name)}:
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
    """Pairs among the accounts the reader may open, the larger account first.

    Only plain values of all accounts are read; the accounts themselves only of what is shown.
    """
    rows = Account.objects.visible_to(user).present()
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    sizes: dict[int, Decimal] = {}
    values = rows.order_by("pk").values_list("pk", "name", "website", "score__revenue")
    for pk, name, website, revenue in values.iterator():
        sizes[pk] = revenue or Decimal(0)
        groups["name", plain_name(name)].append(pk)
        if site := plain_site(website):
            groups["website", site].append(pk)
    for value, pk in _shared_numbers(rows):
        if pk not in groups["number", value]:
            groups["number", value].append(pk)
    found = _pairs(groups, sizes, Distinct.objects.of(Account).pairs())
    found = dict(sorted(found.items(), key=lambda pair: -sizes[pair[0][0]])[:most])
    wanted = {pk for both in found for pk in both}
    accounts = Account.objects.select_related("owner", "score").in_bulk(wanted)
    return [Pair(accounts[one], accounts[other], why) for (one, other), why in found.items()]


def _shared_numbers(rows: QuerySet[Account]) -> QuerySet:
    """(number, account) of numbers that several sources use."""
    numbers = ExternalId.objects.filter(account__in=rows)
    shared = numbers.order_by().values("value").annotate(uses=Count("pk")).filter(uses__gt=1)
    return numbers.filter(value__in=shared.values("value")).values_list("value", "account")


def _pairs(
    groups: dict, sizes: dict[int, Decimal], apart: set[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """(larger, smaller) → why. A name that too many share says nothing."""
    found: dict[tuple[int, int], str] = {}
    for (why, key), ids in groups.items():
        if key and len(ids) <= MOST_SHARING:
            for pair in pairs_of(sorted(ids, key=lambda pk: (-sizes[pk], pk)), apart):
                found.setdefault(pair, why)
    return found
