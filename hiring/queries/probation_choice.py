"""Choosing the accounts of a trial: what is ticked, what is proposed, what is held beside."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from accounts.models import Account, Segment, Territory
from hiring.models import Probation
from hiring.queries.probation_bars import WORDS, bars
from hiring.queries.probation_baseline import newest_ledger_day
from hiring.queries.probation_picker import (
    Choice,
    Picking,
    facts_of,
    matched,
    picking,
    reason_words,
    reasons_of,
)
from hiring.rules import intervals, picker
from people.models import Company, User


@dataclass(frozen=True)
class Ticked:
    """An account that is chosen; `barred` says why it cannot be, "" when it can."""

    choice: Choice
    barred: str


@dataclass(frozen=True)
class Sum:
    """Of what is ticked. `awaited` are orders within the trial; from `enough` on growth tells."""

    accounts: int
    revenue: float
    gap: float
    order_days: int
    awaited: float
    enough: int

    @property
    def tells(self) -> bool:
        return self.awaited >= self.enough


@dataclass(frozen=True)
class Beside:
    """A ticked account and those like it that nobody gives away."""

    account: Account
    controls: tuple[tuple[Account, float, bool], ...]


@dataclass(frozen=True)
class ChoicePage:
    as_of: dt.date | None
    ticked: tuple[Ticked, ...]
    proposed: tuple[Choice, ...]
    picking: Picking
    days: int


def choice_page(
    probation: Probation, reader: User, *, ticked: Collection[int],
    segment: int | None = None, territory: int | None = None,
) -> ChoicePage:  # fmt: skip
    """What is ticked stays on the page whatever the filters say."""
    found = picking(probation, reader, segment=segment, territory=territory)
    ids = set(ticked)
    return ChoicePage(
        as_of=found.as_of,
        ticked=tuple(ticked_of(probation, reader, ids, found.as_of)),
        proposed=tuple(one for one in found.choices if one.account.pk not in ids),
        picking=found, days=trial_days(probation),
    )  # fmt: skip


def trial_days(probation: Probation) -> int:
    return (probation.ends_on - probation.starts_on).days + 1


def ticked_of(
    probation: Probation, reader: User, ids: Collection[int], as_of: dt.date | None
) -> list[Ticked]:
    """In the order of their names; those the reader may not see are left out."""
    if as_of is None or not ids:
        return []
    rows = Account.objects.visible_to(reader).filter(pk__in=ids)
    rows = list(rows.select_related("score", "rhythm", "owner", "segment").order_by("name", "pk"))
    facts = facts_of(rows, as_of)
    why = reasons_of(probation, [row.pk for row in rows], as_of)
    barred = bars([row.pk for row in rows], probation=probation)
    money = Company.current().currency
    return [
        Ticked(
            _choice(row, facts[row.pk], why[row.pk], money),
            str(WORDS[barred[row.pk]]) if row.pk in barred else "",
        )
        for row in rows
    ]


def _choice(
    row: Account, facts: picker.Facts, why: tuple[picker.Reason, ...], money: str
) -> Choice:
    score = getattr(row, "score", None)
    return Choice(
        account=row, owner=row.owner, tier=score.tier if score else "", revenue=facts.revenue,
        revenue_before=facts.revenue_before, order_days=facts.order_days,
        last_spoken_days=facts.silent_days, score=len(why),
        gap=max((reason.gap for reason in why), default=0.0), reasons=why,
        sentences=tuple(reason_words(reason, money) for reason in why),
    )  # fmt: skip


def sum_of(ticked: Collection[Ticked], days: int) -> Sum:
    """The gaps of different accounts add up; within one the largest is taken already."""
    choices = [one.choice for one in ticked]
    orders = sum(one.order_days for one in choices)
    return Sum(
        accounts=len(choices), revenue=sum(one.revenue for one in choices),
        gap=sum(one.gap for one in choices), order_days=orders,
        awaited=orders * days / 365, enough=intervals.ENOUGH,
    )  # fmt: skip


def beside(probation: Probation, reader: User, ids: Collection[int], *, each: int) -> list[Beside]:
    """The nearest accounts like those ticked, as they would be frozen; directors only."""
    as_of = newest_ledger_day(before=probation.starts_on)
    if as_of is None or not ids or not reader.is_director:
        return []
    known = set(Account.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))
    pairs = matched(probation, known, as_of, each=each)
    rows = Account.objects.in_bulk([*known, *(pair.control for pair in pairs)])
    by_given: dict[int, list] = {pk: [] for pk in known}
    for pair in pairs:
        by_given[pair.given].append((rows[pair.control], pair.distance, pair.is_far))
    found = [Beside(rows[pk], tuple(controls)) for pk, controls in by_given.items()]
    return sorted(found, key=lambda one: one.account.name)


def filters() -> dict[str, list[tuple[int, str]]]:
    """Segments and territories by name."""
    return {
        "segments": sorted(((row.pk, str(row)) for row in Segment.objects.all()), key=_name),
        "territories": sorted(((row.pk, str(row)) for row in Territory.objects.all()), key=_name),
    }


def _name(pair: tuple[int, str]) -> str:
    return pair[1].casefold()
