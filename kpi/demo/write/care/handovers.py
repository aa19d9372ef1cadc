"""One handover under watch with its plan of more to come, and one in the middle of its road."""

import datetime as dt

from django.db.models import Q, QuerySet

from accounts.choices import (
    AssignmentRole,
    CustomerLetterKind,
    CustomerLetterState,
    HandoverCause,
    HandoverChoice,
    HandoverItemKind,
    HandoverState,
    TaskState,
    Tier,
)
from accounts.commands.customer_letter import draft_letters, drafted, template_of
from accounts.commands.handover_question import install_questions, questions_for
from accounts.commands.pulse import rules as pulse_rules
from accounts.models import (
    AccountScore,
    Assignment,
    CustomerLetter,
    Handover,
    HandoverItem,
    HandoverMove,
    HandoverPlan,
    PlanStep,
    Pulse,
)
from accounts.queries.customer_letter import Occasion
from accounts.queries.handover_lines import lines_of
from accounts.queries.power import powerful_at, strengths_of_power
from common import tokens
from hiring.models import Probation
from kpi.demo import care
from kpi.demo.company import ALPINA, FASTENERS, HANDED, TALLINN, UNOWNED
from kpi.demo.write import World
from kpi.demo.write.past import event_of
from people.models import Event, User

BEGAN = HANDED + 41  # the handover under watch was planned so many days ago
MID, CAPTURED = 18, 9  # the other: planned, its knowledge captured
NEXT = 6  # the plan's second one began
WATCH = 90


def write_handovers(world: World) -> None:
    """Before ties are reckoned: deputies, rows and letters; see `write_watch`."""
    install_questions()
    plan = _plan(world)
    watched = _watched(world, plan)
    second = _begun(world, plan)
    if plan is not None:
        _steps(world, plan, [watched, second])
    _half_way(world)


def write_watch(world: World) -> None:
    """After ties are reckoned: what the watch measures against, the customer's answers."""
    for handover in Handover.objects.filter(state=HandoverState.WATCH).select_related("account"):
        handover.baseline = strengths_of_power(handover.account, handover.accepted_on)
        handover.save(update_fields=["baseline"])
        _ask_customer(world, handover)


def _plan(world: World) -> HandoverPlan | None:
    if world.account(ALPINA) is None:
        return None
    director, taker = world.users["marina_sokolova"], world.users[care.PASSED]
    plan = HandoverPlan.objects.create(
        to_user=taker, starts_on=world.day(HANDED), spacing_days=14, joint_meetings=2,
        note="One after the other: Lukas keeps the dairy before he takes the next.",
        made_by=director, made_at=world.at(BEGAN, 9),
    )  # fmt: skip
    Probation.objects.filter(user=taker).update(handover_plan=plan)
    Event.objects.create(
        **_values(event_of(director, "user.plan_made", taker, plan.made_at, {"plan": plan.pk}))
    )
    return plan


def _values(event: Event) -> dict:
    names = ("actor", "verb", "target_kind", "target_id", "data", "at")
    return {name: getattr(event, name) for name in names}


def _steps(world: World, plan: HandoverPlan, begun: list[Handover | None]) -> None:
    names = (ALPINA, TALLINN, UNOWNED)
    days = (HANDED, -16, -30)
    accounts = [world.account(name) for name in names]
    PlanStep.objects.bulk_create(
        PlanStep(
            plan=plan,
            account=account,
            position=place,
            planned_for=world.day(ago),
            handover=handover,
        )
        for place, (account, ago, handover) in enumerate(
            zip(accounts, days, [*begun, None], strict=True)
        )
        if account is not None
    )


def _make(
    world: World, name: str, *, giver: str, taker: str, cause: str, began: int, planned: int,
    state: str, note: str, plan: HandoverPlan | None = None, position: int = 0,
) -> Handover | None:  # fmt: skip
    account = world.account(name)
    if account is None:
        return None
    director, made_at = world.users["marina_sokolova"], world.at(began, 9)
    tier = AccountScore.objects.filter(account=account).values_list("tier", flat=True).first()
    handover = Handover.objects.create(
        account=account, from_user=world.users[giver], to_user=world.users[taker], cause=cause,
        state=state, tier=tier or Tier.N, planned_for=world.day(planned), joint_meetings=2,
        note=note, plan=plan, position=position, made_by=director, made_at=made_at,
        agreed_by=director, agreed_at=made_at,
    )  # fmt: skip
    HandoverItem.objects.bulk_create(
        HandoverItem(
            handover=handover, kind=row.kind, question=row, position=place, title=row.name[:400]
        )
        for place, row in enumerate(questions_for(handover.tier))
    )
    _move(handover, HandoverState.PLANNED, director, made_at)
    return handover


