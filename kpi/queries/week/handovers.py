"""Handovers in which it is the reader's turn."""

import datetime as dt

from django.utils.translation import gettext as _

from accounts.queries.handover import HandoverRow, handovers_to_do
from accounts.queries.handover_words import handover_url
from common import formats
from kpi.queries.week.book import Book
from kpi.queries.week.parts import Line
from kpi.rules.week import MINUTES, Claim
from people.models import User


def handover_lines(user: User, book: Book, today: dt.date) -> list[Line]:
    """One line each, with whose turn it is for what; one query."""
    return [_line(row, book) for row in handovers_to_do(user)]


def _line(row: HandoverRow, book: Book) -> Line:
    one = row.handover
    account = one.account
    planned = _("planned for %(day)s") % {"day": formats.day(one.planned_for, "short")}
    words = {"account": account.name, "what": row.turn}
    return Line(
        key=f"handover:{one.pk}", kind="handover",
        sentence=_("Handover of %(account)s: %(what)s") % words,
        reasons=[row.late or planned], icon="arrow-left-right",
        claim=Claim("handover", book.share(account.pk), MINUTES["handover"], row.late_days),
        url=handover_url(one), account=account, stake=book.stake(account.pk),
        late_days=row.late_days, is_movable=False,
    )  # fmt: skip
