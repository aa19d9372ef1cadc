"""Records that may be one person: a number or address they share, or a name in either script."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from django.db.models import Count, QuerySet

MOST_SHARING = 20  # a number or name that more share says nothing


def pairs_of(ids: Sequence[int], apart: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Each but the first with the first before it that it was not told apart from.

    `apart`: (lower, higher) numbers of records that somebody said are two.
    """
    for place, other in enumerate(ids):
        for one in ids[:place]:
            if (min(one, other), max(one, other)) not in apart:
                yield one, other
                break


def pairs_alike(
    people: QuerySet,
    reaches: QuerySet,
    *,
    owner: str,
    most: int,
    apart: Collection[tuple[int, int]] = (),
) -> list[tuple[tuple[int, int], str]]:
    """((older, newer), why) of people by their numbers; why: a kind of `reaches`, or "name".

    Those told `apart` are no pair. `people` have `plain_name` and `plain_other`; `reaches` have
    `kind`, `normal` and the person in the field `owner`. Groups are found by the database; only
    rows that look alike are read.
    """
    groups: dict[tuple[str, str], set[int]] = defaultdict(set)
    for kind, normal, pk in _shared_reaches(reaches.filter(**{f"{owner}__in": people}), owner):
        groups[kind, normal].add(pk)
    for plain, pk in _shared_names(people):
        groups["name", plain].add(pk)
    found: dict[tuple[int, int], str] = {}
    for (reason, _value), ids in groups.items():
        if len(ids) <= MOST_SHARING:
            for pair in pairs_of(sorted(ids), apart):
                found.setdefault(pair, reason)
    return sorted(found.items())[:most]


def _shared_reaches(reaches: QuerySet, owner: str) -> QuerySet:
    shared = reaches.order_by().values("normal").annotate(uses=Count(owner, distinct=True))
    shared = shared.filter(uses__gt=1).values("normal")
    return reaches.order_by().filter(normal__in=shared).values_list("kind", "normal", owner)


def _shared_names(people: QuerySet) -> list[tuple[str, int]]:
    """(name, number) of names of two words that several have, in either script."""
    names = people.order_by().filter(plain_name__contains=" ")
    others = people.order_by().filter(plain_other__contains=" ")
    shared = names.values("plain_name").annotate(uses=Count("pk")).filter(uses__gt=1)
    alike = names.filter(plain_name__in=shared.values("plain_name"))
    met = names.filter(plain_name__in=others.values("plain_other"))
    meeting = others.filter(plain_other__in=names.values("plain_name"))
    return [
        *alike.values_list("plain_name", "pk"),
        *met.values_list("plain_name", "pk"),
        *meeting.values_list("plain_other", "pk"),
    ]
