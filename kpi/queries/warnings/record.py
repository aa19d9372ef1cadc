"""The public record: what came of each alarm of twelve months, and who was lost without one.

A director's record is the company's; a manager's that of the accounts that were theirs on the day
of each alarm, whoever owns them since. What they may no longer open counts without its name.
"""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account, AccountScore, Scoring
from common import formats
from common.dates import year_before
from kpi.choices import AlertCause, AlertLevel, AnswerVerb
from kpi.models import Alert, AlertAnswer
from kpi.queries.warnings import excuses
from kpi.queries.warnings.findings import SILENCES
from kpi.queries.warnings.whose import alarms_of, lost_with
from kpi.rules import warning_record as rule
from kpi.rules.warning_record import Tally, tally
from people.models import User

PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One alarm and what came of it. `next_order`: the first one after it, if any. `is_open`: the
    reader may open the account, else nothing is told of it but the outcome."""

    alert: Alert
    outcome: str
    next_order: dt.date | None
    is_wrong: bool
    is_open: bool = True

    @property
    def name(self) -> str:
        return self.alert.account.name if self.is_open else _("Accounts you may no longer open")

    @property
    def words(self) -> str:
        return {
            rule.RIGHT: _("did not order within 90 days"),
            rule.BACK: _("ordered again"),
            rule.YOUNG: _("too young to judge"),
        }[self.outcome]

    @property
    def is_replayed(self) -> bool:
        return bool(self.alert.data.get("replayed"))


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a table: a cause or a month with its tally."""

    label: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Record:
    """`silences`: alarms of silence and chance, which claim that no order comes; the other causes
    stand in `causes` only. Of `lost` accounts `flagged` had an alarm before."""

    day: dt.date | None
    rows: list[Row] = field(default_factory=list)
    silences: Tally = Tally()
    causes: list[Part] = field(default_factory=list)
    months: list[Part] = field(default_factory=list)
    lost: int = 0
    flagged: int = 0
    replayed: int = 0
    is_whole: bool = True

    @property
    def sentences(self) -> list[str]:
        return sentences(self) if self.day else []

    @property
    def headline(self) -> list[str]:
        """What a start page has room for: how many alarms, and how many of them were right."""
        return _alarm_words(self.silences) if self.day else []


def record(user: User) -> Record:
    """Alarms of the twelve months to the day of the scores."""
    day = Scoring.current().as_of
    if day is None:
        return Record(None)
    rows = _rows(user, day)
    silences = [row for row in rows if row.alert.cause in SILENCES]
    lost, flagged = _lost(user, day)
    return Record(
        day=day,
        rows=rows,
        silences=_tally(silences),
        causes=_parts(rows, lambda row: row.alert.get_cause_display()),
        months=_parts(silences, lambda row: formats.month(row.alert.red_on)),
        lost=lost,
        flagged=flagged,
        replayed=sum(row.is_replayed for row in silences),
        is_whole=user.is_director,
    )


def _rows(user: User, day: dt.date) -> list[Row]:
    alerts = alarms_of(user).filter(red_on__gt=year_before(day), red_on__lte=day)
    alerts = alerts.select_related("account__owner").order_by("-red_on", "pk")
    found = list(alerts.filter(level=AlertLevel.RED))
    orders = _order_days({row.account_id for row in found}, day)
    said = AlertAnswer.objects.valid().filter(verb=AnswerVerb.WRONG)
    wrong = set(said.values_list("alert", flat=True))
    opened = _opened(user, set(orders) | {row.account_id for row in found})
    return [
        replace(_row(row, orders[row.account_id], day), is_wrong=row.pk in wrong,
                is_open=row.account_id in opened)
        for row in found
    ]  # fmt: skip


def _opened(user: User, accounts: set[int]) -> set[int]:
    if user.is_director:
        return accounts
    return set(Account.objects.visible_to(user).values_list("pk", flat=True)) & accounts


def _row(alert: Alert, orders: list[dt.date], day: dt.date) -> Row:
    at = bisect_right(orders, alert.red_on)
    following = orders[at] if at < len(orders) else None
    number = following.toordinal() if following else None
    outcome = rule.outcome(alert.red_on.toordinal(), number, day.toordinal())
    return Row(alert, outcome, following, is_wrong=False)


