"""Where a handover stands, line by line: what was told, passed on, who was introduced, and what is
missing. Introductions and joint meetings are found on the timeline, nobody enters them twice."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from accounts.choices import HandoverChoice, HandoverItemKind, PromiseState, TaskState
from accounts.models import (
    Contact,
    Handover,
    HandoverItem,
    Position,
    Promise,
    Task,
    Touchpoint,
)
from accounts.queries.facts import facts_of
from accounts.rules import handover as rules
from accounts.rules.handover import Gap
from people.choices import Role
from people.models import Membership, User, company_day, company_midnight, company_zone

WHOLE = "whole"
TOLD = (HandoverItemKind.QUESTION, HandoverItemKind.CHECK, HandoverItemKind.LETTER)


@dataclass(frozen=True, slots=True)
class Told:
    """A question or a check. A question is done when it is answered, a check when it is ticked."""

    item: HandoverItem

    @property
    def name(self) -> str:
        return self.item.question.name if self.item.question else self.item.title

    @property
    def is_question(self) -> bool:
        return self.item.kind == HandoverItemKind.QUESTION

    @property
    def is_waived(self) -> bool:
        return self.item.waived_at is not None

    @property
    def is_done(self) -> bool:
        return self.is_waived or self.item.done_at is not None

    @property
    def is_seen(self) -> bool:
        return self.item.seen_at is not None


@dataclass(frozen=True, slots=True)
class Passed:
    """A promise or a task, and what becomes of it; without an item nobody has said yet."""

    row: Promise | Task
    item: HandoverItem | None
    is_open: bool

    @property
    def choice(self) -> str:
        return self.item.choice if self.item else ""

    @property
    def is_done(self) -> bool:
        """Settled counts while it stays so: opened again it is to be gone through again."""
        if not self.is_open:
            return True
        if self.choice == HandoverChoice.TO:
            return self.item.taker is not None and self.item.taker.is_active
        return self.choice == HandoverChoice.ON

    @property
    def is_seen(self) -> bool:
        return not self.is_open or (self.item is not None and self.item.seen_at is not None)


@dataclass(frozen=True, slots=True)
class Introduced:
    """Somebody of power: the touchpoint that introduced them, else what comes nearest to it."""

    contact: Contact
    power: int
    touchpoint: Touchpoint | None
    item: HandoverItem | None
    alone: Touchpoint | None = None
    planned: Touchpoint | None = None

    @property
    def is_waived(self) -> bool:
        return self.item is not None and self.item.waived_at is not None

    @property
    def is_done(self) -> bool:
        return self.touchpoint is not None or self.is_waived


@dataclass(frozen=True)
class Lines:
    """All of a handover; nothing here asks the database again."""

    handover: Handover
    told: tuple[Told, ...]
    promises: tuple[Passed, ...]
    tasks: tuple[Passed, ...]
    people: tuple[Introduced, ...]
    unknown: tuple[Contact, ...]  # on the map without a word on their power
    nobody: HandoverItem | None  # waived: nobody of power is known
    joint: tuple[Touchpoint, ...]
    joint_item: HandoverItem | None
    others: tuple[User, ...]  # who of ours counts beside the new manager

    @property
    def questions(self) -> list[Told]:
        return [line for line in self.told if line.is_question]

    @property
    def checks(self) -> list[Told]:
        return [line for line in self.told if not line.is_question]

    @property
    def joint_needed(self) -> int:
        return 0 if self.joint_item else self.handover.joint_meetings

    @cached_property
    def missing(self) -> dict[Gap, int]:
        """How many of each are missing; those of which none is are left out."""
        unseen = [line for line in (*self.told, *self.promises, *self.tasks) if not line.is_seen]
        found = {
            Gap.QUESTION: sum(not line.is_done for line in self.questions),
            Gap.CHECK: sum(not line.is_done for line in self.checks),
            Gap.PROMISE: sum(not line.is_done for line in self.promises),
            Gap.TASK: sum(not line.is_done for line in self.tasks),
            Gap.AGREEMENT: int(self.handover.agreed_at is None),
            Gap.POWER: int(not self.people and self.nobody is None),
            Gap.PERSON: sum(not line.is_done for line in self.people),
            Gap.JOINT: max(0, self.joint_needed - len(self.joint)),
            Gap.UNSEEN: len(unseen),
        }
        return {gap: number for gap, number in found.items() if number}


def start_of(handover: Handover) -> dt.date:
    """The day from which introductions count."""
    return handover.made_at.astimezone(company_zone()).date()


def is_over(handover: Handover) -> bool:
    """Accepted, called off or taken back: its lines stay as they were then."""
    return handover.state not in rules.BEFORE


def second_managers(handover: Handover) -> list[User]:
    """Who of ours must have been there beside the new manager: the former one; when they are gone
    any director, or who leads the new manager's team."""
    giver = handover.from_user
    if giver is not None and giver.is_active:
        return [giver]
    teams = Membership.objects.on(company_day()).filter(user=handover.to_user_id).values("team")
    near = Q(role_grants__role=Role.DIRECTOR) | Q(teams_led__in=teams)
    found = User.objects.active().filter(near).exclude(pk=handover.to_user_id).distinct()
    return list(found.order_by("name", "pk"))


