"""Whom to think away: those chosen, those a search finds, and where most hangs to begin with."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import ContactDay, ManagerDay, Position
from accounts.queries.leaving_who import Who, colleagues_leaving, may_think_of, people_leaving
from accounts.queries.search import Kind, find, is_meant
from common import formats
from people.models import User, company_day

MOST = 8
TOGETHER = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to think away: `url` is the page with them, or without one who is chosen."""

    name: str
    note: str
    is_ours: bool
    url: str


def who_leaves(reader: User, ours: Iterable[int], theirs: Iterable[int]) -> Who:
    """ObjectDoesNotExist when one of them is not open to the reader, or nobody at all."""
    ours, theirs = set(ours), set(theirs)
    users = tuple(colleagues_leaving(reader, ours)) if ours else ()
    contacts = tuple(people_leaving(reader, theirs)) if theirs else ()
    if len(users) != len(ours) or len(contacts) != len(theirs) or len(ours | theirs) > TOGETHER:
        raise ObjectDoesNotExist
    return Who(users, contacts)


def address(ours: Iterable[int], theirs: Iterable[int]) -> str:
    query = urlencode(
        [("ours", pk) for pk in sorted(ours)] + [("theirs", pk) for pk in sorted(theirs)]
    )
    return f"{reverse('kpi:simulator_page')}?{query}" if query else reverse("kpi:simulator_page")


def chosen(reader: User, who: Who) -> list[Choice]:
    places = _places(reader, who.theirs)
    ours = [_colleague(user, address(who.ours - {user.pk}, who.theirs)) for user in who.users]
    return ours + [
        Choice(
            contact.name, places.get(contact.pk, ""), False,
            address(who.ours, who.theirs - {contact.pk}),
        )
        for contact in who.contacts
    ]  # fmt: skip


def _colleague(user: User, url: str) -> Choice:
    return Choice(user.name, user.title or _("of ours"), True, url)


def _places(reader: User, ids: Iterable[int]) -> dict[int, str]:
    """What they are and where, at one of the accounts the reader may open."""
    rows = Position.objects.visible_to(reader).on(company_day()).filter(contact__in=ids)
    found = {}
    for row in rows.select_related("account").order_by("-valid_from", "-pk"):
        found[row.contact_id] = ", ".join(part for part in (row.title, row.account.name) if part)
    return found


def found_by(reader: User, text: str, who: Who) -> list[Choice]:
    """Colleagues first, then people at customers; without those already chosen."""
    users = [
        user
        for user in may_think_of(reader).exclude(pk__in=who.ours).order_by("name", "pk")
        if is_meant(text, f"{user.name} {user.email}")
    ][:MOST]
    hits = find(reader, text, 3 * MOST, kinds=(Kind.PEOPLE,))[0].rows
    ids = [contact.pk for contact in hits if contact.pk not in who.theirs]
    here = {contact.pk: contact for contact in people_leaving(reader, ids)}
    people = [here[pk] for pk in ids if pk in here][:MOST]
    places = _places(reader, [contact.pk for contact in people])
    ours = [_colleague(user, address(who.ours | {user.pk}, who.theirs)) for user in users]
    return ours + [
        Choice(
            contact.name, places.get(contact.pk, ""), False,
            address(who.ours, who.theirs | {contact.pk}),
        )
        for contact in people
    ]  # fmt: skip


def most_hangs_on(reader: User, currency: str) -> list[Choice]:
    """To begin with: on whom most hung last night, as far as the reader sees."""
    managers = ManagerDay.objects.visible_to(reader).newest().filter(hanging__gt=0)
    managers = managers.filter(user__in=may_think_of(reader).values("pk")).select_related("user")
    contacts = ContactDay.objects.visible_to(reader).newest().select_related("contact", "account")
    ours = [
        Choice(
            row.user.name, formats.money_short(row.hanging, currency), True,
            address([row.user_id], []),
        )
        for row in managers.order_by("-hanging", "user")[:MOST]
    ]  # fmt: skip
    rows = list(contacts.order_by("-hanging", "contact")[:MOST])
    here = {one.pk for one in people_leaving(reader, [row.contact_id for row in rows])}
    return ours + [
        Choice(
            row.contact.name,
            f"{row.account.name}, {formats.money_short(row.hanging, currency)}",
            False,
            address([], [row.contact_id]),
        )
        for row in rows
        if row.contact_id in here
    ]
