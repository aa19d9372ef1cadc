"""Makers around handovers: what is watched, written to customers, and asked of them."""

import datetime as dt

from accounts.commands.customer_letter import draft_letters
from accounts.models import Account, Contact, CustomerLetter, Handover
from people.models import User, company_day
from tests.field import make_contact, make_observation


def make_powerful(account: Account, name: str = "", *, power: str = "3", **fields) -> Contact:
    """Somebody there with power, reached by mail unless `email` is ""."""
    email = fields.pop("email", f"{(name or 'someone').split()[0].lower()}@customer.example")
    contact = make_contact(account, name or None, **fields)
    make_observation(contact, "power", power, account=account, days_ago=200)
    if email:
        contact.reaches.create(kind="email", value=email, normal=email)
    return contact


def make_watched(
    account: Account, to_user: User, *, days_ago: int = 0, from_user: User | None = None, **fields
) -> Handover:
    """A handover accepted so many days ago; ownership is what the account's makers left."""
    day = company_day() - dt.timedelta(days=days_ago)
    values = {
        "cause": "graduated", "state": "watch", "tier": "A", "planned_for": day,
        "accepted_on": day, "watch_until": day + dt.timedelta(days=90),
    } | fields  # fmt: skip
    return Handover.objects.create(account=account, from_user=from_user, to_user=to_user, **values)


def make_letter(actor: User, account: Account, contact: Contact | None = None, **fields):
    """A draft without anything open in it."""
    people = [contact] if contact else []
    letter = draft_letters(actor=actor, account=account, kind="handover", people=people)[0]
    values = {"subject": "A new manager", "body": "Dear Jo,\n\nhello.", **fields}
    CustomerLetter.objects.filter(pk=letter.pk).update(**values)
    letter.refresh_from_db()
    return letter
