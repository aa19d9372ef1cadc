"""The inbox of warnings: one line an account, the most money first, as many as can be worked.

A director reads all, a lead the team's, a manager their own: the accounts they may open.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from accounts.models import Account, AccountScore, Assignment, Scoring
from accounts.queries.cadence import cadences_of
from accounts.queries.filters import words_in
from kpi.choices import AlertCause, AlertLevel
from kpi.models import Alert, AlertAnswer, PortfolioDay
from kpi.queries.warnings import words
from kpi.rules import rhythm
from kpi.rules.warnings import LINES_A_WEEK, fold
from people.models import Company, User, company_day

PAGE = 20  # lines of one page
RANK = {
    (level, cause): (place, number)
    for place, level in enumerate(AlertLevel.values)
    for number, cause in enumerate(AlertCause.values)
}


@dataclass(frozen=True, slots=True)
class Filters:
    cause: str = ""
    level: str = ""
    manager: int | None = None
    q: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.cause or self.level or self.manager or self.q)


@dataclass(frozen=True, slots=True)
class Line:
    """`seen`: the answer that stands already (0: none); `may_answer`: the reader may."""

    alert: Alert
    stake: Decimal
    sentence: str
    evidence: list[str]
    seen: int
    may_answer: bool

    @property
    def account(self) -> Account:
        return self.alert.account

    @property
    def is_red(self) -> bool:
        return self.alert.level == AlertLevel.RED


@dataclass(frozen=True, slots=True)
class Inbox:
    """`total` lines with `stake` in all; `folded` of them are kept back, see LINES_A_WEEK; `lines`
    are those of the `page`."""

    day: dt.date | None
    lines: list[Line]
    page: Page
    total: int
    folded: int
    stake: Decimal
    alarms: int
    causes: dict[str, int] = field(default_factory=dict)
    managers: list[User] = field(default_factory=list)
    planned: int = 0
    most: int = LINES_A_WEEK


@dataclass(slots=True)
class _Group:
    """The open warnings of one account."""

    account: int
    owner: int | None
    lead: int = 0
    rank: tuple = (9, 9)
    stake: Decimal = Decimal(0)
    others: list[int] = field(default_factory=list)
    causes: set[str] = field(default_factory=set)

    def add(self, pk: int, cause: str, level: str, stake: Decimal) -> None:
        self.causes.add(cause)
        self.stake = max(self.stake, stake)
        rank = RANK[level, cause]
        if rank < self.rank:
            if self.lead:
                self.others.append(self.lead)
            self.lead, self.rank = pk, rank
        else:
            self.others.append(pk)


def inbox(
    user: User, page: int | str = 1, *, filters: Filters | None = None, is_whole: bool = False
) -> Inbox:
    """The nearest page there is; `is_whole`: also lines beyond what can be worked in a week.

    The number of queries does not depend on the number of lines.
    """
    filters, day = filters or Filters(), Scoring.current().as_of
    waiting = set(
        AlertAnswer.objects.visible_to(user)
        .hiding(company_day())
        .values_list("alert__account", flat=True)
    )
    everything = _groups(Alert.objects.visible_to(user).open())
    reached = [group for group in everything if group.account not in waiting]
    groups = _filtered(reached, user, filters)
    shown = groups if is_whole else _first(groups)
    part = Paginator(shown, PAGE).get_page(page)
    return Inbox(
        day=day,
        lines=_lines(user, list(part), day),
        page=part,
        total=len(groups),
        folded=len(groups) - len(shown),
        stake=sum((group.stake for group in groups), Decimal(0)),
        alarms=sum(group.rank[0] == 0 for group in groups),
        causes=_counts(reached),
        managers=_managers(user, reached),
        planned=len({group.account for group in everything} & waiting),
    )


def alarmed_rows(user: User) -> dict[str, QuerySet]:
    """Accounts with an open alarm that the reader owns; the navigation counts them."""
    alarms = Alert.objects.open().filter(level=AlertLevel.RED).values("account")
    own = Account.objects.visible_to(user).filter(owner=user)
    return {"alarmed": own.filter(pk__in=alarms)}


def _groups(alerts: QuerySet[Alert]) -> list[_Group]:
    """By account, the most money first; the same money by number, so that nothing jumps."""
    found: dict[int, _Group] = {}
    names = ("pk", "account_id", "account__owner", "cause", "level", "stake")
    for pk, account, owner, cause, level, stake in alerts.order_by("pk").values_list(*names):
        found.setdefault(account, _Group(account, owner)).add(pk, cause, level, stake)
    return sorted(found.values(), key=lambda group: (-group.stake, group.account))


def _filtered(groups: list[_Group], user: User, filters: Filters) -> list[_Group]:
    if filters.cause:
        groups = [group for group in groups if filters.cause in group.causes]
    if filters.level:
        red = filters.level == AlertLevel.RED
        groups = [group for group in groups if (group.rank[0] == 0) == red]
    if filters.manager:
        groups = [group for group in groups if group.owner == filters.manager]
    if filters.q:
        rows = Account.objects.visible_to(user).filter(*words_in(filters.q))
        named = set(rows.filter(alerts__cleared_on=None).values_list("pk", flat=True))
        groups = [group for group in groups if group.account in named]
    return groups


def _first(groups: list[_Group]) -> list[_Group]:
    worked = fold([group.owner for group in groups])
    return [group for group, is_shown in zip(groups, worked, strict=True) if is_shown]


def _counts(groups: list[_Group]) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for group in groups:
        for cause in group.causes:
            found[cause] += 1
    return {cause: found[cause] for cause in AlertCause.values if found[cause]}


def _managers(user: User, groups: list[_Group]) -> list[User]:
    owners = {group.owner for group in groups} - {None}
    return sorted(User.objects.filter(pk__in=owners), key=lambda one: one.name)


def lines_of(user: User, account: Account, day: dt.date | None) -> list[Line]:
    """The account's own open warnings as one line, none if it has none."""
    return _lines(user, _groups(Alert.objects.visible_to(user).open().filter(account=account)), day)