def _move(handover: Handover, state: str, by: User, at: dt.datetime, before: str = "") -> None:
    """A step of its road, with its entry in the record."""
    HandoverMove.objects.create(handover=handover, from_state=before, to_state=state, by=by, at=at)
    verb = {"planned": "planned", "watch": "accepted"}.get(state, "moved")
    said = {
        "handover": handover.pk, "user": handover.to_user_id, "name": str(handover.to_user),
        "state": str(state), "day": at.date().isoformat(),
    }  # fmt: skip
    event = event_of(by, f"account.handover_{verb}", handover.account, at, said)
    Event.objects.bulk_create([event])


def _reading(world: World, handover: Handover, began: int, until: int | None) -> None:
    """The new manager stood in from the first day on, until the account was theirs."""
    row = Assignment.objects.create(
        account=handover.account, user=handover.to_user, role=AssignmentRole.DEPUTY,
        valid_from=world.day(began), valid_to=None if until is None else world.day(until),
        reason="handover", made_by=handover.made_by, made_at=handover.made_at,
    )  # fmt: skip
    handover.switched = {"reading": row.pk}


# Under watch


def _watched(world: World, plan: HandoverPlan | None) -> Handover | None:
    handover = _make(
        world, ALPINA, giver="anna_lindqvist", taker=care.PASSED, cause=HandoverCause.GRADUATED,
        began=BEGAN, planned=HANDED, state=HandoverState.WATCH, plan=plan,
        note="Anna leads eleven people now and keeps Hansa.",
    )  # fmt: skip
    if handover is None:
        return None
    anna, lukas = handover.from_user, handover.to_user
    _reading(world, handover, BEGAN, HANDED)
    _answer(
        handover, care.ALPINA_ANSWERS, anna, world.at(BEGAN - 6, 15), seen=world.at(HANDED + 2, 11)
    )
    for state, by, ago, before in (
        (HandoverState.CAPTURED, anna, BEGAN - 7, HandoverState.PLANNED),
        (HandoverState.INTRODUCED, lukas, HANDED + 20, HandoverState.CAPTURED),
        (HandoverState.JOINT, lukas, HANDED + 5, HandoverState.INTRODUCED),
        (HandoverState.WATCH, lukas, HANDED, HandoverState.JOINT),
    ):
        _move(handover, state, by, world.at(ago, 15), before)
    handover.accepted_at, handover.accepted_on = world.at(HANDED, 15), world.day(HANDED)
    handover.signature, handover.watch_until = lukas.name, world.day(HANDED - WATCH)
    _switch(world, handover)
    handover.save()
    _letters(world, handover, ago=HANDED + 3, state=CustomerLetterState.SENT)
    return handover


def _answer(
    handover: Handover, answers: dict[str, str], by: User, at: dt.datetime,
    *, seen: dt.datetime | None = None,
) -> None:  # fmt: skip
    """Questions told and checks ticked, as far as `answers` go; with `seen` all of them."""
    for item in handover.items.select_related("question"):
        code = item.question.code
        if code not in answers and seen is None:
            continue
        item.answer = answers.get(code, "")
        item.done_at, item.done_by, item.seen_at = at, by, seen
        item.save()


def _switch(world: World, handover: Handover) -> None:
    """What acceptance changed, as taking it back would need it, and the promise gone through."""
    account, anna = handover.account, handover.from_user
    owner = account.assignments.owners().get(valid_to=None)
    before = account.assignments.owners().filter(valid_to=owner.valid_from).first()
    former = Assignment.objects.create(
        account=account, user=anna, role=AssignmentRole.DEPUTY, valid_from=handover.accepted_on,
        valid_to=handover.watch_until, reason="handover", made_by=handover.to_user,
        made_at=handover.accepted_at,
    )  # fmt: skip
    handover.switched |= {
        "owner": owner.pk, "control": None, "promises": [], "tasks": [],
        "place": {"account": account.pk, "ended": [[before.pk, None]] if before else [],
                  "dropped": [], "made": [owner.pk, former.pk]},
    }  # fmt: skip
    then = account.promises.filter(made_on__lt=handover.accepted_on)
    open_then = Q(settled_on=None) | Q(settled_on__gte=handover.accepted_on)
    for promise in then.filter(open_then).order_by("pk"):
        _pass_on(handover, handover.accepted_at, promise=promise)
        handover.switched["promises"].append(
            [promise.pk, promise.colleague_id, handover.to_user_id]
        )
        promise.colleague = handover.to_user
        promise.save(update_fields=["colleague"])
    for task in account.tasks.filter(state=TaskState.OPEN, owner=anna).order_by("pk"):
        if task.created_at < handover.accepted_at:
            _pass_on(handover, handover.accepted_at, task=task)
            planned = task.planned_on and task.planned_on.isoformat()
            handover.switched["tasks"].append([task.pk, anna.pk, handover.to_user_id, planned])
        task.owner = handover.to_user
        task.save(update_fields=["owner"])


