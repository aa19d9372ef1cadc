"""What the scores of a day had said about the accounts that were lost after it, and kept."""

import datetime as dt

import numpy as np

from accounts.models import Scoring
from common import dbops
from common.dates import year_before
from kpi.models import HealthDay, HealthRecord
from kpi.queries.health.book import Book, counted, open_book
from kpi.rules.health import record as rules
from kpi.rules.health.points import UNKNOWN
from kpi.rules.health.record import LEADS, Record

LEAST_ORDERS = 3  # order days: below it nobody knows whether an account was lost


def first_day() -> dt.date | None:
    """Where the history of scores begins."""
    return HealthDay.objects.order_by("day").values_list("day", flat=True).first()


def due_quarter(day: dt.date) -> dt.date | None:
    """The newest quarter's end that can be judged and was not; None while history is too short."""
    first = day.replace(day=1, month=3 * ((day.month - 1) // 3) + 1)
    end = first - dt.timedelta(days=1)
    begins = first_day()
    if begins is None or begins > end - dt.timedelta(days=min(LEADS)):
        return None
    return None if HealthRecord.objects.filter(day=end).exists() else end


def records(day: dt.date) -> list[Record]:
    """One for each lead that history reaches back to."""
    begins = first_day()
    if begins is None:
        return []
    leads = [lead for lead in LEADS if begins <= day - dt.timedelta(days=lead)]
    book = open_book(day)
    return [_record(book, lead) for lead in leads]


def _record(book: Book, lead: int) -> Record:
    start = book.day - dt.timedelta(days=lead)
    scores, repeats = scores_on(book, start), _order_days(book)
    ordered, now, before = _since(book, start)
    scoring = Scoring.current()
    compares = scoring.first_day is not None and scoring.first_day <= year_before(start)
    lost, dropped = rules.outcomes(ordered, now, before, compares)
    asked = (scores > UNKNOWN) & (repeats >= LEAST_ORDERS)
    return rules.record(lead, scores[asked], lost[asked], dropped[asked])


def scores_on(book: Book, day: dt.date) -> np.ndarray:
    """Computed scores of a day in tenths, UNKNOWN where there was none; one query."""
    rows = dbops.read_ints(
        ["h.account_id", f"COALESCE(h.score, {UNKNOWN})"],
        "FROM kpi_healthday h JOIN (SELECT account_id, MAX(day) AS day FROM kpi_healthday"
        " WHERE day <= %s GROUP BY account_id) n ON n.account_id = h.account_id AND n.day = h.day",
        [day],
    )
    found = book.blank(UNKNOWN)
    at, there = book.places(rows[:, 0])
    found[at] = rows[there, 1]
    return found


def _order_days(book: Book) -> np.ndarray:
    rows = dbops.read_ints(
        ["account_id", "order_days"],
        "FROM accounts_accountscore WHERE counts_with_id IS NULL",
    )
    found = book.blank()
    at, there = book.places(rows[:, 0])
    found[at] = rows[there, 1]
    return found


def _since(book: Book, start: dt.date) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days with an order after `start`, the money of these days, and of the same last year."""
    inside = "day > %s AND day <= %s"
    rows = dbops.read_ints(
        [
            "account_id",
            "sum(CASE WHEN day > %s AND net > 0 THEN 1 ELSE 0 END)",
            "sum(CASE WHEN day > %s THEN net ELSE 0 END)",
            "sum(CASE WHEN day > %s THEN 0 ELSE net END)",
        ],
        f"FROM accounts_accountday WHERE ({inside}) OR ({inside}) GROUP BY account_id",
        [start, start, start, start, book.day, year_before(start), year_before(book.day)],
    )
    columns = [book.blank() for _name in range(3)]
    at, which = counted(book, book.members, rows[:, 0])
    for place, column in enumerate(columns, 1):
        np.add.at(column, at, rows[which, place])
    return columns[0], columns[1], columns[2]
