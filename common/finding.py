"""Find words in a column of long texts among a million rows, in time that does not grow with them.

A common word is found among the newest rows, which are read as they lie, and further on where these
promise enough. Only where they do not is the trigram index asked for the rest, which are then few
enough to be fetched; what it may bring is capped all the same, for a word that has gone out of use.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from common.dbops import is_postgres, one_of

NEWEST = 2_000  # rows read as they lie
FURTHER = 5  # times as many, before an index that takes long to join the letters of two usual words
FROM_INDEX = 5_000  # older rows fetched at most
LANES = 100  # more values than this are not read one by one
FEWEST = 20

Wanted = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Among:
    """Rows where any of the columns has one of its values; with `has_lanes` an index orders those
    of one value by the question's `order` and id, the newest first."""

    columns: Mapping[str, Sequence[int]] = field(default_factory=dict)
    has_lanes: bool = False

    def condition(self) -> tuple[str, list]:
        parts = [one_of(column, ids) for column, ids in self.columns.items()]
        sql = " OR ".join(part for part, _params in parts)
        return (f"({sql})" if sql else "TRUE"), [one for _part, some in parts for one in some]


EVERYTHING = Among()


@dataclass(frozen=True)
class Lookup:
    """One question: rows of a table whose `search_text` holds one part of each group of `wanted`.

    Parts are looked for as they are, in text that was folded when it was written. `order` is the
    column by which those found are put in order, the highest first; rows of late ids count as new.
    """

    table: str
    wanted: Wanted
    most: int
    among: Among = EVERYTHING
    order: str = "id"
    newest: int = NEWEST
    deep: int = FROM_INDEX
    only: str = "TRUE"

    def condition(self) -> tuple[str, list]:
        among, params = self.among.condition()
        return f"{among} AND {self.only}", params

    @property
    def is_vain(self) -> bool:
        columns = self.among.columns
        return not self.wanted or not self.most or bool(columns and not any(columns.values()))


def newest_with(lookups: Sequence[Lookup]) -> list[list[tuple[int, str]]]:
    """For each question the ids and texts that answer it, in one query.

    The newest first; on PostgreSQL what stands among the newest rows goes before the rest.
    """
    shape = _by_index if is_postgres() else _by_reading
    answers: list[list[tuple[int, str]]] = [[] for _lookup in lookups]
    parts, params = [], []
    for number, lookup in enumerate(lookups):
        if not lookup.is_vain:
            sql, some = shape(lookup)
            parts.append(f"SELECT {number} AS lookup, place, id, search_text FROM ({sql}) AS found")  # noqa: S608
            params += some
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"{' UNION ALL '.join(parts)} ORDER BY lookup, place", params)
            for number, _place, pk, text in cursor.fetchall():
                answers[number].append((pk, text))
    return answers


def _holds(wanted: Wanted) -> tuple[str, list[str]]:
    groups = [" OR ".join([r"search_text LIKE %s ESCAPE '\'"] * len(parts)) for parts in wanted]
    sql = " AND ".join(f"({group})" for group in groups)
    return sql, [f"%{_literal(part)}%" for parts in wanted for part in parts]


def _reads(wanted: Wanted) -> tuple[str, list[str]]:
    """The same for rows read one by one, which costs half of what a pattern does."""
    groups = [" OR ".join(["strpos(search_text, %s) > 0"] * len(parts)) for parts in wanted]
    return " AND ".join(f"({group})" for group in groups), [one for some in wanted for one in some]


def _literal(part: str) -> str:
    return part.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _by_reading(lookup: Lookup) -> tuple[str, list]:
    holds, texts = _holds(lookup.wanted)
    allowed, params = lookup.condition()
    order = f"ORDER BY {lookup.order} DESC, id DESC"
    sql = f"""
        SELECT row_number() OVER ({order}) AS place, id, search_text FROM {lookup.table}
        WHERE {allowed} AND {holds} ORDER BY place LIMIT %s
    """  # noqa: S608  our names
    return sql, [*params, *texts, lookup.most]


def _by_index(lookup: Lookup) -> tuple[str, list]:
    most, table = lookup.most, lookup.table
    holds, texts = _holds(lookup.wanted)
    reads, read_texts = _reads(lookup.wanted)
    allowed, params = lookup.condition()
    newest, newest_params, is_cut = _newest(lookup)
    further = 0 if lookup.among.columns else lookup.newest * FURTHER
    # `fitting` is read only as far as `far` wants, and planned as if it were read to its end: with
    # the limit inside, the planner would rather read the whole table in hope of an early stop.
    columns = f"id, search_text, {lookup.order} AS stands"
    sql = f"""
        WITH newest AS MATERIALIZED ({newest}),
        first AS MATERIALIZED (
            SELECT id, search_text, stands FROM newest WHERE {reads}
            ORDER BY stands DESC, id DESC LIMIT %s
        ),
        next AS MATERIALIZED (
            SELECT * FROM (
                SELECT {columns} FROM {table}
                WHERE {lookup.only} AND id < (SELECT min(id) FROM newest)
                ORDER BY id DESC LIMIT {further}
            ) older
            WHERE {reads} LIMIT (
                SELECT CASE WHEN count(*) * {1 + FURTHER} >= %s THEN %s - count(*) ELSE 0 END
                FROM first
            )
        ),
        near AS MATERIALIZED (SELECT * FROM first UNION ALL SELECT * FROM next),
        fitting AS MATERIALIZED (
            SELECT {columns} FROM {table}
            WHERE {allowed} AND {holds} AND (SELECT count(*) FROM near) < %s AND {is_cut}
        ),
        far AS MATERIALIZED (SELECT * FROM fitting LIMIT %s)
        SELECT row_number() OVER (ORDER BY age, stands DESC, id DESC) AS place, id, search_text
        FROM (
            SELECT 0 AS age, * FROM near
            UNION ALL SELECT 1, * FROM far WHERE id NOT IN (SELECT id FROM near)
        ) both_ways ORDER BY place LIMIT %s
    """  # noqa: S608
    near_params = [*newest_params, *read_texts, most, *read_texts, most, most]
    return sql, [*near_params, *params, *texts, most, lookup.deep, most]


def _newest(lookup: Lookup) -> tuple[str, list, str]:
    """SQL of the newest rows, and of whether there are more than these."""
    table, among, most, only = lookup.table, lookup.among, lookup.newest, lookup.only
    columns = f"id, search_text, {lookup.order} AS stands"
    column, ids = next(iter(among.columns.items()), ("", ()))
    if among.has_lanes and len(ids) <= LANES:
        each = max(FEWEST, most // len(ids))
        sql = f"""
            SELECT t.* FROM unnest(%s::bigint[]) lane(value) CROSS JOIN LATERAL (
                SELECT {columns}, {column} AS lane FROM {table}
                WHERE {column} = lane.value AND {only}
                ORDER BY {lookup.order} DESC, id DESC LIMIT {each}
            ) t
        """  # noqa: S608
        cut = f"EXISTS (SELECT 1 FROM newest GROUP BY lane HAVING count(*) >= {each})"  # noqa: S608
        return sql, [list(ids)], cut
    # With lanes, so many values that theirs are met among the newest of all.
    condition, params = lookup.condition()
    sql = f"""
        SELECT {columns} FROM {table} WHERE {condition} ORDER BY id DESC LIMIT {most}
    """  # noqa: S608
    return sql, params, f"(SELECT count(*) FROM newest) >= {most}"  # noqa: S608
