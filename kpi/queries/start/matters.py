"""What the director should decide now: seven sentences at most, money first, then the standing."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import PinKind
from accounts.models import Policy
from accounts.queries.tier import key_sentence
from common import formats
from common.choices import JobState
from common.models import Job
from kpi.queries.runs import title
from kpi.queries.start import places
from kpi.queries.start.moves import Move
from kpi.queries.start.parts import Action, Matter
from kpi.queries.start.told import Row

MOST = 7
KEPT_FREE = 1  # place for what is true every day, and for what has no sum: money outbids neither
MOST_OF_A_KIND = 3
FAILED_LATELY = dt.timedelta(days=7)


def ordered(matters: list[Matter]) -> list[Matter]:
    """Failures, then by money with what is true every day after what is new, then without a sum;
    of one account the first only."""
    ranked = sorted(
        matters,
        key=lambda m: (not m.is_urgent, m.stake is None, m.is_standing, -(m.stake or Decimal(0))),
    )
    told = {matter.about: matter for matter in reversed(ranked) if matter.about}
    found = [m for m in ranked if not m.about or told[m.about] is m]
    standing = [m for m in found if m.is_standing]
    without = [m for m in found if m.stake is None and not m.is_urgent]
    fresh = [m for m in found if m not in standing and m not in without]
    first = fresh[: MOST - min(len(standing), KEPT_FREE) - min(len(without), KEPT_FREE)]
    then = standing[: MOST - len(first) - min(len(without), KEPT_FREE)]
    return [*first, *then, *without[: MOST - len(first) - len(then)]]


def fallen(moves: list[Move], currency: str) -> list[Matter]:
    """Accounts that lost tier A lately."""
    return [
        Matter(
            _("%(account)s is no longer tier A.") % {"account": move.account.name},
            _("Since %(day)s it is tier %(tier)s. %(why)s")
            % {
                "day": formats.day(move.day, "short"),
                "tier": move.letter_new or _("N (no revenue)"),
                "why": move.reason,
            },
            Action(_("Open the account"), places.account(move.account.pk)),
            stake=move.account.score.revenue_before,
            about=move.account.pk,
            stake_words=formats.money_short(move.account.score.revenue_before, currency),
            period=_("12 months before"),
        )
        for move in moves
        if move.has_left_a
    ][:MOST_OF_A_KIND]


def without_owner(count: int, largest: Row | None, currency: str) -> list[Matter]:
    if largest is None:
        return []
    others = count - 1
    if others:
        words = ngettext(
            "%(count)s other account has none either.",
            "%(count)s other accounts have none either.",
            others,
        ) % {"count": formats.number(others)}
    else:
        words = _("All other accounts that buy have one.")
    return [
        Matter(
            _("%(account)s has no owner.") % {"account": largest.name},
            words,
            Action(_("Assign somebody"), places.account(largest.number)),
            **_stake(largest, currency),
        )
    ]


def _stake(row: Row, currency: str) -> dict:
    known = row.revenue is not None
    return {
        "stake": row.revenue,
        "about": row.number,
        "stake_words": formats.money_short(row.revenue, currency) if known else "",
        "period": _("in 12 months"),
    }


def pins_ending(rows: list[Row], currency: str) -> list[Matter]:
    return [
        Matter(
            _("The pin of %(account)s ends on %(day)s.")
            % {"account": row.name, "day": formats.day(row.day, "short")},
            _pin_words(row),
            Action(_("Decide"), places.account(row.number)),
            **_stake(row, currency),
        )
        for row in rows
    ]


def _pin_words(row: Row) -> str:
    reason = _("Pinned for this reason: “%(reason)s”") % {"reason": row.words}
    if row.revenue is None or row.code in (PinKind.KEY, PinKind.NOT_KEY):
        return reason
    return _("Without it the account is tier %(tier)s. %(reason)s") % {
        "tier": row.tier,
        "reason": reason,
    }


def new_keys(rows: list[Row], currency: str) -> list[Matter]:
    return [
        Matter(
            _("%(account)s is a key account since %(day)s.")
            % {"account": row.name, "day": formats.day(row.day, "short")},
            _key_words(row),
            Action(_("See who looks after it"), places.account(row.number)),
            **_stake(row, currency),
        )
        for row in rows
    ]


def _key_words(row: Row) -> str:
    share = row.revenue / row.whole if row.whole else 0
    reason = key_sentence(row.code, share, _policy(row))
    if not row.owner:
        return _("%(reason)s Nobody owns it.") % {"reason": reason}
    return _("%(reason)s Its owner is %(owner)s.") % {"reason": reason, "owner": row.owner}


def _policy(row: Row) -> Policy:
    """The figures of the policy that the night went by: the usual ones before any was adopted."""
    if row.policy is None:
        return Policy()
    return Policy(single_share=row.single_share, criteria_threshold=row.threshold, cap=row.cap)


def failed_work() -> list[Matter]:
    """Work that failed in the last days and has not succeeded since."""
    lately = timezone.now() - FAILED_LATELY
    rows = Job.objects.filter(finished_at__gte=lately).order_by("-finished_at", "-pk")[:200]
    well, failed = set(), []
    for job in rows:
        if job.state == JobState.DONE:
            well.add(job.name)
        elif job.state == JobState.FAILED and job.name not in well:
            well.add(job.name)
            failed.append(job)
    return [
        Matter(
            _("Work in the background failed: %(what)s.") % {"what": title(job)},
            _("%(when)s. What was there before is unchanged.")
            % {"when": formats.moment(job.finished_at)},
            Action(_("See what happened"), places.run(job.pk)),
            is_urgent=True,
        )
        for job in failed[:1]
    ]


def without_rate(waiting: Row | None) -> list[Matter]:
    if waiting is None:
        return []
    return [
        Matter(
            ngettext(
                "%(count)s line in %(currency)s counts nowhere yet, because it has no rate.",
                "%(count)s lines in %(currency)s count nowhere yet, because they have no rate.",
                waiting.number,
            )
            % {"count": formats.number(waiting.number), "currency": waiting.name},
            _("The newest is of %(day)s. They are counted as soon as a rate is entered.")
            % {"day": formats.day(waiting.day, "short")},
            Action(_("Enter a rate"), places.rates()),
        )
    ]
