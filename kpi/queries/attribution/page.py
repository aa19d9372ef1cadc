"""Money by manager as a page and as a file: whose rows a reader sees, and every view beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import Account
from accounts.models.coverage import people_led, people_served
from common.money import from_units
from common.why import Why
from kpi.queries.attribution import facts as read
from kpi.queries.attribution.facts import MARGIN, NET, UNCOSTED
from kpi.queries.attribution.period import Period
from kpi.rules import attribution as rules
from kpi.rules.attribution import NOBODY, VERSION, Counted, View
from people.models import User, company_day

LEAST_MANAGERS = 5
WORDS = {
    View.INVOICE: gettext_lazy("Owner on the invoice date"),
    View.FIRST: gettext_lazy("Owner on the first day"),
    View.LAST: gettext_lazy("Owner on the last day"),
    View.DAYS: gettext_lazy("By days, for plans only"),
    View.TODAY: gettext_lazy("Owner today"),
}
SENTENCES = {
    View.INVOICE: gettext_lazy(
        "Every invoice counts for whoever owned the account on its date; a credit note with the"
        " number of an invoice counts on that invoice’s date, any other on its own."
    ),
    View.FIRST: gettext_lazy(
        "All of an account’s money counts for its owner on the first day: the base that somebody"
        " began with."
    ),
    View.LAST: gettext_lazy(
        "All of an account’s money counts for its owner on the last day: the outcome that somebody"
        " ended with."
    ),
    View.DAYS: gettext_lazy(
        "An account’s money is spread over the days and shared by how long each owned it. For"
        " targets and averages only, never for pay."
    ),
    View.TODAY: gettext_lazy(
        "All of an account’s money counts for who owns it today: to find one’s way, not to judge"
        " anybody."
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One manager; `user` None is nobody. `margin` is a share of costed revenue. `views` holds the
    net of every view in the order of View; `hands` how many accounts came or went lately."""

    user: User | None
    net: Decimal
    share: float | None
    margin: float | None
    accounts: int
    hands: int
    views: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class HandsRow:
    account: Account
    giver: User | None
    taker: User | None
    day: date
    net: Decimal


@dataclass(frozen=True)
class ByManager:
    """`total` is the company's and None for readers who do not see it; `place` (of how many) is
    that of the reader alone, told among enough managers only."""

    period: Period
    view: View
    sentence: str
    rows: tuple[Row, ...]
    total: Row | None
    place: tuple[int, int] | None
    hands: tuple[HandsRow, ...]
    rule: str = VERSION

    @property
    def view_words(self) -> list[str]:
        return [str(WORDS[view]) for view in View]

    @property
    def is_shared(self) -> bool:
        """Some account is counted for several people, so that rows hold more than the total."""
        held = sum(row.accounts for row in self.rows)
        return self.total is not None and held > self.total.accounts

    @property
    def why(self) -> Why:
        return Why(
            sentence=_(
                "Invoices of these days in the company’s currency, less credit notes and returns."
                " Each view gives out every amount once, to an owner or to nobody."
            ),
            inputs=((_("View"), self.view_words[list(View).index(self.view)]),),
            rule=self.rule,
        )


def by_manager(reader: User, period: Period, view: View) -> ByManager:
    """A constant number of queries. Directors see everybody, nobody and the total; leads their
    team, managers themselves, assistants those they serve."""
    held = read.owners()
    book = read.facts(held, period.first, period.last)
    days = {
        "first": period.first.toordinal(),
        "last": period.last.toordinal(),
        "today": company_day().toordinal(),
    }
    counted = {one: rules.attribute(book, held, one, **days) for one in View}
    hands = rules.changed_hands(held, days["last"])
    users = _people(reader, counted, hands)
    total = rules.total(counted[view], 3)
    rows = [_row(pk, user, counted, view, total, hands) for pk, user in users.items()]
    if reader.is_director and any(NOBODY in found for found in counted.values()):
        rows.append(_row(NOBODY, None, counted, view, total, hands))
    is_kam = reader.is_kam and not reader.is_director
    place = rules.place_of(counted[view], reader.pk, least=LEAST_MANAGERS) if is_kam else None
    return ByManager(
        period=period,
        view=view,
        sentence=str(SENTENCES[view]),
        rows=tuple(sorted(rows, key=lambda row: (row.user is None, -row.net, str(row.user)))),
        total=_total(counted, total, view) if reader.is_director else None,
        place=place,
        hands=_hands(reader, hands, users, book),
    )


