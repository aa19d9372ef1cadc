"""Money at risk by the open warnings, and the largest alarms as sentences: what the inbox holds."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account, Scoring
from common import formats
from kpi.choices import AlertLevel
from kpi.models import AgreedPause, Alert, AlertAnswer
from kpi.queries.remembered import remembered_since
from kpi.queries.start import places
from kpi.queries.start.parts import Action, Matter, Tile, Why, short_money
from kpi.queries.warnings import words
from kpi.rules.warnings import RULE_VERSION
from people.models import User, company_day

SCORING = Scoring._meta.db_table
ANSWER, PAUSE = AlertAnswer._meta.db_table, AgreedPause._meta.db_table
SAID = "SELECT COUNT(*) AS made, COUNT(undone_at) AS undone, MAX(id) AS newest FROM"
STAMP = (
    f"SELECT s.warned_at, a.made, a.undone, a.newest, p.made, p.undone, p.newest FROM {SCORING} s"  # noqa: S608  our names
    f" CROSS JOIN ({SAID} {ANSWER}) a CROSS JOIN ({SAID} {PAUSE}) p WHERE s.warned_at IS NOT NULL"
)
MOST = 2  # the others are one click away, behind the figure
LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Risk:
    """`stake` counts each account once, with the warning that puts most at risk."""

    accounts: int
    alarms: int
    newly: int
    stake: Decimal


def waiting(user: User) -> QuerySet[Alert]:
    """Open warnings that wait in the inbox: without those of accounts a call is planned with."""
    planned = AlertAnswer.objects.visible_to(user).hiding(company_day())
    rows = Alert.objects.visible_to(user).open()
    return rows.exclude(account__in=planned.values("alert__account"))


def risk_of(user: User, since: dt.date) -> Risk:
    """One query, however many warnings there are. Of the whole company they are added up once,
    until a night raises others or somebody answers one."""
    rows = waiting(user)
    if user.is_director:
        found = remembered_since(_stamp(), "risk", lambda: _sums(rows, since), since, company_day())
    else:
        found = _sums(rows, since)
    return Risk(**{**found, "stake": Decimal(found["stake"])})


def _sums(rows: QuerySet[Alert], since: dt.date) -> dict:
    red = Q(level=AlertLevel.RED)
    by_account = rows.order_by().values("account").annotate(
        most=Max("stake"), red=Count("pk", filter=red),
        fresh=Count("pk", filter=red & Q(red_on__gte=since)),
    )  # fmt: skip
    found = by_account.aggregate(
        accounts=Count("account"), stake=Sum("most"),
        alarms=Count("account", filter=Q(red__gt=0)),
        newly=Count("account", filter=Q(fresh__gt=0)),
    )  # fmt: skip
    return {**found, "stake": str(found["stake"] or 0)}


def _stamp() -> str | None:
    """What was said of warnings so far; None while they are raised. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        row = cursor.fetchone()
    return row and " ".join(map(str, row))


def tile(found: Risk, judged: int, currency: str) -> Tile:
    """`judged`: customers with a rhythm. Before any warning was raised nothing is claimed."""
    is_known = bool(found.accounts) or (bool(judged) and Alert.objects.exists())
    value, unit = short_money(found.stake, currency) if is_known else ("", "")
    return Tile(
        label=_("At risk, next 90 days"),
        value=value,
        unit=unit,
        note=_note(found, judged, is_known=is_known),
        why=Why(
            _(
                "What customers with an open warning would buy in 90 days, less the chance that"
                " they order all the same where the company’s own history can tell it."
            ),
            [
                (_("Accounts with a warning"), formats.number(found.accounts)),
                (_("Of them with an alarm"), formats.number(found.alarms)),
                (_("Customers with a rhythm"), formats.number(judged)),
                (_("At risk"), formats.money(found.stake, currency)),
            ],
            rule=RULE_VERSION,
            url=reverse("kpi:warning_list"),
            link=_("Show the warnings"),
        ),
    )


def _note(found: Risk, judged: int, *, is_known: bool) -> str:
    if not is_known and not judged:
        return _("No customer has a rhythm yet; three days with orders make one")
    if not is_known:
        return _("No night has raised a warning yet")
    if not found.accounts:
        return _("No customer has an open warning")
    if not found.newly:
        return ngettext(
            "%(count)s account, no alarm since Monday",
            "%(count)s accounts, no alarm since Monday",
            found.accounts,
        ) % {"count": formats.number(found.accounts)}
    return ngettext(
        "%(count)s account; alarms since Monday: %(newly)s",
        "%(count)s accounts; alarms since Monday: %(newly)s",
        found.accounts,
    ) % {"count": formats.number(found.accounts), "newly": formats.number(found.newly)}


def matters(user: User, day: dt.date, currency: str) -> list[Matter]:
    """The alarms of key and A and B accounts with most at stake, one an account; one query."""
    rows = (
        waiting(user)
        .filter(level=AlertLevel.RED, stake__gt=0)
        .filter(Q(account__score__is_key=True) | Q(account__score__tier__in=("A", "B")))
        .select_related("account__owner")
        .order_by("-stake", "pk")[:LOOKED_AT]
    )
    first: dict[int, Alert] = {}
    for alert in rows:
        first.setdefault(alert.account_id, alert)
    return [_matter(alert, day, currency) for alert in list(first.values())[:MOST]]


def _matter(alert: Alert, day: dt.date, currency: str) -> Matter:
    account: Account = alert.account
    said = (words.rhythm(alert), words.owner(account.owner and account.owner.name, None))
    return Matter(
        words.sentence(alert, day),
        " ".join(one for one in said if one),
        Action(_("Open the account"), places.account(account.pk)),
        stake=alert.stake,
        about=account.pk,
        stake_words=formats.money_short(alert.stake, currency),
        period=_("in 90 days"),
    )
