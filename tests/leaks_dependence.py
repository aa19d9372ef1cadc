"""What hangs on people of an account of somebody else's, and on its manager."""

from decimal import Decimal

from accounts.models import Account, ContactDay, ManagerDay, Tie
from people.models import company_day
from tests.field import make_contact

FIGURE = Decimal(7919133)


def plant_dependence(account: Account, mark: str) -> None:
    """Karl has a tie there too: what he may simulate of himself must not name the account."""
    day, karl_too = company_day(), [account.owner, None]
    contact = make_contact(account, f"{mark} Crown", title=f"{mark}-crown")
    karl_too += type(account.owner).objects.filter(name="Karl")
    for colleague in karl_too:
        Tie.objects.create(
            account=account, contact=contact, colleague=colleague, energy=30, as_of=day,
            half_life=60, touchpoints=3, last_on=day,
        )  # fmt: skip
    figures = {"day": day, "revenue": FIGURE, "hanging": FIGURE, "rule_version": "1"}
    ContactDay.objects.create(contact=contact, account=account, **figures)
    load = {"hours": 1, "capacity": 1, "key": 1, "regular": 0, "relationships": 1}
    ManagerDay.objects.get_or_create(user=account.owner, day=day, defaults=figures | load)
