"""Small makers of what a probation is about: an account with orders, a plan in any state."""

import datetime as dt
from decimal import Decimal

from accounts.models import Account, AccountDay, AccountScore, Touchpoint, TouchpointColleague
from hiring.commands import probation as commands
from hiring.commands import probation_night
from hiring.models import Probation
from people.models import Employment, User, company_day, company_midnight
from tests.cast import LONG_AGO, Cast, make_account

DAY = dt.timedelta(days=1)


def make_orders(account: Account, *days: int, net: float = 100, of: dt.date | None = None) -> None:
    """Order days so many days before `of` (today); the same day again adds up."""
    of = of or company_day()
    for back in days:
        row, made = AccountDay.objects.get_or_create(
            account=account, day=of - back * DAY, defaults={"net": Decimal(str(net)), "lines": 1}
        )
        if not made:
            AccountDay.objects.filter(pk=row.pk).update(net=row.net + Decimal(str(net)))


def make_buyer(
    name: str, *, every: int = 14, net: float = 100, owner: User | None = None, tier: str = "C",
    years: int = 2, is_key: bool = False, revenue: float | None = None, **fields,
) -> Account:  # fmt: skip
    """An account that orders every so many days, until yesterday, with its score."""
    account = make_account(name, owner=owner, **fields)
    days = range(1, 365 * years, every)
    AccountDay.objects.bulk_create(
        AccountDay(
            account=account, day=company_day() - back * DAY, net=Decimal(str(net)), lines=1
        )
        for back in days
    )  # fmt: skip
    number = sum(back <= 365 for back in days)
    AccountScore.objects.create(
        account=account, as_of=company_day(), tier=tier, is_key=is_key, order_days=number,
        revenue=Decimal(str(number * net if revenue is None else revenue)),
    )  # fmt: skip
    return account


def put_on_probation(user: User) -> Employment:
    return Employment.objects.create(user=user, valid_from=LONG_AGO, on_probation=True)


def plan(**given) -> dict:
    start = given.pop("starts_on", company_day() + DAY)
    return {
        "starts_on": start, "ends_on": start + 27 * DAY, "country": "RU", "grade": 2,
        "criteria": "Turnover, first talks, manners.", **given,
    }  # fmt: skip


def make_probation(
    cast: Cast, state: str = "draft", *, accounts: list[Account] | None = None,
    user: User | None = None, **given,
) -> Probation:  # fmt: skip
    """Of Karl, led by Lena, mentored by Kim, planned by Dora; two accounts with two others."""
    user = user or cast.karl
    if not Employment.objects.filter(user=user).exists():
        put_on_probation(user)
    given = {"mentor": cast.kim, "lead": cast.lena, **plan(**given)}
    row = commands.draft_probation(actor=cast.dora, user=user, **given)
    if state == "empty":
        return row
    if accounts is None:
        names = ("Alder", "Birch", "Cedar", "Dogwood")
        made = [make_buyer(name, owner=cast.kim) for name in names]
        accounts = made[:2]
    row = commands.choose_accounts(
        actor=cast.dora, probation_id=row.pk, version=row.version,
        account_ids=[account.pk for account in accounts],
    )  # fmt: skip
    if state == "draft":
        return row
    row = commands.offer_probation(actor=cast.dora, probation_id=row.pk)
    if state == "offered":
        return row
    row = commands.accept_probation(actor=user, probation_id=row.pk, version=row.version)
    if state == "accepted":
        return row
    probation_night.start_due(row.starts_on)
    row.refresh_from_db()
    return row


def talk(account: Account, user: User, day: dt.date, **fields) -> Touchpoint:
    """A call in which both sides spoke."""
    row = Touchpoint.objects.create(
        account=account, author=user, channel="call", at=company_midnight(day) + 9 * 60 * MINUTE,
        **fields,
    )  # fmt: skip
    TouchpointColleague.objects.create(touchpoint=row, colleague=user)
    return row


MINUTE = dt.timedelta(minutes=1)
