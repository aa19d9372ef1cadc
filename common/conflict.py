"""Two people edited one card: what each did to every field, and what can be settled by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Plain = str | bool | list[str]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One field: what stood there, what the other saved, what this one wants; the proposal."""

    name: str
    before: Plain
    theirs: Plain
    mine: Plain
    proposal: Plain
    is_both: bool


def three_way(
    names: Iterable[str],
    *,
    before: Mapping[str, Plain],
    theirs: Mapping[str, Plain],
    mine: Mapping[str, Plain],
) -> list[Meeting]:
    """A field that only one side changed is proposed as that side has it.

    Where both changed it differently it is `is_both` and proposed as `mine`: the person who reads
    the comparison decides. A field missing in `before` counts as unchanged by the other.
    """
    found = []
    for name in names:
        was = before.get(name, theirs[name])
        is_both = mine[name] != theirs[name] and was not in (mine[name], theirs[name])
        proposal = theirs[name] if mine[name] == was else mine[name]
        found.append(Meeting(name, was, theirs[name], mine[name], proposal, is_both))
    return found


def differing(meetings: Iterable[Meeting]) -> list[Meeting]:
    """Those worth showing: somebody changed something."""
    return [one for one in meetings if not one.before == one.theirs == one.mine]
