"""Who may be thought away: one's own people and those of one's accounts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import Assignment, Contact, Position
from accounts.models.coverage import people_led
from people.choices import Role
from people.models import User, company_day


@dataclass(frozen=True)
class Who:
    """Those who leave; ids of users and of contacts."""

    users: tuple[User, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def ours(self) -> set[int]:
        return {user.pk for user in self.users}

    @property
    def theirs(self) -> set[int]:
        return {contact.pk for contact in self.contacts}

    def __bool__(self) -> bool:
        return bool(self.users or self.contacts)


def colleagues_leaving(reader: User, ids: Iterable[int]) -> QuerySet[User]:
    """Of these the colleagues whose leaving the reader may think through: a director anybody's who
    works with accounts, a lead their team's and their own, a manager their own."""
    return may_think_of(reader).filter(pk__in=ids).order_by("name", "pk")


def may_think_of(reader: User) -> QuerySet[User]:
    """Active people who answer for accounts or are managers, as far as the reader may see."""
    answering = Assignment.objects.today().answering().order_by().values("user")
    rows = (
        User.objects.active().filter(Q(role_grants__role=Role.KAM) | Q(pk__in=answering)).distinct()
    )
    if reader.is_director:
        return rows
    if not reader.is_kam:
        return rows.none()
    return rows.filter(Q(pk=reader.pk) | Q(pk__in=people_led(reader)))


def people_leaving(reader: User, ids: Iterable[int]) -> QuerySet[Contact]:
    """Of these the people who hold a place today at an account the reader may open."""
    here = Position.objects.visible_to(reader).on(company_day()).order_by().values("contact")
    rows = Contact.objects.present().known().filter(pk__in=ids)
    return rows.filter(pk__in=here).order_by("name", "pk")
