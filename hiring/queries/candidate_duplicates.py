"""People who may be one: the same number, address, or name in either script."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.choices import ReachKind
from accounts.commands.contact import HOME
from common import reaching
from hiring.models import Candidate
from hiring.rules.candidate import says_something
from people.models import Company

COMPARED = (ReachKind.PHONE, ReachKind.EMAIL)
FEW = 10


def known_as(
    name: str, reaches: Iterable[tuple[str, str]], *, other_name: str = "", country: str = ""
) -> list[Candidate]:
    """Who is known by one of these phones or addresses; only if nobody is, by the name.

    `reaches` are (kind, value) as written. Everybody is looked through: whom a reader may be shown
    is for the caller to ask.
    """
    present = Candidate.objects.present().order_by("pk")
    same = Q(pk=None)
    for kind, normal in normals(reaches, country):
        same |= Q(reaches__kind=kind, reaches__normal=normal)
    found = list(present.filter(same).distinct()[:FEW])
    return found or list(present.filter(same_name(name) | same_name(other_name))[:FEW])


def region_of(country: str) -> str:
    """The country whose dialling habits somebody's numbers follow; "" when nobody knows."""
    return country or HOME.get(Company.current().language, "")


def normals(reaches: Iterable[tuple[str, str]], country: str = "") -> list[tuple[str, str]]:
    """(kind, as compared) of the phones and e-mails among them that are well written."""
    region, found = region_of(country), []
    for kind, value in reaches:
        try:
            if kind in COMPARED:
                found.append((kind, reaching.reach(kind, value, region)[1]))
        except reaching.Unfit:
            continue
    return found


def same_name(name: str) -> Q:
    plain = reaching.plain_name(name)
    if not says_something(plain):
        return Q(pk=None)
    return Q(plain_name=plain) | Q(plain_other=plain)
