"""What changed since last Monday, as whole phrases: the first line a director reads."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from kpi.queries.start.scores import Book
from kpi.queries.start.told import Told

WEEK = 7


def last_monday(today: dt.date) -> dt.date:
    """The Monday before today; on a Monday the one a week ago.

    >>> last_monday(dt.date(2026, 11, 23)), last_monday(dt.date(2026, 11, 25))
    (datetime.date(2026, 11, 16), datetime.date(2026, 11, 23))
    """
    return today - dt.timedelta(days=today.weekday() or WEEK)


def phrases(
    book: Book, told: Told, alarms: int, moved: int, ordered: Decimal | None, currency: str
) -> list[str]:
    """Those that happened; one that says so when nothing did."""
    counted = [
        (moved, ngettext("%(n)s account changed tier", "%(n)s accounts changed tier", moved)),
        (alarms, ngettext("%(n)s new alarm", "%(n)s new alarms", alarms)),
        (book.fresh, ngettext("%(n)s new customer", "%(n)s new customers", book.fresh)),
        (told.back, ngettext("%(n)s account won back", "%(n)s accounts won back", told.back)),
        (told.lost, ngettext("%(n)s account lost", "%(n)s accounts lost", told.lost)),
        (
            told.answered,
            ngettext("%(n)s warning answered", "%(n)s warnings answered", told.answered),
        ),
    ]
    found = [words % {"n": formats.number(count)} for count, words in counted if count]
    if ordered:
        money = formats.money_short(ordered, currency)
        found.insert(0, _("%(sum)s invoiced") % {"sum": money})
    return found or [_("nothing was invoiced and no account changed tier")]
