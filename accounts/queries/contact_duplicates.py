"""People who may be one: the same number, address, or name in either script.

A reader is told of people they may see; of others, and only for a number or an address, that
something exists.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.choices import ReachKind
from accounts.models import Account, Contact, Position, Reach
from common import reaching
from common.duplicates import pairs_alike
from people.models import Distinct, User

MOST = 200
COMPARED = (ReachKind.PHONE, ReachKind.EMAIL)


@dataclass(frozen=True, slots=True)
class Namesake:
    contact: Contact
    account: Account


@dataclass(frozen=True, slots=True)
class Namesakes:
    """`hidden`: somebody the reader may not see has this number or address."""

    people: list[Namesake]
    hidden: bool


@dataclass(frozen=True, slots=True)
class ContactPair:
    """Two people and why they look alike: "phone", "email" or "name"; where each is known."""

    first: Namesake
    second: Namesake
    reason: str


def namesakes(
    user: User, *, name: str = "", phones: str = "", emails: str = "", region: str = ""
) -> Namesakes:
    """Who has one of these numbers, addresses (one a line) or this name; at most five."""
    by_reach = Q(pk=None)
    for kind, lines in ((ReachKind.PHONE, phones), (ReachKind.EMAIL, emails)):
        normals = _normals(kind, lines, region)
        if normals:
            by_reach |= Q(reaches__kind=kind, reaches__normal__in=normals)
    present = Contact.objects.present().known()
    reached = set(present.filter(by_reach).values_list("pk", flat=True)[:MOST])
    visible = Contact.objects.visible_to(user).filter(merged_into=None)
    found = visible.filter(Q(pk__in=reached) | _same_name(name)).order_by("name", "pk")
    shown = list(found.distinct()[:5])
    seen = set(visible.filter(pk__in=reached).values_list("pk", flat=True))
    return Namesakes(_placed(user, shown), hidden=bool(reached - seen))


def _normals(kind: str, lines: str, region: str) -> list[str]:
    found = []
    for line in lines.splitlines()[:20]:
        try:
            found.append(reaching.reach(kind, line.partition("(")[0] or line, region)[1])
        except reaching.Unfit:
            continue
    return found


def _same_name(name: str) -> Q:
    plain = reaching.plain_name(name)
    if len(plain.split()) < 2:  # a first name alone says nothing
        return Q(pk=None)
    return Q(plain_name=plain) | Q(plain_other=plain)


def _placed(user: User, people: list[Contact]) -> list[Namesake]:
    """With the newest account of each that the reader may open; two queries."""
    rows = Position.objects.visible_to(user).filter(contact__in=people).select_related("account")
    accounts = {row.contact_id: row.account for row in rows.order_by("valid_from", "pk")}
    return [Namesake(one, accounts[one.pk]) for one in people if one.pk in accounts]


def contact_pairs(user: User, most: int = MOST) -> list[ContactPair]:
    """Pairs among the people who are the reader's to keep, the older record first."""
    rows = _own_people(user)
    reaches, apart = Reach.objects.filter(kind__in=COMPARED), Distinct.objects.of(Contact).pairs()
    pairs = pairs_alike(rows, reaches, owner="contact", most=most, apart=apart)
    people = Contact.objects.in_bulk({pk for pair, _reason in pairs for pk in pair})
    placed = {one.contact.pk: one for one in _placed(user, list(people.values()))}
    return [
        ContactPair(placed[one], placed[other], reason)
        for (one, other), reason in pairs
        if one in placed and other in placed
    ]


def _own_people(user: User) -> QuerySet[Contact]:
    """Everybody for a director. A manager's people are read first and named by their ids: asked for
    inside every comparison, the rights would be worked out for each pair again."""
    rows = Contact.objects.present().known()
    if user.is_director:
        return rows
    kept = Contact.objects.kept_by(user).values("pk")
    own = rows.editable_by(user).filter(pk__in=kept).values_list("pk", flat=True)
    return Contact.objects.filter(pk__in=list(own))
