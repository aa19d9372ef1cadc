"""What a board or a list shows, as its address says it.

Unknown keys are refused (ValueError); a value that means nothing is left out, so that an old link
still opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from common.ids import row_id
from hiring.choices import CandidacyState, Source

SORTS = ("entered", "name", "stage", "source", "tier", "added")
LONGEST_SEARCH = 100
FLAGS = ("new", "ours", "stale")
# Columns that are no stages: those who are out.
OUT = (CandidacyState.REJECTED, CandidacyState.WITHDRAWN)


@dataclass(frozen=True)
class State:
    """`new`, `ours`, `stale`: see QUICK of the cards; `stage`: the column of a phone, or the
    list's filter; `more`: the column shown to its end;
    `ended`: those who are out stand there too; `state`: in the list, only these."""

    q: str = ""
    source: str = ""
    tier: int | None = None
    new: bool = False
    ours: bool = False
    stale: bool = False
    ended: bool = False
    stage: int | str | None = None
    more: int | str | None = None
    state: str = ""
    sort: str = ""
    page: int | None = None
    view: int | None = None

    @property
    def order(self) -> str:
        return self.sort or "-entered"

    @property
    def filters(self) -> dict:
        """What narrows the rows, by key; `stage` and `state` do so in the list only."""
        named = ("q", "source", "tier", *FLAGS, "stage", "state")
        return {name: getattr(self, name) for name in named if getattr(self, name)}

    def query(self, **changes) -> str:
        """The query string of this state with some keys changed, without "?"."""
        state = replace(self, **changes)
        pairs = ((field.name, getattr(state, field.name)) for field in fields(state))
        return urlencode([(name, 1 if value is True else value) for name, value in pairs if value])


KEYS = frozenset(field.name for field in fields(State))


def parse(lists: Mapping[str, list[str]]) -> State:
    """The state an address asks for; ValueError for keys that nobody knows."""
    unknown = set(lists) - KEYS
    if unknown:
        raise ValueError(f"unknown: {sorted(unknown)[:3]}")
    one = {name: (values or [""])[-1].strip() for name, values in lists.items()}
    sort, source, state = one.get("sort", ""), one.get("source", ""), one.get("state", "")
    page = row_id(one.get("page", ""))
    return State(
        q=one.get("q", "").replace("\x00", "")[:LONGEST_SEARCH],
        source=source if source in Source.values else "",
        tier=row_id(one.get("tier", "")),
        ended=one.get("ended") == "1",
        stage=_column(one.get("stage", "")),
        more=_column(one.get("more", "")),
        state=state if state in CandidacyState.values else "",
        sort=sort if sort.removeprefix("-") in SORTS else "",
        page=page if page and page < 10_000 else None,
        view=row_id(one.get("view", "")),
        **{name: one.get(name) == "1" for name in FLAGS},
    )


def _column(text: str) -> int | str | None:
    return text if text in OUT else row_id(text)
