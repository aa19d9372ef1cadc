"""Which customers are silent longer than they ever were, among those worth asking about."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.translation import ngettext

from accounts.models import Account, AccountDay, AccountScore
from common import formats
from kpi.rules import silence as rule

LOOKED_AT = 60
SHORTEST = dt.timedelta(days=10)
REMEMBERED = dt.timedelta(days=1100)


@dataclass(frozen=True, slots=True)
class SilentAccount:
    account: Account
    silence: rule.Silence
    revenue: Decimal
    last_order: dt.date

    @property
    def sentence(self) -> str:
        """Silent for 61 days, with its name."""
        return ngettext(
            "%(account)s has not ordered for %(count)s day.",
            "%(account)s has not ordered for %(count)s days.",
            self.silence.silent,
        ) % {"account": self.account.name, "count": self.silence.silent}

    @property
    def evidence(self) -> str:
        return ngettext(
            "Its last %(gaps)s gaps were at most %(count)s day; the last order came on %(day)s.",
            "Its last %(gaps)s gaps were at most %(count)s days; the last order came on %(day)s.",
            self.silence.longest,
        ) % {
            "gaps": self.silence.gaps,
            "count": self.silence.longest,
            "day": formats.day(self.last_order, "short"),
        }


def silent_accounts(accounts: QuerySet[Account], day: dt.date) -> list[SilentAccount]:
    """Those of `accounts` beyond the longest of their own last gaps, the largest first.

    The LOOKED_AT largest are looked at that were silent for some days; two queries.
    """
    waiting = (
        accounts.filter(score__counts_with=None, score__last_order__lte=day - SHORTEST)
        .filter(score__revenue__gt=0)
        .select_related("score", "owner")
        .order_by("-score__revenue")[:LOOKED_AT]
    )
    return _silent({account.pk: account for account in waiting}, day)


def silent_among(accounts: Iterable[Account], day: dt.date) -> list[SilentAccount]:
    """The same of accounts that are read already with their scores; one query."""
    waiting = [account for account in accounts if _is_waiting(getattr(account, "score", None), day)]
    waiting.sort(key=lambda account: -account.score.revenue)
    return _silent({account.pk: account for account in waiting[:LOOKED_AT]}, day)


def _is_waiting(score: AccountScore | None, day: dt.date) -> bool:
    if score is None or score.counts_with_id or score.last_order is None:
        return False
    return score.revenue > 0 and score.last_order <= day - SHORTEST


def _silent(by_id: dict[int, Account], day: dt.date) -> list[SilentAccount]:
    if not by_id:
        return []
    days = _order_days(by_id, day)
    found = []
    for pk, account in by_id.items():
        silence = rule.silence(days[pk], day)
        if silence and silence.is_beyond:
            found.append(SilentAccount(account, silence, account.score.revenue, days[pk][-1]))
    return found


def _order_days(by_id: dict[int, Account], day: dt.date) -> dict[int, list[dt.date]]:
    """Different days with an order, ascending, of each account and those that count with it."""
    rows = (
        AccountDay.objects.filter(Q(account__in=by_id) | Q(account__score__counts_with__in=by_id))
        .filter(net__gt=0, day__lte=day, day__gt=day - REMEMBERED)
        .annotate(
            head=Case(
                When(account__in=by_id, then=F("account")), default=F("account__score__counts_with")
            )
        )
        .values_list("head", "day")
        .distinct()
        .order_by("day")
    )
    days: dict[int, list[dt.date]] = defaultdict(list)
    for head, ordered in rows:
        days[head].append(ordered)
    return days


def days_words(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": formats.number(count)}
