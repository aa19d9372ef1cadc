"""The portfolio's table as rows for a spreadsheet: the same customers as the page, all of them."""

from collections.abc import Iterator
from itertools import accumulate

from django.utils.translation import gettext as _

from accounts.models import Account
from common.money import from_units
from kpi.queries.customers import customer, own_why, ranked_lines, whole_why
from kpi.queries.overview import Overview
from kpi.queries.ranked import Ranked, ranked
from people.models import User


def header(currency: str) -> list[str]:
    money = {"currency": currency}
    return [
        _("No."),
        _("Customer"),
        _("Manager"),
        _("Tier"),
        _("Key"),
        _("Why key"),
        _("Revenue, %(currency)s") % money,
        _("Share"),
        _("Running"),
        _("Revenue a year before, %(currency)s") % money,
        _("Against last year"),
        _("Margin"),
    ]


def rows(user: User, view: Overview) -> Iterator[list]:
    """One row per customer the reader may see, in the order of the page."""
    book = view.book or _whole(user, view)
    names = _names(book)
    running = accumulate(max(int(units), 0) for units in book.basis)
    policy, total = view.policy, book.ranking.total
    why = whole_why if view.is_whole else own_why
    lines = ranked_lines(book, 0, len(book))
    for line, rank, sofar in zip(lines, book.ranking.rank, running, strict=True):
        account = names[line.account]
        reason = why(line.reason, max(line.basis, 0) / (total or 1), policy) if line.is_key else ""
        row = customer(line, account, rank=int(rank), running=sofar, positive=total, why=reason)
        yield [
            row.rank,
            account.name,
            account.owner.name if account.owner else "",
            "" if row.tier == "N" else row.tier,
            row.is_key,
            row.why_key,
            row.revenue,
            row.share,
            row.running,
            from_units(line.before),
            row.change,
            row.margin,
        ]


def _whole(user: User, view: Overview) -> Ranked:
    cuts = (view.policy.cut_a, view.policy.cut_b)
    return ranked(user, view.day, is_newest=True, basis=view.policy.basis, cuts=cuts)


def _names(book: Ranked) -> dict[int, Account]:
    found = {}
    for start in range(0, len(book), 10_000):
        ids = [int(pk) for pk in book.ids[start : start + 10_000]]
        rows = Account.objects.filter(pk__in=ids).select_related("owner")
        found |= {account.pk: account for account in rows.only("name", "owner__name")}
    return found
