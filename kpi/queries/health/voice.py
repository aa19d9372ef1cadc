"""Voice: what people of the customer's answered; without an answer, how ours see the account."""

import datetime as dt

import numpy as np

from common import dbops
from kpi.queries.health.book import NEVER, Book, Found, counted
from kpi.rules.health import points
from kpi.rules.health.score import JUDGEMENT_SHELF, PULSE_SHELF
from kpi.rules.health.told import NONE
from people.models import company_midnight

ACCOUNT, WHO, DAY, VALUE = range(4)


def voice(book: Book) -> Found:
    """Two queries. Of each person the newest answer counts, of all judgements the newest."""
    total, answers, answered = _answers(book)
    judged, judged_on = _judgements(book)
    own = answers > 0
    newest = np.where(own, answered, judged_on)
    age = np.where(newest > 0, np.maximum(book.number - newest, 0), NEVER)
    inputs = {
        "answers": answers,
        "answers_total": np.where(own, total, NONE),
        "answered_on": np.where(own, answered, NONE),
        "judged": np.where(judged > points.UNKNOWN, judged, NONE),
        "judged_on": np.where(judged_on > 0, judged_on, NONE),
    }
    shelf = np.where(own, PULSE_SHELF, JUDGEMENT_SHELF)
    value = points.voice_points(total, answers, judged)
    return Found(value, age, shelf, inputs, is_shared=False)


def _answers(book: Book) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Their sum, their number and the newest day, of the last ninety days."""
    where, params = book.among("h.account_id", book.merged)
    first = book.day - dt.timedelta(days=PULSE_SHELF)
    moment = "p.answered_at >= %s AND p.answered_at < %s"
    rows = dbops.read_ints(
        ["h.account_id", "COALESCE(p.contact_id, -p.id)", _day("p.answered_at"), "p.answer"],
        "FROM accounts_pulse p JOIN accounts_handover h ON h.id = p.handover_id"
        f" WHERE p.answer IS NOT NULL AND {moment} AND {where} ORDER BY p.answered_at, p.id",
        [company_midnight(first), company_midnight(book.day + dt.timedelta(days=1)), *params],
    )
    total, number, newest = book.blank(), book.blank(), book.blank()
    at, which = counted(book, book.merged, rows[:, ACCOUNT])
    rows = rows[which]
    last = {
        (place, who): row for row, (place, who) in enumerate(zip(at, rows[:, WHO], strict=True))
    }
    kept = np.array(sorted(last.values()), dtype=np.int64)
    np.add.at(total, at[kept], rows[kept, VALUE])
    np.add.at(number, at[kept], 1)
    np.maximum.at(newest, at[kept], rows[kept, DAY])
    return total, number, newest


def _judgements(book: Book) -> tuple[np.ndarray, np.ndarray]:
    """The newest that stands, UNKNOWN where there is none of sixty days; and its day number."""
    where, params = book.among("account_id", book.merged)
    rows = dbops.read_ints(
        ["account_id", "id", dbops.day_number("day"), "value"],
        "FROM kpi_judgement WHERE removed_at IS NULL AND day >= %s AND day <= %s"
        f" AND {where} ORDER BY day, id",
        [book.day - dt.timedelta(days=JUDGEMENT_SHELF), book.day, *params],
    )
    value, day = book.blank(points.UNKNOWN), book.blank()
    at, which = counted(book, book.merged, rows[:, ACCOUNT])
    order = np.argsort(which, kind="stable")  # the newest is written last
    value[at[order]], day[at[order]] = rows[which[order], VALUE], rows[which[order], DAY]
    return value, day


def _day(column: str) -> str:
    """The day number of a moment, in UTC: a part is days old, not hours."""
    return dbops.day_number(f"CAST({column} AS date)" if dbops.is_postgres() else f"date({column})")
