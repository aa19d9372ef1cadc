"""Which customers are silent for unusually long, by the days the night keeps for each."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account, AccountScore
from accounts.queries.silence import Silence, silence_of
from common import formats

LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class SilentAccount:
    account: Account
    silence: Silence

    @property
    def revenue(self) -> Decimal:
        return self.account.score.revenue

    @property
    def sentence(self) -> str:
        """Silent for 61 days, with its name."""
        return ngettext(
            "%(account)s has not ordered for %(count)s day.",
            "%(account)s has not ordered for %(count)s days.",
            self.silence.days,
        ) % {"account": self.account.name, "count": self.silence.days}

    @property
    def evidence(self) -> str:
        """What is usual, and how rare such a silence is for a customer that stays."""
        usual = ngettext(
            "It usually orders every %(count)s day; the last order came on %(day)s.",
            "It usually orders every %(count)s days; the last order came on %(day)s.",
            self.silence.usual or 0,
        ) % {
            "count": self.silence.usual,
            "day": formats.day(self.silence.last_order, "short"),
        }
        if self.silence.is_alarm:
            chance = _("A customer like this who stays is silent this long 1 time in 20.")
        else:
            chance = _("A customer like this who stays is silent this long 1 time in 10.")
        return f"{formats.ended(usual)} {chance}"


def silent_accounts(accounts: QuerySet[Account], day: dt.date) -> list[SilentAccount]:
    """The LOOKED_AT largest of `accounts` whose silence is unusual by `day`; one query."""
    waiting = (
        accounts.filter(score__counts_with=None, score__amber_day__lte=day)
        .filter(score__revenue__gt=0)
        .select_related("score", "owner")
        .order_by("-score__revenue")[:LOOKED_AT]
    )
    return [SilentAccount(account, silence_of(account.score, day)) for account in waiting]


def silent_among(accounts: Iterable[Account], day: dt.date) -> list[SilentAccount]:
    """The same of accounts that are read already with their scores; no query."""
    waiting = [account for account in accounts if _is_waiting(getattr(account, "score", None), day)]
    waiting.sort(key=lambda account: -account.score.revenue)
    return [SilentAccount(a, silence_of(a.score, day)) for a in waiting[:LOOKED_AT]]


def _is_waiting(score: AccountScore | None, day: dt.date) -> bool:
    if score is None or score.counts_with_id or score.amber_day is None:
        return False
    return score.revenue > 0 and score.amber_day <= day


def days_words(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": formats.number(count)}
