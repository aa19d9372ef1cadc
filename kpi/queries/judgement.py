"""What the policy of a day makes of a book: tiers, tiers in force, keys, each with its reason."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from accounts.choices import Basis
from accounts.models import Criterion, CriterionMark, Pin, Policy
from kpi.queries.book import KEY_PINS, TIER_PINS
from kpi.queries.state import State
from kpi.rules import concentration, hysteresis, key, pareto, rhythm, windows
from kpi.rules.pareto import Ranking

CONVENTIONS = "KAMHUB-REF-1"
TIER_VERSION = "/".join(
    (CONVENTIONS, pareto.RULE_VERSION, hysteresis.RULE_VERSION, key.RULE_VERSION)
)
RULE_VERSION = "/".join((TIER_VERSION, rhythm.RULE_VERSION, windows.RULE_VERSION))
DAY_VERSION = "/".join((CONVENTIONS, pareto.RULE_VERSION, concentration.RULE_VERSION))

PARETO, HELD, PIN, PARENT = range(4)
TIER_REASONS = ("pareto", "held", "pin", "parent")


@dataclass(frozen=True)
class Decisions:
    """What people decided, for any day: read once, asked for each day the night computes."""

    policies: tuple[Policy, ...]
    pins: tuple[Pin, ...]
    marks: tuple[CriterionMark, ...]

    def policy_on(self, day: dt.date) -> Policy:
        """The newest policy adopted by that day; before the first one, the first one."""
        adopted = [policy for policy in self.policies if policy.adopted_on <= day]
        return (adopted[-1:] or self.policies[:1] or (Policy(),))[0]

    def pins_on(self, day: dt.date) -> list[Pin]:
        return [
            pin
            for pin in self.pins
            if pin.valid_from <= day and (pin.valid_to is None or day < pin.valid_to)
        ]

    def criteria_scores(self, day: dt.date, policy: Policy) -> dict[int, int]:
        """Account → sum of its newest marks, weighed as the policy says."""
        newest = {
            (mark.account_id, mark.criterion_id): mark for mark in self.marks if mark.day <= day
        }
        scores: dict[int, int] = {}
        for mark in newest.values():
            weight = policy.weight_of(mark.criterion)
            scores[mark.account_id] = scores.get(mark.account_id, 0) + weight * mark.mark
        return scores


def decisions() -> Decisions:
    marks = CriterionMark.objects.filter(criterion__in=Criterion.objects.filter(is_active=True))
    return Decisions(
        policies=tuple(Policy.objects.exclude(adopted_on=None).order_by("adopted_on", "id")),
        pins=tuple(Pin.objects.order_by("valid_from", "id")),
        marks=tuple(marks.select_related("criterion").order_by("day", "id")),
    )


@dataclass(frozen=True)
class Silence:
    """Usual gap in days, and day numbers from which silence is unusual; zero: too early."""

    fit: rhythm.Fit | None
    rhythm: rhythm.Rhythm
    usual_gap: np.ndarray
    amber_day: np.ndarray
    alarm_day: np.ndarray


@dataclass(frozen=True)
class Figures:
    """What sentences about the tiers of some accounts need, column by column: rank, of how many,
    share before it. `common` is the same for all of them."""

    rank: np.ndarray
    before: np.ndarray
    part: np.ndarray
    today: np.ndarray
    common: dict
    total: int

    def told(self, row: int) -> dict:
        return {
            "rank": int(self.rank[row]),
            "before": share(int(self.before[row]), self.total),
            "share": share(int(self.part[row]), self.total),
            "today": str(pareto.LETTERS[self.today[row]]),
            **self.common,
        }


@dataclass(frozen=True)
class Verdict:
    """A book judged. Arrays follow state.ids; money in units, tiers as levels (rules.pareto)."""

    day: dt.date
    state: State
    policy: Policy
    revenue: np.ndarray
    margin: np.ndarray
    basis: np.ndarray
    ranking: Ranking
    tier_of_day: np.ndarray
    tier: np.ndarray
    tier_reason: np.ndarray
    key: np.ndarray
    key_reason: np.ndarray
    silence: "Silence"

    def figures(self, at: np.ndarray) -> Figures:
        """Of the accounts at these positions."""
        head = self.state.head[at]
        return Figures(
            rank=self.ranking.rank[head],
            before=self.ranking.before[head],
            part=np.maximum(0, self.basis[head]),
            today=self.tier_of_day[at],
            common={
                "of": self.ranking.count,
                "cuts": [f"{cut.normalize():f}" for cut in cuts_of(self.policy)],
                "basis": self.policy.basis,
            },
            total=self.ranking.total,
        )


def share(part: int, total: int, digits: int = 4) -> str:
    """A fraction as exact decimal text, rounded half up; of nothing it is zero."""
    scaled = (2 * part * 10**digits + total) // (2 * total) if total else 0
    return f"{Decimal(scaled).scaleb(-digits):f}"


def cuts_of(policy: Policy) -> tuple[Decimal, Decimal]:
    return Decimal(policy.cut_a), Decimal(policy.cut_b)


def judge(state: State, decided: Decisions) -> Verdict:
    """Judge the book as of its day."""
    day = state.day
    policy = decided.policy_on(day)
    revenue, margin = state.revenue(), state.margin()
    by_margin = policy.basis == Basis.MARGIN
    basis = margin if by_margin else revenue
    ranking = pareto.rank_accounts(basis)
    of_day = pareto.tiers(ranking, cuts_of(policy))
    tier = hysteresis.tier_in_force(of_day, *_month_end_tiers(state, policy))
    reason = np.where(tier > of_day, HELD, PARETO).astype(np.int8)
    pinned = _pin_tiers(state, decided.pins_on(day), tier, reason)
    keys = key.key_accounts(
        tier=np.where(state.alone, tier, pareto.N),
        revenue=revenue,
        basis=basis,
        criteria_score=_by_account(state, decided.criteria_scores(day, policy)),
        pin=_pinned_keys(state, decided.pins_on(day)),
        rules=key.KeyRules(
            tier_a=policy.tier_a_is_key,
            cap=policy.cap,
            share_percent=policy.single_share,
            criteria_threshold=policy.criteria_threshold,
        ),
    )
    _follow_the_head(state, of_day, tier, reason, pinned)
    return Verdict(
        day=day,
        state=state,
        policy=policy,
        revenue=revenue,
        margin=margin,
        basis=basis,
        ranking=ranking,
        tier_of_day=of_day,
        tier=tier,
        tier_reason=reason,
        key=keys.key,
        key_reason=keys.reason,
        silence=judge_silence(state),
    )


def judge_silence(state: State) -> Silence:
    """Fit what stands alone; children are held against the same book by their own orders."""
    gaps, logs, squares = (state[name] for name in ("gaps", "log_gaps", "log_gaps_squared"))
    claims = np.where(state.merged, 0, gaps)
    own = np.where(state.alone, claims, 0)
    fit = rhythm.fit(own, logs, squares)
    found = rhythm.rhythms(fit, claims, logs)
    days = [rhythm.alarm_days(found, state["last_order"], z) for z in (rhythm.AMBER, rhythm.RED)]
    return Silence(fit, found, found.usual_days, *days)


def _month_end_tiers(state: State, policy: Policy) -> list[np.ndarray]:
    """Tiers of the remembered month-ends by the policy of today, so that a new one acts at once."""
    remembered = hysteresis.remembered_month_ends(state.day, state.first_day)
    names = ("month_end", "earlier_month_end")[: len(remembered)]
    return [
        pareto.tiers(pareto.rank_accounts(state[f"{name}_{policy.basis}"]), cuts_of(policy))
        for name in names
    ]


def _pin_tiers(state: State, pins: list[Pin], tier: np.ndarray, reason: np.ndarray) -> np.ndarray:
    """Write pinned tiers over computed ones; of two pins the later one counts."""
    pinned = np.zeros(len(tier), dtype=bool)
    known = state.knows(np.array([pin.account_id for pin in pins], dtype=np.int64))
    for pin, is_known in zip(pins, known, strict=True):
        if pin.kind in TIER_PINS and is_known:
            at = state.positions(np.array([pin.account_id]))[0]
            tier[at], reason[at], pinned[at] = TIER_PINS[pin.kind], PIN, True
    return pinned


def _pinned_keys(state: State, pins: list[Pin]) -> np.ndarray:
    return _by_account(
        state, {pin.account_id: KEY_PINS[pin.kind] for pin in pins if pin.kind in KEY_PINS}
    )


def _by_account(state: State, values: dict[int, int]) -> np.ndarray:
    array = np.zeros(len(state.ids), dtype=np.int64)
    accounts = np.array(list(values), dtype=np.int64)
    known = state.knows(accounts)
    array[state.positions(accounts[known])] = np.array(list(values.values()))[known]
    return array


def _follow_the_head(state, of_day, tier, reason, pinned) -> None:
    """An account that counts with another has that one's tier, unless somebody pinned its own."""
    rest = state.members[~pinned[state.members]]
    of_day[state.members] = of_day[state.head[state.members]]
    tier[rest] = tier[state.head[rest]]
    reason[rest] = PARENT
    of_day[state.merged], tier[state.merged] = pareto.N, pareto.N