def _people(
    reader: User, counted: dict[View, Counted], hands: list[rules.Hands]
) -> dict[int, User]:
    """Those with money by any view whose figures the reader may see."""
    ids = {pk for found in counted.values() for pk in found} - {NOBODY}
    if not reader.is_director:
        mine = {reader.pk} if reader.is_kam else set()
        mine |= set(people_led(reader).values_list("user", flat=True))
        mine |= set(people_served(reader).values_list("manager", flat=True))
        ids = (ids | mine) & mine
    return {user.pk: user for user in User.objects.filter(pk__in=ids).order_by("name", "pk")}


def _row(
    pk: int, user: User | None, counted: dict[View, Counted], view: View, total: list[int],
    hands: list[rules.Hands],
) -> Row:  # fmt: skip
    share = counted[view].get(pk, rules.Share([0, 0, 0]))
    return Row(
        user=user,
        net=from_units(share.money[NET]),
        share=share.money[NET] / total[NET] if total[NET] > 0 else None,
        margin=_margin(share.money),
        accounts=len(share.accounts),
        hands=sum(pk in (one.giver, one.taker) for one in hands) if pk else 0,
        views=tuple(
            from_units(counted[one][pk].money[NET] if pk in counted[one] else 0) for one in View
        ),
    )


def _margin(money: list[int]) -> float | None:
    costed = money[NET] - money[UNCOSTED]
    return money[MARGIN] / costed if costed > 0 else None


def _total(counted: dict[View, Counted], money: list[int], view: View) -> Row:
    accounts = {pk for share in counted[view].values() for pk in share.accounts}
    nets = tuple(from_units(rules.total(counted[one], 1)[NET]) for one in View)
    return Row(None, from_units(money[NET]), 1.0, _margin(money), len(accounts), 0, nets)


def _hands(
    reader: User, hands: list[rules.Hands], users: dict[int, User], book: rules.Facts
) -> tuple[HandsRow, ...]:
    """Of accounts the reader may open, with the money of the period: newest first, most first."""
    ids = {one.account for one in hands}
    accounts = Account.objects.visible_to(reader).in_bulk(ids)
    missing = {pk for one in hands for pk in (one.giver, one.taker)} - set(users) - {NOBODY}
    names = users | User.objects.in_bulk(missing)
    rows = [
        HandsRow(
            account=accounts[one.account],
            giver=names.get(one.giver),
            taker=names.get(one.taker),
            day=date.fromordinal(one.day),
            net=from_units(book.money[book.account == one.account, NET].sum()),
        )
        for one in hands
        if one.account in accounts
    ]
    return tuple(sorted(rows, key=lambda row: (-row.day.toordinal(), -row.net, row.account.name)))


def header(reader: User, currency: str) -> list[str]:
    columns = [_("Manager"), _("Net revenue, %(currency)s") % {"currency": currency}]
    columns += [_("Margin")] if reader.sees_money else []
    return [*columns, _("Accounts"), _("Changed hands"), *(str(WORDS[view]) for view in View)]


def file_rows(reader: User, found: ByManager) -> Iterator[list]:
    """The rows of the page, with nobody and the total for those who see them."""
    for row in (*found.rows, *([found.total] if found.total else [])):
        nobody = pgettext("owner", "Nobody")
        name = _("Total") if row is found.total else row.user.name if row.user else nobody
        margin = [None if row.margin is None else round(row.margin, 6)] if reader.sees_money else []
        yield [name, row.net, *margin, row.accounts, row.hands, *row.views]