def _pass_on(handover: Handover, seen: dt.datetime | None, **what) -> None:
    ((kind, row),) = what.items()
    HandoverItem.objects.create(
        handover=handover, kind=HandoverItemKind(kind), title=str(row)[:400],
        choice=HandoverChoice.ON, done_by=handover.from_user, seen_at=seen,
        done_at=handover.made_at + dt.timedelta(days=6), **what,
    )  # fmt: skip


def _letters(world: World, handover: Handover, *, ago: int, state: str) -> None:
    """To the three most powerful: sent by the former manager, or drafts that wait to be read."""
    people = [one.contact for one in powerful_at(handover.account)][:3]
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    letters = draft_letters(
        actor=None, account=handover.account, kind=CustomerLetterKind.HANDOVER, people=people,
        handover=handover,
    )  # fmt: skip
    at = world.at(ago, 10)
    QuerySet(Event).filter(pk__gt=last).update(at=at, actor=handover.from_user)
    sent = (
        {"sent_at": at, "sent_by": handover.from_user} if state == CustomerLetterState.SENT else {}
    )
    rows = CustomerLetter.objects.filter(pk__in=[letter.pk for letter in letters])
    rows.update(state=state, written_at=at, written_by=handover.from_user, **sent)


def _ask_customer(world: World, handover: Handover) -> None:
    """Asked on day 30: two answered, the third has not."""
    ago = HANDED - 30
    template = template_of(CustomerLetterKind.PULSE)
    people = [one.contact for one in powerful_at(handover.account)][: pulse_rules.MOST_ASKED]
    for place, contact in enumerate(people):
        seed = f"{world.seed:032x}"[:-2] + f"{place:02x}"
        answered = place < len(care.PULSE_WORDS)
        pulse = Pulse.objects.create(
            handover=handover, contact=contact, day=30, seed=seed, language="en",
            digest=tokens.digest(tokens.derive(pulse_rules.PURPOSE, seed)),
            asked_at=world.at(ago, 7), expires_at=world.at(ago, 7) + pulse_rules.OPEN,
            answered_at=world.at(ago - 1 - place, 9) if answered else None,
            answer=(5, 4)[place] if answered else None,
            comment=care.PULSE_WORDS[place] if answered else "",
        )  # fmt: skip
        letter = drafted(
            handover.account, template, contact, Occasion(handover=handover),
            actor=handover.to_user, pulse=pulse,
        )  # fmt: skip
        Pulse.objects.filter(pk=pulse.pk).update(language=letter.language)
        CustomerLetter.objects.filter(pk=letter.pk).update(
            state=CustomerLetterState.SENT, sent_at=world.at(ago, 7), sent_by=handover.to_user,
            written_at=world.at(ago, 6),
        )  # fmt: skip
        if answered:
            said = {"pulse": pulse.pk, "answer": pulse.answer}
            Event.objects.bulk_create([
                event_of(None, "account.pulse_answered", handover.account, pulse.answered_at, said)
            ])  # fmt: skip


# The others


def _begun(world: World, plan: HandoverPlan | None) -> Handover | None:
    """The plan's second: out of the director's personal control, begun last week."""
    handover = _make(
        world, TALLINN, giver="marina_sokolova", taker=care.PASSED, plan=plan, position=1,
        cause=HandoverCause.GRADUATED, began=NEXT, planned=-16, state=HandoverState.PLANNED,
        note="Out of my personal control once they order again.",
    )  # fmt: skip
    if handover is not None:
        _reading(world, handover, NEXT, None)
        handover.save(update_fields=["switched"])
    return handover


def _half_way(world: World) -> None:
    handover = _make(
        world, FASTENERS, giver="igor_lebedev", taker="oleg_ryabinin", cause=HandoverCause.LOAD,
        began=MID, planned=-12, state=HandoverState.CAPTURED,
        note="У Игоря три ключевых аккаунта и сто тридцать процентов нагрузки.",
    )  # fmt: skip
    if handover is None:
        return
    igor = handover.from_user
    _reading(world, handover, MID, None)
    handover.save(update_fields=["switched"])
    told = world.at(MID - 6, 14)
    _answer(handover, care.FASTENERS_ANSWERS, igor, told)
    rest = handover.items.filter(done_at=None)
    rest.update(done_at=told, done_by=igor)
    questions = rest.model.objects.filter(
        handover=handover, kind=HandoverItemKind.QUESTION, answer=""
    )
    questions.update(answer="Ничего особенного, расскажу при встрече.")
    handover.items.filter(position__lt=6).update(seen_at=world.at(CAPTURED - 3, 9))
    lines = lines_of(handover)
    for line in lines.promises:
        _pass_on(handover, None, promise=line.row)
    for line in lines.tasks:
        _pass_on(handover, None, task=line.row)
    _move(handover, HandoverState.CAPTURED, igor, world.at(CAPTURED, 15), HandoverState.PLANNED)
    _letters(world, handover, ago=CAPTURED - 2, state=CustomerLetterState.DRAFT)
