"""What the account list shows, as its address says it: view, search, filters, sorting, columns.

Unknown keys are refused (ValueError); a value that means nothing is left out, so that an old link
still opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from accounts.choices import AccountStatus, Tier
from accounts.rules.cadence import Standing
from common.lists import Address

SORTS = (
    "name", "revenue", "revenue_before", "change", "margin", "order_days", "last_order", "tier",
    "health",
)  # fmt: skip
COLUMNS = (
    "tier", "health", "revenue", "silence", "owner", "share", "revenue_before", "change", "margin",
    "order_days", "last_order", "segment", "country", "territory", "tags", "key", "status",
    "number", "contact",
)  # fmt: skip
DEFAULT_COLUMNS = ("tier", "health", "revenue", "silence", "owner")
MONEY_COLUMNS = frozenset({"margin"})
BUILT_IN = ("key", "mine", "team", "silent", "unowned", "all")
VIEW_SORTS = {"team": "name"}
STATUSES = (AccountStatus.ACTIVE, AccountStatus.PROSPECT, AccountStatus.CLOSED)
# Health as one filters by it: from so many points to below so many; or not known.
HEALTH = "shown_health__points"  # where an account's health is found
HEALTHS = {"under_40": (0, 40), "under_70": (0, 70), "from_70": (70, 101), "unknown": None}
LONGEST_SEARCH = 100
MOST_VALUES = 30


@dataclass(frozen=True)
class ListState(Address):
    """One state of the list; tuples are "any of"."""

    view: str = "all"
    q: str = ""
    tier: tuple[str, ...] = ()
    key: str = ""
    owner: tuple[str, ...] = ()
    team: tuple[int, ...] = ()
    segment: tuple[int, ...] = ()
    country: tuple[str, ...] = ()
    territory: tuple[int, ...] = ()
    tag: tuple[int, ...] = ()
    status: tuple[str, ...] = ()
    silent: int | None = None
    health: str = ""
    cadence: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    after: str = ""
    before: str = ""

    @property
    def order(self) -> str:
        return self.sort or VIEW_SORTS.get(self.view, "-revenue")

    @property
    def filters(self) -> dict:
        """The filters in use, by key."""
        return {name: getattr(self, name) for name in FILTERS if getattr(self, name)}


FILTERS = (
    "q", "tier", "key", "owner", "team", "segment", "country", "territory", "tag", "status",
    "silent", "health", "cadence",
)  # fmt: skip
KEYS = frozenset(field.name for field in fields(ListState))


def parse(lists: Mapping[str, list[str]]) -> ListState:
    """The state an address asks for; ValueError for keys that this list does not know."""
    unknown = set(lists) - KEYS
    if unknown:
        raise ValueError(f"unknown: {sorted(unknown)[:3]}")
    one = {name: (values or [""])[-1].strip() for name, values in lists.items()}
    many = {name: tuple(dict.fromkeys(v for v in values[:MOST_VALUES] if v))
            for name, values in lists.items()}  # fmt: skip
    sort = one.get("sort", "")
    return ListState(
        view=_view(one.get("view", "")),
        q=one.get("q", "").replace("\x00", "")[:LONGEST_SEARCH],
        tier=_among(many.get("tier"), Tier.values),
        key=one["key"] if one.get("key") in ("yes", "no") else "",
        owner=tuple(v for v in many.get("owner", ()) if v in ("me", "none") or _is_id(v)),
        team=_ids(many.get("team")),
        segment=_ids(many.get("segment")),
        country=tuple(
            v for v in many.get("country", ()) if len(v) == 2 and v.isascii() and v.isalpha()
        ),
        territory=_ids(many.get("territory")),
        tag=_ids(many.get("tag")),
        status=_among(many.get("status"), STATUSES),
        silent=_days(one.get("silent", "")),
        health=one["health"] if one.get("health") in HEALTHS else "",
        cadence=one["cadence"] if one.get("cadence") in list(Standing) else "",
        sort=sort if sort.removeprefix("-") in SORTS else "",
        columns=_among(many.get("columns"), COLUMNS),
        after=one.get("after", "")[:400],
        before=one.get("before", "")[:400],
    )


def _view(text: str) -> str:
    return text if text in BUILT_IN or (text[:1] == "s" and _is_id(text[1:])) else "all"


def _among(values, allowed) -> tuple[str, ...]:
    return tuple(str(value) for value in values or () if value in allowed)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16


def _ids(values) -> tuple[int, ...]:
    return tuple(int(value) for value in values or () if _is_id(value))


def _days(text: str) -> int | None:
    return int(text) if _is_id(text) and 0 < int(text) < 10_000 else None
