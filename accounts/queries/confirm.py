"""Which facts to ask about: those past their shelf life, and one after a touchpoint."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.choices import Fact
from accounts.models import (
    Account,
    Assignment,
    Contact,
    FieldSettings,
    Observation,
    Position,
    Touchpoint,
)
from accounts.queries.fact_words import ask, behaviour_of, label_of, still
from accounts.queries.facts import FactNow, fact_now, facts_now, newest
from accounts.rules import facts as rule
from accounts.rules.field import TIERS
from people.models import User

ASKED = (Fact.STANCE, Fact.POWER, Fact.ACCESS, Fact.LEVEL, Fact.ORIENTATION)
ASKED_WHEN_MISSING = (Fact.STANCE, Fact.POWER)


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """One tap renews it; `urgency` is power x tier x age in shelf lives."""

    fact: FactNow
    contact: Contact
    account: Account
    urgency: float

    @property
    def sentence(self) -> str:
        is_own = self.fact.colleague_id is not None
        return still(self.fact.fact, self.contact.name, self.fact.value, is_own=is_own)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    behaviour: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Asked after a touchpoint, at most one; without `observation_id` nothing is known yet."""

    contact: Contact
    fact: str
    sentence: str
    options: tuple[Option, ...]
    observation_id: int | None
    touchpoint_id: int
    account_id: int


def options_of(fact: str, current: str = "") -> tuple[Option, ...]:
    """The values of a chosen fact with the behaviour each stands for."""
    return tuple(
        Option(value, label_of(fact, value), behaviour_of(fact, value), value == current)
        for value in rule.values_of(fact)
    )


def to_confirm(
    reader: User, account: Account | None = None, limit: int | None = 50
) -> list[ToConfirm]:
    """Facts past their shelf life about people who are there today, the most urgent first.

    Over all accounts the reader answers for, or one that they may change; three queries.
    """
    return confirm_list(reader, account, limit)[0]


def confirm_list(
    reader: User, account: Account | None = None, limit: int | None = 50,
    settings: FieldSettings | None = None,
) -> tuple[list[ToConfirm], int]:  # fmt: skip
    """The first of them, and how many there are in all."""
    today, settings = timezone.localdate(), settings or FieldSettings.current()
    found = _candidates(reader, account, today, settings)
    ranked = sorted(found, key=lambda item: (-item[1], item[0]))[:limit]
    rows = Observation.objects.select_related("author", "contact", "account")
    by_id = rows.in_bulk([pk for pk, _urgency, _tier in ranked])
    items = [
        ToConfirm(
            fact=fact_now(by_id[pk], tier, today, settings.shelf_days),
            contact=by_id[pk].contact,
            account=by_id[pk].account,
            urgency=urgency,
        )
        for pk, urgency, tier in ranked
    ]
    return items, len(found)


def count_to_confirm(reader: User, account: Account | None = None) -> int:
    """How many facts wait for one tap."""
    today = timezone.localdate()
    return len(_candidates(reader, account, today, FieldSettings.current()))


def _candidates(
    reader: User, account: Account | None, today: dt.date, settings: FieldSettings
) -> list[tuple[int, float, str]]:
    """Observation id, urgency, tier."""
    rows = Observation.objects.editable_by(reader)
    if account is not None:
        rows = rows.filter(account=account)
    elif reader.is_director:  # may change all of them, and is asked about their own
        mine = Assignment.objects.today().answering().filter(user=reader)
        rows = rows.filter(account__in=mine.values("account"))
    rows = _last_words(_stale(rows, today, settings.shelf_days), today)
    rows = rows.exclude(value="").filter(Q(colleague=None) | Q(colleague=reader))
    rows = _of_people_there(rows, today).annotate(power=_power(today))
    values = rows.order_by().values_list("pk", "fact", "day", "account__score__tier", "power")
    found = []
    for pk, fact, day, tier, power in values:
        days = rule.shelf_days(settings.shelf_days, fact, tier or "N")
        age = rule.age_days(day, today)
        found.append((pk, rule.urgency(power or "", tier or "N", age, days), tier or "N"))
    return found


