"""What is known about the people of an account: newest values, their age, what to confirm."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.choices import Fact
from accounts.models import Account, FieldSettings, Observation
from accounts.queries.fact_words import label_of
from accounts.rules import facts as rule
from people.models import User


@dataclass(frozen=True, slots=True)
class FactNow:
    """The newest value of one fact about one person, as of a day.

    `share` is what is left of its shelf life (1 fresh, 0 stale). An empty value is a fact that is
    not known any more.
    """

    contact_id: int
    fact: str
    value: str
    label: str
    day: dt.date
    age_days: int
    shelf_days: int
    is_stale: bool
    share: float
    author: User | None
    confidence: int
    evidence_id: int | None
    observation_id: int
    colleague_id: int | None = None

    @property
    def name(self) -> str:
        """What kind of fact it is, for people."""
        return str(Fact(self.fact).label)


FactsOfPerson = dict[str, FactNow]


def newest(rows: QuerySet[Observation], on: dt.date) -> QuerySet[Observation]:
    """Of each fact of each person (and colleague of ours) the row that holds on a day."""
    return rows.standing().filter(day__lte=on).newest()


def facts_of(
    account: Account,
    on: dt.date | None = None,
    *,
    settings: FieldSettings | None = None,
    with_unknown: bool = False,
) -> dict[int, FactsOfPerson]:
    """Contact id → fact → value of the company as a whole; two queries for all of an account.

    What is not known any more is left out unless `with_unknown`.
    """
    found: dict[int, FactsOfPerson] = {}
    for fact in _facts(account, on, settings, with_unknown):
        if fact.colleague_id is None:
            found.setdefault(fact.contact_id, {})[fact.fact] = fact
    return found


def levels_of(
    account: Account, on: dt.date | None = None, *, settings: FieldSettings | None = None
) -> dict[int, dict[int, FactsOfPerson]]:
    """Contact id → colleague id → "level" and "level_wanted" of those who have their own."""
    found: dict[int, dict[int, FactsOfPerson]] = {}
    for fact in _facts(account, on, settings, with_unknown=False):
        if fact.colleague_id is not None:
            of_person = found.setdefault(fact.contact_id, {})
            of_person.setdefault(fact.colleague_id, {})[fact.fact] = fact
    return found


def _facts(
    account: Account, on: dt.date | None, settings: FieldSettings | None, with_unknown: bool
) -> list[FactNow]:
    day = on or timezone.localdate()
    rows = newest(Observation.objects.filter(account=account), day)
    found = facts_now(rows, day, settings or FieldSettings.current())
    return [fact for fact in found if fact.value or with_unknown]


def facts_now(rows: QuerySet[Observation], on: dt.date, settings: FieldSettings) -> list[FactNow]:
    """Rows as facts of a day, with the shelf life of their account's tier."""
    rows = rows.select_related("author").annotate(tier=F("account__score__tier"))
    return [fact_now(row, row.tier or "N", on, settings.shelf_days) for row in rows]


def fact_now(row: Observation, tier: str, on: dt.date, shelf: rule.Shelf) -> FactNow:
    days = rule.shelf_days(shelf, row.fact, tier)
    age = rule.age_days(row.day, on)
    return FactNow(
        contact_id=row.contact_id,
        fact=row.fact,
        value=row.value,
        label=label_of(row.fact, row.value),
        day=row.day,
        age_days=age,
        shelf_days=days,
        is_stale=rule.is_stale(age, days),
        share=rule.ring_share(age, days),
        author=row.author,
        confidence=row.confidence,
        evidence_id=row.evidence_id,
        observation_id=row.pk,
        colleague_id=row.colleague_id,
    )


def newest_of(
    *, account_id: int, contact_id: int, fact: str, colleague_id: int | None = None
) -> Observation | None:
    """The row that holds today, if any was ever recorded."""
    rows = Observation.objects.filter(
        account=account_id, contact=contact_id, fact=fact, colleague=colleague_id
    )
    return rows.standing().order_by("-day", "-pk").first()


def order_of_facts(facts: Iterable[str]) -> list[str]:
    """In the order of the panel."""
    order = list(Fact.values)
    return sorted(facts, key=order.index)