def _lines(user: User, groups: list[_Group], day: dt.date | None) -> list[Line]:
    if not groups or day is None:
        return []
    pks = [pk for group in groups for pk in (group.lead, *group.others)]
    alerts = Alert.objects.select_related("account__owner", "account__score", "account__rhythm")
    by_pk = alerts.in_bulk(pks)
    accounts = [by_pk[group.lead].account for group in groups]
    ids = [account.pk for account in accounts]
    contacts, since = cadences_of(accounts, day), _owners_since(ids)
    unlikely, seen = _silences(accounts, day), _seen(ids)
    editable = set(
        Account.objects.editable_by(user).filter(pk__in=ids).values_list("pk", flat=True)
    )
    currency = Company.current().currency
    lines = []
    for group in groups:
        alert = by_pk[group.lead]
        account = alert.account
        said = [words.rhythm(alert)]
        if alert.cause == AlertCause.RHYTHM:
            said.append(words.chance_of_silence(unlikely.get(account.pk)))
        said.append(words.money(alert, currency))
        others = [by_pk[pk] for pk in group.others]
        said += [words.other(row) for row in others if row.cause != AlertCause.CADENCE]
        said.append(words.contact(contacts.get(account.pk), day))
        said.append(words.owner(account.owner and account.owner.name, since.get(account.pk)))
        said = [one for one in said if one]
        lines.append(
            Line(
                alert, group.stake, words.sentence(alert, day), said, seen.get(account.pk, 0),
                account.pk in editable,
            )
        )  # fmt: skip
    return lines


def _owners_since(ids: Iterable[int]) -> dict[int, dt.date]:
    rows = Assignment.objects.today().owners().filter(account__in=ids)
    return dict(rows.values_list("account_id", "valid_from"))


def _seen(ids: Iterable[int]) -> dict[int, int]:
    """Account → its newest standing answer to a warning that is open."""
    rows = AlertAnswer.objects.valid().filter(alert__account__in=ids, alert__cleared_on=None)
    return dict(rows.order_by("at", "pk").values_list("alert__account", "pk"))


def _silences(accounts: list[Account], day: dt.date) -> dict[int, float]:
    """Account → how likely one that stays is silent so long, by the book's fit of that day."""
    kept = PortfolioDay.objects.filter(day__lte=day).exclude(rhythm={}).order_by("-day").first()
    if kept is None:
        return {}
    names = ("mean", "within", "between", "accounts", "gaps")
    fit = rhythm.Fit(*(kept.rhythm[name] for name in names))
    scores: list[AccountScore] = [
        account.score for account in accounts if hasattr(account, "score")
    ]
    scores = [score for score in scores if score.last_order]
    columns = [np.array([getattr(score, name) for score in scores], dtype=np.int64)
               for name in ("gaps", "log_gaps")]  # fmt: skip
    silent = np.array([(day - score.last_order).days for score in scores], dtype=np.int64)
    found = rhythm.silence_probability(rhythm.rhythms(fit, *columns), silent)
    return {
        score.account_id: float(value)
        for score, value in zip(scores, found, strict=True)
        if not np.isnan(value)
    }
