"""Makers of what keeps accounts from being orphaned: key accounts, graded people, absences."""

import datetime as dt

from accounts.models import Account, AccountScore
from people.models import Absence, Employment, User, company_day
from tests.cast import LONG_AGO, make_account


def in_days(days: int) -> dt.date:
    return company_day() + dt.timedelta(days=days)


def make_key(account: Account, *, revenue: int = 0) -> Account:
    AccountScore.objects.update_or_create(
        account=account,
        defaults={
            "is_key": True,
            "tier": "A",
            "as_of": company_day(),
            "revenue": revenue,
            "own_revenue": revenue,
        },
    )
    return account


def make_key_account(name: str = "", *, owner: User | None = None, revenue: int = 0) -> Account:
    return make_key(make_account(name, owner=owner), revenue=revenue)


def make_employment(user: User, grade: int | None = 2, *, on_probation: bool = False) -> Employment:
    return Employment.objects.create(
        user=user, grade=grade, on_probation=on_probation, valid_from=LONG_AGO
    )


def make_absence(user: User, start: int = 7, to: int = 21, **fields) -> Absence:
    """Days from today; `to` is the first day back."""
    fields = {"kind": "holiday", "made_by": user, **fields}
    return Absence.objects.create(
        user=user, valid_from=in_days(start), valid_to=in_days(to), **fields
    )
