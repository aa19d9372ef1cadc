"""Daily facts for tests of the night, and the plain reading of the rules they are held against."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from accounts.choices import PolicyState
from accounts.models import (
    Account,
    AccountDay,
    AccountScore,
    DirtyAccount,
    KeySpan,
    Policy,
    Scoring,
    TierSpan,
)
from common.money import to_units
from kpi.models import PortfolioDay
from kpi.rules import windows
from tests.cast import make_account

DAY = dt.date(2026, 3, 31)


def make_day(account: Account, day: dt.date, net, *, cost=0, uncosted=0) -> AccountDay:
    return AccountDay.objects.create(
        account=account,
        day=day,
        net=net,
        positive=max(net, 0),
        cost=cost,
        uncosted=uncosted,
        lines=1,
    )


def make_night(day: dt.date = DAY) -> None:
    """As if a night had just read all facts: what it leaves of itself, without its figures."""
    DirtyAccount.objects.all().delete()
    fields = {"as_of": day, "whole": True, "finished_at": timezone.now()}
    Scoring.objects.update_or_create(pk=1, defaults=fields)


def plain_tiers(values: dict[int, int], cuts=(80, 95)) -> dict[int, str]:
    total = sum(value for value in values.values() if value > 0)
    found = {}
    for account, value in values.items():
        before = sum(other for other in values.values() if other > value)
        if value <= 0:
            found[account] = "N"
        elif before * 100 < cuts[0] * total:
            found[account] = "A"
        else:
            found[account] = "B" if before * 100 < cuts[1] * total else "C"
    return found


def plain_revenue(day: dt.date, heads: dict[int, int]) -> dict[int, int]:
    """Units of the trailing twelve months by head, read fact by fact."""
    window = windows.trailing_year(day)
    found = dict.fromkeys(heads.values(), 0)
    for fact in AccountDay.objects.all():
        if fact.day in window:
            found[heads[fact.account_id]] += to_units(fact.net)
    return found


def plain_tier_in_force(day: dt.date, heads: dict[int, int]) -> dict[int, str]:
    """The month-ends one by one from the first full year on, then the day."""
    first_day = min((fact.day for fact in AccountDay.objects.all()), default=None)
    ends = windows.month_ends(windows.first_full_year(first_day), day) if first_day else []
    best = plain_tiers(plain_revenue(day, heads))
    for end in ends[-2:]:
        for account, tier in plain_tiers(plain_revenue(end, heads)).items():
            best[account] = max(best[account], tier, key="NCBA".index)
    return best


def plain_gaps(day: dt.date, accounts: list[int]) -> list[int]:
    """Days between the order days of these accounts together, in the 36 months to `day`."""
    window, net = windows.rhythm_window(day), {}
    for fact in AccountDay.objects.filter(account__in=accounts):
        if fact.day in window:
            net[fact.day] = net.get(fact.day, 0) + fact.net
    ordered = sorted(when for when, amount in net.items() if amount > 0)
    return [(late - early).days for early, late in zip(ordered, ordered[1:], strict=False)]


def scores() -> list[tuple]:
    """All that a night stores per account, except when it last touched the row."""
    fields = [field.attname for field in AccountScore._meta.fields if field.attname != "as_of"]
    return list(AccountScore.objects.order_by("account_id").values_list(*fields))


def digest() -> dict:
    """Everything the night writes, in an order of its own."""
    spans = {
        model.__name__: sorted(
            map(str, model.objects.values_list("account_id", "valid_from", "valid_to", "reason"))
        )
        for model in (TierSpan, KeySpan)
    }
    days = [
        {name: value for name, value in row.items() if name != "id"}
        for row in PortfolioDay.objects.order_by("day").values()
    ]
    for row in days:
        row["levels"] = bytes(row["levels"]) if row["levels"] else None
    scoring = Scoring.objects.values_list("as_of", "whole", "first_day", "total", "ranked").first()
    return {"scores": scores(), "days": days, "scoring": scoring, **spans}


def days(text: str) -> dt.timedelta:
    return dt.timedelta(days=int(text))


def make_book(*revenue: int, day: dt.date = DAY, begins: bool = True) -> list[Account]:
    """Accounts that bought once on `day`; the ledger began two years before."""
    accounts = [make_account() for _ in revenue]
    for account, net in zip(accounts, revenue, strict=True):
        if net:
            make_day(account, day, Decimal(net))
    if begins and accounts:
        make_day(accounts[0], day - dt.timedelta(days=800), Decimal("0.01"))
    return accounts


def tiers_of(accounts) -> str:
    return "".join(AccountScore.objects.get(account=account).tier for account in accounts)


def adopt(**rules) -> Policy:
    Policy.objects.filter(state=PolicyState.ADOPTED).update(state=PolicyState.RETIRED)
    rules.setdefault("adopted_on", dt.date(2020, 1, 1))
    return Policy.objects.create(name="P", state=PolicyState.ADOPTED, **rules)
