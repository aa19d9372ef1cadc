"""What the list of candidates shows, as its address says it: view, search, filters, sorting.

Unknown keys are refused (ValueError); a value that means nothing is left out, so that an old link
still opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import parse_qs

from common.lists import Address
from hiring.choices import CandidacyState, Source, StageKind, TierKind

SORTS = ("-created", "created", "name", "-name")
BUILT_IN = ("all", "active", "stale", "free", "internal")
LONGEST_SEARCH = 100
MOST_VALUES = 30


@dataclass(frozen=True)
class CandidateState(Address):
    """One state of the list; tuples are "any of"; "yes" asks for those of whom it is true."""

    view: str = "all"
    q: str = ""
    vacancy: tuple[int, ...] = ()
    stage: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    tier: tuple[str, ...] = ()
    city: str = ""
    stale: str = ""
    opted_out: str = ""
    off_limits: str = ""
    sort: str = ""
    after: str = ""
    before: str = ""

    @property
    def order(self) -> str:
        return self.sort or "-created"

    @property
    def filters(self) -> dict:
        """The filters in use, by key."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}


CHOSEN = {
    "stage": StageKind.values, "state": CandidacyState.values, "source": Source.values,
    "tier": TierKind.values,
}  # fmt: skip
FLAGS = ("stale", "opted_out", "off_limits")
FILTERS = ("q", "vacancy", *CHOSEN, "city", *FLAGS)
# What tells of fields that only recruiters read.
FOR_RECRUITERS = ("source", "tier", "city", "opted_out", "off_limits", "stale")
KEYS = frozenset(field.name for field in fields(CandidateState))


def parse(lists: Mapping[str, list[str]]) -> CandidateState:
    """The state an address asks for; ValueError for keys that this list does not know."""
    unknown = set(lists) - KEYS
    if unknown:
        raise ValueError(f"unknown: {sorted(unknown)[:3]}")
    one = {name: (values or [""])[-1].replace("\x00", "").strip() for name, values in lists.items()}
    many = {name: dict.fromkeys(values[:MOST_VALUES]) for name, values in lists.items()}
    sort = one.get("sort", "")
    return CandidateState(
        view=_view(one.get("view", "")),
        q=one.get("q", "")[:LONGEST_SEARCH],
        vacancy=tuple(int(value) for value in many.get("vacancy", ()) if _is_id(value)),
        city=one.get("city", "")[:80],
        sort=sort if sort in SORTS else "",
        after=one.get("after", "")[:400],
        before=one.get("before", "")[:400],
        **{
            name: tuple(value for value in many.get(name, ()) if value in allowed)
            for name, allowed in CHOSEN.items()
        },
        **{name: "yes" if one.get(name) == "yes" else "" for name in FLAGS},
    )


def parse_query(query: str, **known: str) -> CandidateState:
    return parse({**parse_qs(query), **{name: [value] for name, value in known.items()}})


def _view(text: str) -> str:
    return text if text in BUILT_IN or (text[:1] == "s" and _is_id(text[1:])) else "all"


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
