"""The map as a table and as forms: who reports to whom and who has whose ear, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.choices import LineKind
from accounts.queries.graph import Edge, Person, Picture, sentence_of


@dataclass(frozen=True)
class Row:
    person: Person
    reports_to: Person | None
    influences: tuple[Person, ...]
    in_conflict: tuple[Person, ...]
    is_risk: bool


def table_rows(picture: Picture) -> list[Row]:
    """Along the hierarchy: superiors before those who report to them, nobody twice."""
    influences: dict[int, list[Person]] = {}
    conflicts: dict[int, list[Person]] = {}
    for edge in picture.edges:
        if edge.kind == LineKind.INFLUENCES:
            influences.setdefault(edge.start, []).append(picture.by_id[edge.end])
        elif edge.kind == LineKind.CONFLICT:
            conflicts.setdefault(edge.start, []).append(picture.by_id[edge.end])
            conflicts.setdefault(edge.end, []).append(picture.by_id[edge.start])
    return [
        Row(
            person,
            picture.by_id.get(picture.superiors.get(person.id, 0)),
            tuple(influences.get(person.id, ())),
            tuple(conflicts.get(person.id, ())),
            bool(picture.risks_of(person)),
        )
        for person in in_order(picture)
    ]


def in_order(picture: Picture) -> list[Person]:
    below: dict[int | None, list[Person]] = {}
    for person in picture.people:
        below.setdefault(picture.superiors.get(person.id), []).append(person)
    found: list[Person] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        person = waiting.pop()
        found.append(person)
        waiting += reversed(below.get(person.id, []))
    return found


def lines_of(picture: Picture, person: Person) -> list[tuple[Edge, str]]:
    """The lines of one person, each as a sentence."""
    return [
        (
            edge,
            sentence_of(
                edge.kind, picture.by_id[edge.start].words, picture.by_id[edge.end].words
            ),
        )
        for edge in picture.edges_of(person.id)
    ]  # fmt: skip


def line_choices(person: Person) -> list[tuple[str, str]]:
    """Kinds of a new line as seen from `person`; "<" turns it round."""
    words = {"name": person.words}
    return [
        ("reports", _("%(name)s reports to") % words),
        ("<reports", _("to %(name)s reports") % words),
        ("influences", _("%(name)s influences") % words),
        ("<influences", _("%(name)s is influenced by") % words),
        ("conflict", _("%(name)s is in conflict with") % words),
    ]


def people_choices(picture: Picture, but: Person | None = None) -> list[tuple[str, str]]:
    """Everybody on the map, required holes too, by key and name."""
    people = sorted(picture.people, key=lambda one: one.words.casefold())
    found = [(f"c{one.id}", one.words) for one in people if one is not but]
    words = _("%(place)s, name unknown")
    return found + [
        (f"r{hole.role.pk}", words % {"place": hole.role.name}) for hole in picture.holes
    ]
