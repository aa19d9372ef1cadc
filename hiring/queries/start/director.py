"""What a director's page tells of hiring: what waits for their yes, and how it stands. One query.

Every part gives rows of one shape, and the database joins them: a page that asks six tables one
after the other waits six times.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from hiring.choices import OfferState, VacancyState
from hiring.models import Candidacy, Need, Offer, Vacancy
from hiring.queries.need import UNDER_WAY
from hiring.queries.probation_plan import newcomers
from hiring.queries.start.line import Line
from hiring.queries.start.trials import MOST, Trial, to_move, trial_line, without_plan
from people.models import User

NAMES = ("kind", "number", "words", "state", "at", "first", "last")


class Row(NamedTuple):
    """`number`: a key, or how many; `at` in the order of time; `first` and `last` of a trial."""

    kind: str
    number: int
    words: str
    state: str
    at: str
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class HiringNow:
    """`vacancies`: how many by state; `people` under way by the kind of their stage, in open
    vacancies; `asked`: the title of the vacancy that was asked for because managers are missing.
    """

    approvals: list[Line]
    vacancies: dict[str, int]
    people: dict[str, int]
    asked: str


def hiring_now(user: User, day: dt.date) -> HiringNow:
    first, *others = _parts(user)
    found: dict[str, list[Row]] = {}
    for row in first.union(*others, all=True):
        found.setdefault(row[0], []).append(Row(*row))
    for rows in found.values():
        rows.sort(key=lambda row: (row.at, row.words, row.number))
    asked = found.get("need", [])
    return HiringNow(
        approvals=_lines(found, user, day),
        vacancies={row.state: row.number for row in found.get("vacancies", [])},
        people={row.state: row.number for row in found.get("people", [])},
        asked=asked[-1].words if asked else "",
    )


def approvals(user: User, day: dt.date) -> list[Line]:
    """What waits for a director's yes; nobody's own proposal; and trials."""
    return hiring_now(user, day).approvals


def _parts(user: User) -> list[QuerySet]:
    proposed = Vacancy.objects.filter(state=VacancyState.PROPOSED).exclude(proposed_by=user)
    offers = Offer.objects.visible_to(user).filter(state=OfferState.PROPOSED)
    offers = offers.exclude(made_by=user).exclude(candidacy__candidate=None)
    needs = Need.objects.visible_to(user).filter(UNDER_WAY)
    title = F("candidacy__vacancy__title")
    open_ones = Candidacy.objects.active().filter(vacancy__state=VacancyState.OPEN)
    return [
        _rows(proposed, "vacancy", words=F("title"), at=F("proposed_at")),
        _rows(offers, "offer", words=title, at=F("made_at")),
        _rows(newcomers(user), "newcomer", words=F("name")),
        _rows(to_move(user), "trial", words=F("user__name"), stands=F("state"),
              at=F("starts_on"), first=F("starts_on"), last=F("ends_on")),
        _rows(needs, "need", words=F("vacancy__title"), at=F("asked_at")),
        _rows(Vacancy.objects.all(), "vacancies", stands=F("state"), is_counted=True),
        _rows(open_ones, "people", stands=F("stage__kind"), is_counted=True),
    ]  # fmt: skip


def _rows(rows: QuerySet, kind: str, *, is_counted: bool = False, **columns: Any) -> QuerySet:
    """In the one shape; what a part does not tell is empty. `is_counted`: one row a state."""
    empty = {"words": Value(""), "stands": Value(""), "at": Value("")}
    told = {**empty, **columns}
    rows = rows.order_by().annotate(
        row_kind=Value(kind, CharField()),
        row_words=Cast(told["words"], CharField()),
        row_state=Cast(told["stands"], CharField()),
        row_at=Cast(told["at"], CharField()),
        row_first=Cast(told.get("first", Value(None)), DateField()),
        row_last=Cast(told.get("last", Value(None)), DateField()),
    )
    others = [f"row_{name}" for name in NAMES if name != "number"]
    number = Cast(Count("pk") if is_counted else F("pk"), IntegerField())
    rows = rows.values(*others).annotate(row_number=number)
    return rows.values_list(*(f"row_{name}" for name in NAMES))


def _lines(found: dict[str, list[Row]], user: User, day: dt.date) -> list[Line]:
    lines = [
        Line("", _("A vacancy waits for your approval"), f"/hiring/{row.number}/approval/",
             _("Look"), evidence=row.words)
        for row in found.get("vacancy", [])
    ]  # fmt: skip
    lines += [
        Line("", _("An offer waits for your approval"), f"/hiring/offers/{row.number}/",
             _("Look"), evidence=row.words)
        for row in found.get("offer", [])
    ]  # fmt: skip
    lines += without_plan([row.words for row in found.get("newcomer", [])])
    trials = [
        trial_line(Trial(row.number, row.words, row.state, row.first, row.last), user, day)
        for row in found.get("trial", [])
    ]
    return lines + [line for line in trials if line][:MOST]
