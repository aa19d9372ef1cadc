"""What long lists share: sizes counted up to a cap, and places in a sorted list."""

import base64
import json

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from common import formats

CAP = 1000
INT64 = range(-(2**63), 2**63)


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
