"""Who is silent past their own alarm day: the tile, and the largest as sentences."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account, AccountScore
from accounts.queries.silence import silence_of
from common import formats
from kpi.queries.start import places
from kpi.queries.start.parts import Action, Matter, Tile, Why, short_money
from kpi.queries.start.scores import QUARTERS, Book, past_alarm
from kpi.queries.start.silences import SilentAccount
from kpi.rules.rhythm import RULE_VERSION as RULE
from people.models import User

MOST = 2  # the others are one click away, behind the figure


def tile(book: Book, currency: str) -> Tile:
    value, unit = short_money(book.at_risk, currency) if book.judged else ("", "")
    return Tile(
        label=_("At risk, next 90 days"),
        value=value,
        unit=unit,
        note=_note(book),
        why=Why(
            _(
                "Customers silent past their own alarm day: one who stays is silent this long once"
                " in twenty times. Told is a quarter of what they bought in twelve months."
            ),
            [
                (_("Silent past their alarm day"), formats.number(book.silent)),
                (_("Customers with a rhythm"), formats.number(book.judged)),
                (_("Bought in twelve months"), formats.money(book.silent_revenue, currency)),
            ],
            rule=RULE,
            url=places.accounts(view="silent"),
            link=_("Show the silent accounts"),
        ),
    )


def _note(book: Book) -> str:
    if not book.judged:
        return _("No customer has a rhythm yet; three days with orders make one")
    if not book.silent:
        return _("No customer is silent past its alarm day")
    if not book.newly:
        return ngettext(
            "%(count)s account, none of them new since Monday",
            "%(count)s accounts, none of them new since Monday",
            book.silent,
        ) % {"count": formats.number(book.silent)}
    return ngettext(
        "%(count)s account; new since Monday: %(newly)s",
        "%(count)s accounts; new since Monday: %(newly)s",
        book.silent,
    ) % {"count": formats.number(book.silent), "newly": formats.number(book.newly)}


def matters(user: User, day: dt.date, currency: str) -> list[Matter]:
    """The largest key or A and B accounts among them; one query."""
    rows = (
        AccountScore.objects.filter(past_alarm(day), counts_with=None)
        .filter(account__in=Account.objects.visible_to(user).present())
        .exclude(is_key=False, tier__in=("C", "N"))
        .select_related("account")
        .order_by("-revenue", "account")[:MOST]
    )
    found = [SilentAccount(score.account, silence_of(score, day)) for score in rows]
    return [_matter(item, currency) for item in found]


def _matter(item: SilentAccount, currency: str) -> Matter:
    stake = item.revenue / QUARTERS
    return Matter(
        item.sentence,
        item.evidence,
        Action(_("Open the account"), places.account(item.account.pk)),
        stake=stake,
        about=item.account.pk,
        stake_words=formats.money_short(stake, currency),
        period=_("in 90 days"),
    )
