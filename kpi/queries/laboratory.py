"""What a policy would change: the same book before and after, with the names that move."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import PolicyState
from accounts.models import Account, Criterion, Policy
from accounts.queries.tier import key_sentence
from common import charts, formats
from kpi.queries.book import CurrentBook, current_book, plain_rules
from kpi.queries.charts import account_url, book_columns, cut_marks
from kpi.queries.overview import Part
from kpi.rules import key, laboratory, pareto
from people.choices import Role
from people.models import User

LISTED = 50
NAMED = 60
MARKED = 60


@dataclass(frozen=True, slots=True)
class Mover:
    """An account that becomes key or stops being it; `why` is the reason after the change."""

    pk: int
    name: str
    url: str
    tier: str
    share: float
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a policy makes of the book."""

    policy: Policy
    parts: list[Part]
    keys: int
    key_share: float
    kams_needed: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A policy tried against another one; `entering` and `leaving` hold at most LISTED names."""

    before: Outcome
    after: Outcome
    kams_had: int
    entering: list[Mover]
    entering_count: int
    leaving: list[Mover]
    leaving_count: int
    chart: dict


def laboratory_book() -> CurrentBook:
    return current_book()


def trial(read: CurrentBook, policy: Policy, against: Policy, *, currency: str) -> Trial:
    """Judge the book by both policies; three queries besides the book itself."""
    after = laboratory.judge(read.book, plain_rules(policy, read.criteria))
    before = laboratory.judge(read.book, plain_rules(against, read.criteria))
    entering = laboratory.entering(before, after)
    leaving = laboratory.leaving(before, after)
    order = after.ranking.order
    wanted = np.concatenate([entering[:LISTED], leaving[:LISTED], order[:NAMED]])
    names = _names(read.book.ids[wanted])
    cuts = cut_marks(policy, _parts(after), against)
    return Trial(
        before=_outcome(against, before),
        after=_outcome(policy, after),
        kams_had=managers(),
        entering=[_mover(read, after, i, names, policy) for i in entering[:LISTED]],
        entering_count=len(entering),
        leaving=[_mover(read, after, i, names, policy) for i in leaving[:LISTED]],
        leaving_count=len(leaving),
        chart=_chart(read, after, entering, leaving, names, cuts, currency),
    )


def managers() -> int:
    """People who may hold key accounts."""
    return User.objects.filter(is_active=True, role_grants__role=Role.KAM).distinct().count()


def policies() -> tuple[list[Policy], list[Policy]]:
    """Drafts, newest first, and those adopted, the one in force first."""
    rows = list(Policy.objects.select_related("made_by", "adopted_by").order_by("-pk"))
    drafts = [row for row in rows if row.state == PolicyState.DRAFT]
    return drafts, [row for row in rows if row.state != PolicyState.DRAFT]


def effects(found: Trial) -> list[str]:
    """What adopting would change, one sentence each."""
    numbers = formats.number
    said = []
    if found.entering_count:
        said.append(
            ngettext(
                "%(number)s account becomes key.",
                "%(number)s accounts become key.",
                found.entering_count,
            )
            % {"number": numbers(found.entering_count)}
        )
    if found.leaving_count:
        said.append(
            ngettext(
                "%(number)s account stops being key.",
                "%(number)s accounts stop being key.",
                found.leaving_count,
            )
            % {"number": numbers(found.leaving_count)}
        )
    if not said:
        said.append(_("No account becomes key and none stops being it."))
    said.append(
        ngettext(
            "%(number)s key account holds %(share)s of revenue.",
            "%(number)s key accounts hold %(share)s of revenue.",
            found.after.keys,
        )
        % {"number": numbers(found.after.keys), "share": formats.percent(found.after.key_share, 1)}
    )
    said.append(
        ngettext(
            "%(number)s manager is needed for them; the company has %(had)s.",
            "%(number)s managers are needed for them; the company has %(had)s.",
            found.after.kams_needed,
        )
        % {"number": numbers(found.after.kams_needed), "had": numbers(found.kams_had)}
    )
    return said


def _names(ids: np.ndarray) -> dict[int, str]:
    chosen = {int(pk) for pk in ids}
    return dict(Account.objects.filter(pk__in=chosen).values_list("pk", "name"))


def _outcome(policy: Policy, verdict: laboratory.Verdict) -> Outcome:
    return Outcome(
        policy=policy,
        parts=_parts(verdict),
        keys=int(verdict.key.sum()),
        key_share=verdict.key_share,
        kams_needed=verdict.kams_needed,
        dropped=verdict.dropped,
    )


def _parts(verdict: laboratory.Verdict) -> list[Part]:
    """Tiers by the cuts of the day, which is what the chart draws."""
    ranking = verdict.ranking
    level = verdict.of_day[ranking.order]
    total = ranking.total or 1
    parts, before = [], 0
    for letter, number in (("A", pareto.A), ("B", pareto.B), ("C", pareto.C)):
        count = int((level == number).sum())
        units = int(ranking.running[before + count - 1]) if before + count else 0
        earlier = int(ranking.running[before - 1]) if before else 0
        parts.append(Part(letter, count, (units - earlier) / total))
        before += count
    return parts


def _mover(
    read: CurrentBook, after: laboratory.Verdict, index: int, names: dict[int, str], policy: Policy
) -> Mover:
    pk = int(read.book.ids[index])
    revenue = read.book.revenue[:, 0]
    positive = int(revenue[revenue > 0].sum()) or 1
    share = max(0, int(revenue[index])) / positive
    return Mover(
        pk=pk,
        name=names.get(pk, ""),
        url=account_url(pk),
        tier=str(pareto.LETTERS[after.tier[index]]),
        share=share,
        why=key_sentence(key.REASONS[after.reason[index]], share, policy),
    )


def _chart(
    read: CurrentBook,
    after: laboratory.Verdict,
    entering: np.ndarray,
    leaving: np.ndarray,
    names: dict[int, str],
    cuts: list[dict],
    currency: str,
) -> dict:
    ranking = after.ranking
    place = np.full(len(read.book), -1, dtype=np.int64)
    place[ranking.order] = np.arange(ranking.count)
    marks = {int(place[i]): "enter" for i in entering if place[i] >= 0}
    marks |= {int(place[i]): "leave" for i in leaving if place[i] >= 0}
    if len(marks) > MARKED:
        marks = {}  # a row of overlapping marks says less than the count beside the chart
    units = np.diff(ranking.running, prepend=0)
    tiers = pareto.LETTERS[after.of_day[ranking.order]]
    columns = book_columns(read.book.ids[ranking.order], units, tiers, names, marks)
    return charts.pareto(columns, cuts=cuts, currency=currency, movable=True)


def rules_side_by_side(left: Policy, right: Policy, criteria: list[Criterion]) -> list[dict]:
    """Each rule in words by both policies, and whether they differ."""
    rows = [
        (_("Measured by"), left.get_basis_display(), right.get_basis_display()),
        (_("Tier A ends at"), _percent(left.cut_a), _percent(right.cut_a)),
        (_("Tier B ends at"), _percent(left.cut_b), _percent(right.cut_b)),
        (_("Tier A is key"), _yes(left.tier_a_is_key), _yes(right.tier_a_is_key)),
        (_("Key by itself from"), _percent(left.single_share), _percent(right.single_share)),
        (_("Criteria, points needed"), _number(left.criteria_threshold),
         _number(right.criteria_threshold)),
        (_("At most"), _number(left.cap), _number(right.cap)),
        (_("Key accounts per manager"), formats.number(left.accounts_per_kam, 1),
         formats.number(right.accounts_per_kam, 1)),
    ]  # fmt: skip
    if left.criteria_threshold or right.criteria_threshold:
        rows += [
            (_("Weight: %(name)s") % {"name": criterion.name},
             formats.number(left.weight_of(criterion)), formats.number(right.weight_of(criterion)))
            for criterion in criteria
            if left.weight_of(criterion) != right.weight_of(criterion)
        ]  # fmt: skip
    return [
        {"label": label, "old": old, "new": new, "same": old == new} for label, old, new in rows
    ]


def _percent(value: Decimal | None) -> str:
    return (
        _("off")
        if value is None
        else formats.percent(Decimal(value) / 100, 0 if value == int(value) else 1)
    )


def _number(value: int | None) -> str:
    return _("off") if value is None else formats.number(value)


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")
