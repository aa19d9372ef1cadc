"""Phones, addresses and pages of a candidate, kept as one list."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.choices import ReachKind
from accounts.commands.reach import words
from common import reaching
from common.errors import RuleBroken
from hiring.models import Candidate, CandidateReach
from hiring.queries.candidate_duplicates import region_of

MOST = 30
Normals = dict[tuple[str, str], str]


def normal_reaches(given: Iterable[tuple[str, str]], *, country: str = "") -> Normals:
    """{(kind, as compared): as shown}; RuleBroken, with words, for what is none of its kind."""
    region, found = region_of(country), {}
    for kind, value in given:
        if kind not in ReachKind.values:
            raise RuleBroken(words(kind, value))
        try:
            shown, normal = reaching.reach(kind, value, region)
        except reaching.Unfit as unfit:
            raise RuleBroken(words(kind, value)) from unfit
        found.setdefault((str(kind), normal), shown)
    if len(found) > MOST:
        raise RuleBroken(_("A person has at most %(n)s numbers and addresses.") % {"n": MOST})
    return found


def set_reaches(candidate: Candidate, wanted: Normals) -> bool:
    """Make the list what is wanted, in that order; whether anything changed.

    A number that stays keeps what calls have found out about it.
    """
    before = reaches_as_given(candidate)
    known = {(row.kind, row.normal): row for row in candidate.reaches.all()}
    for key, row in known.items():
        if key not in wanted:
            row.delete()
    for position, (key, shown) in enumerate(wanted.items()):
        row = known.get(key)
        if row is None:
            kind, normal = key
            CandidateReach.objects.create(
                candidate=candidate, kind=kind, normal=normal, value=shown, position=position
            )
            continue
        row.position = position
        row.value = row.value if row.kind == ReachKind.PHONE else shown  # no change of grouping
        row.save(update_fields=["position", "value"])
    return reaches_as_given(candidate) != before


def reaches_as_given(candidate: Candidate) -> list[tuple[str, str]]:
    rows = CandidateReach.objects.filter(candidate=candidate).order_by("position", "pk")
    return list(rows.values_list("kind", "value"))