def lines_of(handover: Handover) -> Lines:
    """The caller got `handover` through visible_to. The number of queries does not grow with it."""
    rows = handover.items.select_related("question", "contact", "done_by", "taker", "waived_by")
    items = list(rows.order_by("position", "pk"))
    others = second_managers(handover)
    met = _met(handover)
    introduced, unknown = _people(handover, items, met, {user.pk for user in others})
    used = {line.touchpoint.pk for line in introduced if line.touchpoint}
    both = [row for row in met if _both(row, handover, {user.pk for user in others})]
    return Lines(
        handover=handover,
        told=tuple(Told(item) for item in items if item.kind in TOLD),
        promises=_promises(handover, items),
        tasks=_tasks(handover, items),
        people=introduced,
        unknown=unknown,
        nobody=_waived(items, HandoverItemKind.PERSON),
        joint=tuple(
            row for row in both if row.channel in rules.FACE_TO_FACE and row.pk not in used
        ),
        joint_item=_waived(items, HandoverItemKind.JOINT),
        others=tuple(others),
    )


def _waived(items: list[HandoverItem], kind: str) -> HandoverItem | None:
    """What a director waived as a whole, of nobody in particular."""
    whole = (item for item in items if item.kind == kind and item.title == WHOLE)
    return next((item for item in whole if item.waived_at), None)


def _promises(handover: Handover, items: list[HandoverItem]) -> tuple[Passed, ...]:
    known = {item.promise_id: item for item in items if item.promise_id}
    rows = Promise.objects.filter(account=handover.account_id)
    told = Q(pk__in=known)
    rows = rows.filter(told if is_over(handover) else told | Q(state=PromiseState.OPEN))
    rows = rows.select_related("contact", "colleague").order_by("due", "pk")
    return tuple(_passed(handover, row, known.get(row.pk), PromiseState.OPEN) for row in rows)


def _passed(handover: Handover, row: Promise | Task, item: HandoverItem | None, state) -> Passed:
    """Once it is over, what was said of it then; what became of it since stands elsewhere."""
    if is_over(handover):
        return Passed(row, item, item is not None and item.choice != HandoverChoice.SETTLED)
    return Passed(row, item, row.state == state)


def _tasks(handover: Handover, items: list[HandoverItem]) -> tuple[Passed, ...]:
    """Open ones of the former manager and of people who are gone; others keep theirs."""
    known = {item.task_id: item for item in items if item.task_id}
    loose = Q(owner=handover.from_user_id) | Q(owner__is_active=False)
    rows = Task.objects.filter(account=handover.account_id)
    told = Q(pk__in=known)
    rows = rows.filter(told if is_over(handover) else told | (Q(state=TaskState.OPEN) & loose))
    rows = rows.select_related("owner", "contact").order_by("due", "pk")
    return tuple(_passed(handover, row, known.get(row.pk), TaskState.OPEN) for row in rows)


def _met(handover: Handover) -> list[Touchpoint]:
    """What both sides spoke at since the handover began, and what is planned; oldest first."""
    since = company_midnight(start_of(handover))
    every = Touchpoint.objects.filter(account=handover.account_id, at__gte=since)
    if until := handover.accepted_at or handover.ended_at:
        every = every.filter(at__lte=until)
    rows = every.meaningful() | every.planned()
    return list(rows.order_by("at", "pk").prefetch_related("presences", "attendances"))


def _both(row: Touchpoint, handover: Handover, others: set[int]) -> bool:
    present = {there.colleague_id for there in row.attendances.all()}
    taker = handover.to_user_id
    return row.state == "done" and rules.is_introduced(present=present, taker=taker, others=others)


def _people(
    handover: Handover, items: list[HandoverItem], met: list[Touchpoint], others: set[int]
) -> tuple[tuple[Introduced, ...], tuple[Contact, ...]]:
    """Those of power and how they were introduced; and those of whose power nobody has said."""
    known = {item.contact_id: item for item in items
             if item.kind == HandoverItemKind.PERSON and item.contact_id}  # fmt: skip
    facts = facts_of(handover.account)
    places = Position.objects.filter(account=handover.account_id).on(company_day())
    ids = places.exclude(contact__name="").values("contact")
    found, unknown = [], []
    for contact in Contact.objects.filter(pk__in=ids).present():
        power = facts.get(contact.pk, {}).get("power")
        if power is None or not power.value.isdigit():
            unknown.append(contact)
        elif int(power.value) >= rules.POWER:
            with_them = [row for row in met if _has(row, contact.pk)]
            found.append(
                _introduced(contact, int(power.value), known.get(contact.pk), with_them,
                            handover, others)
            )  # fmt: skip
    if is_over(handover):  # whoever rose since was nobody's to introduce
        found, unknown = [line for line in found if line.is_done], []
    return tuple(sorted(found, key=lambda line: (-line.power, line.contact.name))), tuple(unknown)


def _has(row: Touchpoint, contact_id: int) -> bool:
    return any(there.contact_id == contact_id for there in row.presences.all())


def _introduced(contact, power, item, met, handover, others) -> Introduced:
    first = next((row for row in met if _both(row, handover, others)), None)
    planned = next((row for row in met if row.state == "planned"), None)
    held = [row for row in met if row.state == "done"]
    return Introduced(
        contact, power, first, item, alone=None if first or not held else held[-1],
        planned=None if first else planned,
    )  # fmt: skip
