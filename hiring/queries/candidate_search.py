"""Candidates by what somebody typed: a name in either script, a number, an address, an employer.

One slip is forgiven where few fit exactly. Only recruiters search by more than names: whom others
may see would otherwise be found by an employer or a number they may not know.
"""

import re
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from common import folding
from common.finding import Lookup, newest_with
from hiring.models import Candidate
from people.models import User

FEW = 5  # exact hits below which slips are forgiven
NEAR, NEAR_DEEP, NEWEST = 300, 1_000, 500  # weighed for a slip, as in accounts.queries.search
MOST_BY_NAME = 2_000  # whom others than recruiters may see is read and compared
NUMBER = re.compile(r"[\d\s()+./-]{4,}")


def found_in(rows: QuerySet[Candidate], user: User, text: str) -> QuerySet[Candidate]:
    """The rows that answer `text`; all of them where it has no word."""
    if not folding.words(text):
        return rows
    if not user.is_recruiter:
        return rows.filter(pk__in=_by_name(rows, text))
    wanted = _numbers(text) or folding.wanted(text)
    exact = _with(rows, wanted)
    if _numbers(text) or len(exact.order_by().values_list("pk", flat=True)[:FEW]) >= FEW:
        return exact
    near = _near(text)
    return rows.filter(pk__in=[*exact.values_list("pk", flat=True), *near]) if near else exact


def _with(rows: QuerySet[Candidate], wanted: list[list[str]]) -> QuerySet[Candidate]:
    for parts in wanted:
        rows = rows.filter(reduce(or_, (Q(search_text__contains=part) for part in parts)))
    return rows


def _numbers(text: str) -> list[list[str]]:
    """A telephone number however it is written, by its digits; nothing for any other text."""
    if not NUMBER.fullmatch(text.strip()):
        return []
    digits = re.sub(r"\D", "", text)
    if len(digits) < 4:
        return []
    spellings = [digits, digits.removeprefix("00")]
    if digits.startswith("8") and len(digits) == 11:  # how Russian numbers are dialled at home
        spellings.append(f"7{digits[1:]}")
    if digits.startswith("0"):
        spellings.append(digits.lstrip("0"))
    return [[one for one in dict.fromkeys(spellings) if len(one) > 3]]


def _near(text: str) -> list[int]:
    lookup = Lookup(
        Candidate._meta.db_table, folding.nearly_wanted(text), NEAR, newest=NEWEST, deep=NEAR_DEEP
    )
    (answers,) = newest_with([lookup])
    return [pk for pk, folded in answers if folding.is_nearly(text, folded)]


def _by_name(rows: QuerySet[Candidate], text: str) -> list[int]:
    found, near = [], []
    for pk, *names in rows.order_by().values_list("pk", "name", "other_name")[:MOST_BY_NAME]:
        folded = folding.joined(
            [folding.fold(n) for n in names] + [folding.latin(n) for n in names]
        )
        if all(any(part in folded for part in parts) for parts in folding.wanted(text)):
            found.append(pk)
        elif folding.is_nearly(text, folded):
            near.append(pk)
    return found if len(found) >= FEW else found + near