def _order_days(accounts: Iterable[int], day: dt.date) -> dict[int, list[dt.date]]:
    """Ascending order days of the year, of each account and those that count with it."""
    found: dict[int, list[dt.date]] = defaultdict(list)
    for some in excuses.batches(set(accounts)):
        rows = excuses.ordered(some).filter(day__gt=year_before(day), day__lte=day)
        for head, ordered in rows.order_by("day").values_list("head", "day"):
            found[head].append(ordered)
    return found


def _parts(rows: list[Row], label) -> list[Part]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(label(row))].append(row)
    return [Part(name, _tally(some)) for name, some in groups.items()]


def _tally(rows: Iterable[Row]) -> Tally:
    return tally((row.outcome, row.is_wrong) for row in rows)


def _lost(user: User, day: dt.date) -> tuple[int, int]:
    """Accounts that became lost in the year (no order for a year), and how many an alarm named."""
    last = year_before(day)
    rows = AccountScore.objects.filter(
        counts_with=None, last_order__gt=year_before(last), last_order__lte=last
    )
    lost = lost_with(user, dict(rows.values_list("account_id", "last_order")))
    alarms = Alert.objects.filter(
        cause__in=SILENCES, since__gt=year_before(last), since__lte=last, red_on__lte=day
    )
    named = {
        account
        for account, since, red in alarms.values_list("account_id", "since", "red_on")
        if lost.get(account) == since and (red - since).days <= 365
    }
    return len(lost), len(named)


def sentences(found: Record) -> list[str]:
    """Counts first, then the rate with its range, then what is left out and what was missed."""
    one = found.silences
    said = _alarm_words(one)
    if one.young:
        words = ngettext(
            "%(n)s is younger than 90 days and not judged yet.",
            "%(n)s are younger than 90 days and not judged yet.",
            one.young,
        )
        said.append(words % {"n": formats.number(one.young)})
    if one.wrong:
        words = ngettext(
            "%(n)s was called wrong by the manager; it counts all the same.",
            "%(n)s were called wrong by the managers; they count all the same.",
            one.wrong,
        )
        said.append(words % {"n": formats.number(one.wrong)})
    return [*said, _lost_words(found)]


def _alarm_words(one: Tally) -> list[str]:
    if not one.alarms:
        return [_("No alarm of silence in the last twelve months.")]
    words = ngettext(
        "Last 12 months: %(alarms)s alarm.", "Last 12 months: %(alarms)s alarms.", one.alarms
    )
    said = [words % {"alarms": formats.number(one.alarms)}]
    return [*said, _rate_words(one)] if one.judged else said


def _rate_words(one: Tally) -> str:
    low, high = one.interval or (0.0, 1.0)
    words = _(
        "Of %(judged)s that can be judged %(right)s really did not order within 90 days"
        " (%(rate)s; likely between %(low)s and %(high)s)."
    )
    return words % {
        "judged": formats.number(one.judged),
        "right": formats.number(one.right),
        "rate": formats.percent(one.rate),
        "low": formats.percent(low),
        "high": formats.percent(high),
    }


def _lost_words(found: Record) -> str:
    if not found.lost:
        return _("No customer was lost in this time.")
    words = ngettext(
        "%(lost)s customer was lost (no order for a year); %(flagged)s had an alarm before.",
        "%(lost)s customers were lost (no order for a year); %(flagged)s had an alarm before.",
        found.lost,
    )
    shown = {"lost": formats.number(found.lost), "flagged": formats.number(found.flagged)}
    return words % shown


HEADER = ("account", "cause", "alarm", "last_order", "next_order", "outcome", "wrong", "replayed")


def file_rows(found: Record) -> Iterable[tuple]:
    for row in found.rows:
        alert = row.alert
        yield (
            row.name, AlertCause(alert.cause).value, alert.red_on,
            alert.since if row.is_open else None, row.next_order if row.is_open else None,
            row.outcome, row.is_wrong, row.is_replayed,
        )  # fmt: skip
