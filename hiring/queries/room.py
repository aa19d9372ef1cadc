"""Who is in the room, and who should not meet there."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.folding import fold
from hiring.choices import SeatState
from hiring.models import Candidate, Observer, Seat, Session
from hiring.models.session import OPEN
from hiring.rules import seat as rule
from people.models import User

IN_ROOM = (*OPEN, SeatState.CAME, SeatState.LATE)


@dataclass(frozen=True)
class Meeting:
    """Two who should not meet, in a sentence for recruiters."""

    one: str
    other: str
    kind: str

    @property
    def sentence(self) -> str:
        words = {"one": self.one, "other": self.other}
        if self.kind == rule.MANAGER:
            return _("%(one)s and %(other)s are boss and subordinate.") % words
        return _("%(one)s and %(other)s work for the same company.") % words


def person_of(candidate: Candidate) -> rule.Person:
    names = {fold(name) for name in (candidate.name, candidate.other_name) if name}
    return rule.Person(
        key=candidate.pk,
        names=tuple(sorted(names)),
        employer=candidate.plain_employer or fold(candidate.employer),
        manager=fold(candidate.manager),
    )


def observer_as_person(user: User) -> rule.Person:
    """An observer is a boss too when a candidate names them; they have no employer here."""
    return rule.Person(key=-user.pk, names=(fold(user.name),))


def room_of(session: Session) -> list[rule.Person]:
    """Everybody who was asked and has not said no, and who observes."""
    seats = Seat.objects.filter(session=session).select_related("candidacy__candidate")
    return people_in(seats.order_by("pk"), session.observers.select_related("user"))


def people_in(seats: Iterable[Seat], observers: Iterable[Observer]) -> list[rule.Person]:
    """Of one session; seats with their candidate, observers with their user."""
    candidates = [seat.candidacy.candidate for seat in seats if seat.state in IN_ROOM]
    return [person_of(one) for one in candidates if one is not None] + [
        observer_as_person(one.user) for one in observers
    ]


def meetings(session: Session, newcomers: Iterable[Candidate] = ()) -> list[Meeting]:
    """Every pair in the room that should not meet; with `newcomers`, pairs with one of them."""
    room, new = room_of(session), [person_of(one) for one in newcomers]
    found = rule.clashes([*room, *(one for one in new if one not in room)])
    if new:
        keys = {one.key for one in new}
        found = [one for one in found if {one.one, one.other} & keys]
    return _named(found)


def _named(found: list[rule.Clash]) -> list[Meeting]:
    keys = {key for clash in found for key in (clash.one, clash.other)}
    people = Candidate.objects.filter(pk__in=[key for key in keys if key > 0])
    users = User.objects.filter(pk__in=[-key for key in keys if key < 0])
    names = {one.pk: one.name for one in people} | {-one.pk: one.name for one in users}
    return [Meeting(names[one.one], names[one.other], one.kind) for one in found]


def may_sit(candidate: Candidate, session: Session) -> bool:
    """Whether nobody is there whom they should not meet; who holds a place counts."""
    return not rule.clashes_with(person_of(candidate), room_of(session))
