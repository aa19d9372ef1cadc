"""The customer's people of power: whose tie counts, who is written to, who is asked."""

import datetime as dt
from dataclasses import dataclass

from accounts.choices import Fact, Power
from accounts.models import Account, Contact, Observation, Position
from accounts.queries.ties import ties_of
from people.models import company_day

MATTER = (Power.TRUSTED, Power.INNER)


@dataclass(frozen=True, slots=True)
class Powerful:
    """`strength` is that of the tie with us all, 0 to 100."""

    contact: Contact
    power: int
    strength: float
    last_two_way_on: dt.date | None


def powerful_at(account: Account, on: dt.date | None = None) -> list[Powerful]:
    """Those there with power 2 or 3 on a day, the most powerful and closest first.

    Four queries. The caller got `account` through visible_to.
    """
    day = on or company_day()
    facts = Observation.objects.filter(account=account, fact=Fact.POWER, colleague=None)
    facts = facts.standing().filter(day__lte=day).newest()
    values = facts.values_list("contact", "value")  # a filter here would come before newest()
    powers = {pk: int(value) for pk, value in values if value in MATTER}
    rows = Position.objects.on(day).filter(account=account, contact__in=powers)
    people = {row.contact_id: row.contact for row in rows.select_related("contact")}
    ties = {tie.contact_id: tie for tie in ties_of(account, day) if tie.colleague_id is None}
    found = [
        Powerful(
            contact, powers[pk], ties[pk].strength if pk in ties else 0.0,
            ties[pk].last_two_way_on if pk in ties else None,
        )
        for pk, contact in people.items() if contact.name
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.power, -one.strength, one.contact.pk))


def strengths_of_power(account: Account, on: dt.date | None = None) -> dict[str, float]:
    """{contact: strength}, as Handover.baseline and .kept keep it."""
    return {str(one.contact.pk): round(one.strength, 1) for one in powerful_at(account, on)}