def _stale(rows: QuerySet[Observation], today: dt.date, shelf: rule.Shelf) -> QuerySet[Observation]:
    cuts = Q()
    for fact in Fact.values:
        for tier in TIERS:
            day = rule.cut_day(rule.shelf_days(shelf, fact, tier), today)
            of_tier = Q(account__score__tier=tier)
            if tier == "N":
                of_tier |= Q(account__score=None)
            cuts |= of_tier & Q(fact=fact, day__lt=day)
    return rows.filter(cuts)


def _last_words(rows: QuerySet[Observation], today: dt.date) -> QuerySet[Observation]:
    """Rows that stand and that nothing newer has replaced."""
    later = Q(day__gt=OuterRef("day")) | Q(day=OuterRef("day"), pk__gt=OuterRef("pk"))
    newer = Observation.objects.standing().annotate(whose=Coalesce("colleague_id", 0))
    newer = newer.filter(
        later,
        account=OuterRef("account"),
        contact=OuterRef("contact"),
        fact=OuterRef("fact"),
        whose=Coalesce(OuterRef("colleague_id"), 0),
        day__lte=today,
    )
    return rows.standing().filter(~Exists(newer))


def _of_people_there(rows: QuerySet[Observation], today: dt.date) -> QuerySet[Observation]:
    places = Position.objects.on(today)
    places = places.filter(account=OuterRef("account"), contact=OuterRef("contact"))
    return rows.filter(Exists(places), contact__merged_into=None)


def _power(today: dt.date) -> Subquery:
    rows = Observation.objects.standing().filter(
        account=OuterRef("account"), contact=OuterRef("contact"), fact=Fact.POWER, day__lte=today
    )
    return Subquery(rows.order_by("-day", "-pk").values("value")[:1])


def question_after(touchpoint: Touchpoint, reader: User) -> Question | None:
    """The most overdue fact about somebody who took part; else one that was never recorded.

    None when everything is fresh, when one was answered already, or when the reader may not write
    at the account.
    """
    open_to = Touchpoint.objects.editable_by(reader).filter(pk=touchpoint.pk, observations=None)
    if not open_to.exists():
        return None
    people = Contact.objects.present().known().filter(presences__touchpoint=touchpoint)
    by_id = {contact.pk: contact for contact in people.order_by("presences__position")}
    today = timezone.localdate()
    rows = Observation.objects.filter(
        account=touchpoint.account_id, contact__in=by_id, colleague=None, fact__in=ASKED
    )
    facts = facts_now(newest(rows, today), today, FieldSettings.current())
    tier = _tier_of(touchpoint.account_id)
    powers = {fact.contact_id: fact.value for fact in facts if fact.fact == Fact.POWER}
    stale = [fact for fact in facts if fact.value and fact.is_stale]
    if stale:
        worst = max(
            stale,
            key=lambda fact: rule.urgency(
                powers.get(fact.contact_id, ""), tier, fact.age_days, fact.shelf_days
            ),
        )
        return _question(touchpoint, by_id[worst.contact_id], worst.fact, worst)
    known = {(fact.contact_id, fact.fact) for fact in facts}
    missing = ((pk, fact) for fact in ASKED_WHEN_MISSING for pk in by_id)
    for pk, fact in missing:
        if (pk, fact) not in known:
            return _question(touchpoint, by_id[pk], fact, None)
    return None


def _tier_of(account_id: int) -> str:
    tiers = Account.objects.filter(pk=account_id).annotate(tier=F("score__tier"))
    return tiers.values_list("tier", flat=True).first() or "N"


def _question(touchpoint: Touchpoint, contact: Contact, fact: str, now: FactNow | None) -> Question:
    current = now.value if now else ""
    return Question(
        contact=contact,
        fact=fact,
        sentence=still(fact, contact.name, current) if now else ask(fact, contact.name),
        options=options_of(fact, current),
        observation_id=now.observation_id if now else None,
        touchpoint_id=touchpoint.pk,
        account_id=touchpoint.account_id,
    )
