"""What long lists share: their address, filters in words, capped sizes, places in their order."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from common import formats

CAP = 1000
INT64 = range(-(2**63), 2**63)


class Address:
    """A frozen dataclass of what a list shows; what is empty stands in no address."""

    def query(self, *, page: bool = False, **changes) -> str:
        """The query string of this state with some keys changed, without "?"."""
        state = replace(self, **changes)
        skipped = () if page else ("after", "before")
        pairs = []
        for field in fields(state):
            value = getattr(state, field.name)
            if field.name in skipped or value in ("", (), None):
                continue
            values = value if isinstance(value, tuple) else (value,)
            pairs += [(field.name, item) for item in values]
        return urlencode(pairs)

    def without(self, name: str, value: Any = None) -> Self:
        """The state with one filter, or one of its values, taken out."""
        kept = getattr(self, name)
        empty = type(kept)() if isinstance(kept, tuple | str) else None
        if isinstance(kept, tuple) and value is not None:
            empty = tuple(item for item in kept if item != value)
        return replace(self, **{name: empty})


@dataclass(frozen=True)
class Chip:
    """A filter in use: what it is, what it is set to, and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Choices:
    """One filter of the menu."""

    name: str
    label: str
    options: tuple[Choice, ...]


def choices(name: str, label: str, options: Iterable[tuple], chosen: Any) -> Choices:
    """`options`: (value, words); `chosen`: the value of the filter, or all of them."""
    values = (chosen,) if isinstance(chosen, str) else tuple(map(str, chosen))
    return Choices(
        name, label,
        tuple(Choice(str(value), str(words), str(value) in values) for value, words in options),
    )  # fmt: skip


def capped_counts(queries: dict[str, QuerySet]) -> dict[str, int]:
    """How many rows each queryset has, at most CAP + 1, in one query."""
    if not queries:
        return {}
    parts, params = [], []
    for rows in queries.values():
        limited = rows.order_by().values("pk")[: CAP + 1]
        try:
            sql, values = limited.query.sql_with_params()
        except EmptyResultSet:  # a reader without accounts: nothing to ask the database
            sql, values = "SELECT 1 WHERE 1 = 0", ()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS limited)")  # noqa: S608  made by the ORM
        params += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        found = cursor.fetchone()
    return dict(zip(queries, found, strict=True))


def capped(number: int) -> str:
    """In words, such as "1,000+"."""
    return f"{formats.number(CAP)}+" if number > CAP else formats.number(number)


def token(*parts) -> str:
    """A place in a sorted list, fit for an address."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def place(text: str) -> list | None:
    """The place a token names, None for anything else, and for what no database takes."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        json.dumps(parts, ensure_ascii=False).encode()
    except ValueError:
        return None
    is_place = isinstance(parts, list) and len(parts) == 3
    return parts if is_place and all(_is_storable(part) for part in parts) else None


def _is_storable(part) -> bool:
    if isinstance(part, int):
        return part in INT64
    return "\x00" not in part if isinstance(part, str) else True
