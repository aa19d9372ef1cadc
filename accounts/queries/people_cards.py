"""People of an account as cards: what they are, what is known of them, when we last spoke."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils import timezone

from accounts.choices import Fact
from accounts.models import Account, Position
from accounts.queries.facts import FactNow, FactsOfPerson, facts_of
from accounts.queries.people import Hole, PersonAt, holes_at, people_at, required_roles, tier_of
from accounts.queries.ties import TieNow, ties_of
from common import folding
from people.models import User

MOST_IN_STRIP = 5
MOST_HOLES_IN_STRIP = 3


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person or a nameless place; `tie` is with us all, None when we never spoke.

    `hole`: the required role that this nameless place stands for.
    """

    person: PersonAt
    power: FactNow | None
    stance: FactNow | None
    tie: TieNow | None
    hole: Hole | None = None

    @property
    def last_on(self) -> dt.date | None:
        return self.tie and (self.tie.last_two_way_on or self.tie.last_on)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`holes` are required roles without any place drawn for them; nameless places are cards."""

    cards: list[PersonCard]
    holes: list[Hole]
    named: int
    open_roles: int
    required_roles: int


def people_page(
    account: Account, reader: User, *, show: str = "", q: str = "", role: int | None = None,
    division: int | None = None,
) -> PeoplePage:  # fmt: skip
    """The people of today (or, `show` "former", those who left) that fit; counts are of all.

    Eight queries, however many people.
    """
    people = people_at(account, reader)
    required = required_roles(tier_of(account))
    holes = holes_at(account, reader, people=people, required=required)
    shown = _former(account, reader, people) if show == "former" else people
    fits = _fitting(show, q, role, division)
    drawn = {hole.contact.pk: hole for hole in holes if hole.contact}
    cards = _cards(account, [person for person in shown if fits(person)], drawn)
    plain = [hole for hole in holes if hole.contact is None]
    if show not in ("", "holes", "staff") or division:
        plain = []
    return PeoplePage(
        cards=cards,
        holes=[h for h in plain if role in (None, h.role.pk) and _named(q, h.role.name)],
        named=sum(not person.is_hole for person in people),
        open_roles=len(holes),
        required_roles=len(required),
    )


def _former(account: Account, reader: User, people: list[PersonAt]) -> list[PersonAt]:
    """Who once held a place here and holds none today, each once, the last to leave first."""
    here = {person.contact.pk for person in people}
    rows = Position.objects.visible_to(reader).filter(
        account=account, valid_to__lte=timezone.localdate(), contact__merged_into=None
    )
    rows = rows.exclude(contact__in=here).select_related("contact", "role", "division")
    found: dict[int, PersonAt] = {}
    for row in rows.order_by("-valid_to", "-pk"):
        person = PersonAt(row.contact, row, row.role, row.division, row.contact.is_hole)
        found.setdefault(row.contact_id, person)
    return list(found.values())


def _fitting(
    show: str, q: str, role: int | None, division: int | None
) -> Callable[[PersonAt], bool]:
    kinds: dict[str, Callable[[PersonAt], bool]] = {
        "staff": lambda person: not person.is_external,
        "external": lambda person: person.is_external,
        "holes": lambda person: person.is_hole,
    }
    of_kind = kinds.get(show, lambda person: True)

    def fits(person: PersonAt) -> bool:
        return (
            of_kind(person)
            and role in (None, person.position.role_id)
            and division in (None, person.position.division_id)
            and _named(q, person.contact.search_text, person.position.title)
        )

    return fits


def _named(q: str, *texts: str) -> bool:
    """Whether every typed word lies in one of the texts, in either script."""
    words = folding.words(q)
    if not words:
        return True
    text = " ".join(f"{folding.fold(text)} {folding.latin(text)}" for text in texts)
    return all(word in text or folding.latin(word) in text for word in words)


def _cards(account: Account, people: list[PersonAt], holes: dict[int, Hole]) -> list[PersonCard]:
    facts = facts_of(account)
    ties = {tie.contact_id: tie for tie in ties_of(account) if tie.colleague_id is None}
    nothing: FactsOfPerson = {}
    return [
        PersonCard(
            person,
            facts.get(person.contact.pk, nothing).get(Fact.POWER),
            facts.get(person.contact.pk, nothing).get(Fact.STANCE),
            ties.get(person.contact.pk),
            holes.get(person.contact.pk),
        )
        for person in people
    ]


def people_strip(account: Account, reader: User) -> PeoplePage:
    """For the overview: a few open places, then the weightiest people, by power."""
    page = people_page(account, reader)
    named = [card for card in page.cards if not card.person.is_hole]
    named.sort(key=lambda card: -int(card.power.value) if card.power else 0)
    nameless = [card for card in page.cards if card.person.is_hole][:MOST_HOLES_IN_STRIP]
    return replace(
        page,
        cards=[*nameless, *named[:MOST_IN_STRIP]],
        holes=page.holes[: MOST_HOLES_IN_STRIP - len(nameless)],
    )
