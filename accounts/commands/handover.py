"""Plan a handover, agree to it, take it step by step, call it off, accept it and take it back."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import (
    AccountStatus,
    AssignmentRole,
    HandoverCause,
    HandoverState,
    Tier,
)
from accounts.commands import handover_news, handover_switch, placing
from accounts.commands.handover_move import close, move, record_step
from accounts.commands.handover_question import install_questions, questions_for
from accounts.models import (
    Account,
    AccountScore,
    CareSettings,
    Handover,
    HandoverItem,
    HandoverMove,
    HandoverPlan,
)
from accounts.queries import handover_lines, handover_words
from accounts.rules import assignment as assignment_rules
from accounts.rules import handover as rules
from accounts.rules.handover import Refusal, Verb
from common.errors import RuleBroken
from people import verbs
from people.models import User, company_day

LONGEST_NOTE = 1000

verbs.register(
    {
        "account.handover_planned": gettext_lazy("Handover to %(name)s planned"),
        "account.handover_agreed": gettext_lazy("A director agreed to the handover to %(name)s"),
        "account.handover_moved": gettext_lazy("The handover to %(name)s went a step further"),
        "account.handover_accepted": gettext_lazy("%(name)s accepted the account and signed"),
        "account.handover_undone": gettext_lazy("The handover to %(name)s was taken back"),
        "account.handover_cancelled": gettext_lazy("The handover to %(name)s was called off"),
        "account.handover_resumed": gettext_lazy("The handover to %(name)s goes on"),
    }
)


class Incomplete(RuleBroken):
    """Something is missing; `missing` says what, each with its place."""

    def __init__(self, missing: list[handover_words.Missing]):
        super().__init__(" ".join(one.sentence for one in missing))
        self.missing = missing


def locked(handover_id: int, *, actor: User) -> Handover:
    """The handover and its account, locked; Handover.DoesNotExist when it is not the actor's."""
    found = Handover.objects.visible_to(actor).get(pk=handover_id)
    account = Account.objects.select_for_update(no_key=True).get(pk=found.account_id)
    rows = Handover.objects.select_for_update(of=("self",))
    handover = rows.select_related("from_user", "to_user", "made_by").get(pk=handover_id)
    handover.account = account
    return handover


def parts(handover: Handover, user: User) -> frozenset[rules.Part]:
    return rules.parts_of(
        user.pk, is_director=user.is_director, giver=handover.from_user_id,
        taker=handover.to_user_id, proposer=handover.made_by_id,
    )  # fmt: skip


def check(verb: Verb, handover: Handover, actor: User) -> None:
    refusal = rules.refusal(verb, state=handover.state, parts=parts(handover, actor))
    if refusal:
        needed = handover_words.who_words(verb, handover)
        raise RuleBroken(handover_words.refusal_words(refusal, handover, needed=needed))


@transaction.atomic
def plan_handover(
    *,
    actor: User,
    account_id: int,
    to_user: User,
    cause: str,
    planned_for: dt.date,
    joint_meetings: int | None = None,
    plan: HandoverPlan | None = None,
    position: int = 0,
    note: str = "",
    former_stays: bool = True,
) -> Handover:
    """Begin to hand the account over. A manager proposes their own account; a director agrees.

    The new manager reads it from now on, standing in beside the present one: past the gate.
    """
    account = (
        Account.objects.editable_by(actor)
        .select_for_update(of=("self",), no_key=True)
        .get(pk=account_id)
    )
    today = company_day()
    owner = account.assignments.owners().today().select_related("user").first()
    giver = owner and owner.user
    _check_plan(account, actor=actor, giver=giver, taker=to_user, cause=cause, day=planned_for)
    settings = CareSettings.current()
    joint = settings.joint_meetings if joint_meetings is None else joint_meetings
    if not 0 <= joint <= rules.MOST_JOINT:
        raise RuleBroken(_("Choose between no joint meeting and ten."))
    tier = AccountScore.objects.filter(account=account).values_list("tier", flat=True).first()
    agreed = {"agreed_at": timezone.now(), "agreed_by": actor} if actor.is_director else {}
    handover = Handover.objects.create(
        account=account, from_user=giver, to_user=to_user, cause=cause, planned_for=planned_for,
        tier=tier or Tier.N, joint_meetings=joint, plan=plan, position=position,
        note=note.strip()[: LONGEST_NOTE], made_by=actor, former_stays=former_stays, **agreed,
    )  # fmt: skip
    HandoverMove.objects.create(handover=handover, to_state=HandoverState.PLANNED, by=actor)
    _ask_questions(handover)
    _let_read(handover, actor=actor, today=today)
    record_step("planned", handover, actor, day=planned_for.isoformat(), giver=giver and str(giver))
    handover_news.tell_planned(handover, actor=actor)
    return handover


def _check_plan(
    account: Account, *, actor: User, giver: User | None, taker: User, cause: str, day: dt.date
) -> None:
    if not (actor.is_director or (giver is not None and giver.pk == actor.pk)):
        raise RuleBroken(_("Only its manager or a director hands an account over."))
    if account.status in (AccountStatus.CLOSED, AccountStatus.MERGED):
        raise RuleBroken(_("A closed account is not handed over."))
    if cause not in HandoverCause.values:
        raise RuleBroken(_("Choose one of the values offered."))
    if giver is not None and giver.pk == taker.pk:
        raise RuleBroken(_("Choose somebody else: they have the account already."))
    role = AssignmentRole.OWNER
    if not taker.is_active or not assignment_rules.may_hold(role, roles=taker.roles):
        raise RuleBroken(_("%(name)s does not have the role for this.") % {"name": taker})
    if day < company_day():
        raise RuleBroken(_("Choose today or a later day."))
    running = Handover.objects.filter(account=account, state__in=rules.BEFORE).first()
    if running:
        words = _("A handover of this account to %(name)s is under way; call it off first.")
        raise RuleBroken(words % {"name": running.to_user})


def _ask_questions(handover: Handover) -> None:
    """The list of its tier as it stands today; a company without any gets the starting set."""
    install_questions(only_if_none=True)
    HandoverItem.objects.bulk_create(
        HandoverItem(
            handover=handover, kind=question.kind, question=question, position=place,
            title=question.name[:400],
        )
        for place, question in enumerate(questions_for(handover.tier))
    )  # fmt: skip


def _let_read(handover: Handover, *, actor: User, today: dt.date) -> None:
    """The new manager stands in from now on, unless they answer for the account already."""
    account, taker = handover.account, handover.to_user
    mine = account.assignments.on(today).filter(user=taker, role=AssignmentRole.DEPUTY)
    if taker.is_director or mine.exists():
        return
    row, _undo = placing.place(
        account, user=taker, role=AssignmentRole.DEPUTY, start=today, actor=actor,
        reason=_("handover"),
    )  # fmt: skip
    handover.switched = {"reading": row.pk}
    handover.save(update_fields=["switched"])


@transaction.atomic
def agree_handover(*, actor: User, handover_id: int) -> Handover:
    """A director agrees to what a manager proposed. Agreed twice it stays as it is."""
    handover = locked(handover_id, actor=actor)
    check(Verb.AGREE, handover, actor)
    if handover.agreed_at is None:
        handover.agreed_at, handover.agreed_by = timezone.now(), actor
        handover.version += 1
        handover.save(update_fields=["agreed_at", "agreed_by", "version"])
        record_step("agreed", handover, actor)
        handover_news.tell(handover, "agreed", actor=actor)
    return handover


@transaction.atomic
def move_on(*, actor: User, handover_id: int, state: str) -> Handover:
    """The next step of the road before acceptance. Incomplete says what is missing for it."""
    handover = locked(handover_id, actor=actor)
    if state not in (HandoverState.CAPTURED, HandoverState.INTRODUCED, HandoverState.JOINT):
        raise RuleBroken(_("Choose one of the values offered."))
    if handover.state == state:
        return handover
    check(Verb(state), handover, actor)
    lines = handover_lines.lines_of(handover)
    missing = handover_words.missing_before(lines, state)
    if missing:
        raise Incomplete(missing)
    move(handover, state, actor=actor, note=_waived_note(lines))
    record_step("moved", handover, actor, state=str(state))
    handover_news.tell(handover, str(state), actor=actor)
    return handover


def _waived_note(lines: handover_lines.Lines) -> str:
    """What was let go so far, for the record of the step."""
    items = [line.item for line in (*lines.told, *lines.people) if line.is_waived]
    items += [item for item in (lines.nobody, lines.joint_item) if item]
    return "; ".join(item.waived_why for item in items)


@transaction.atomic
def cancel_handover(*, actor: User, handover_id: int, reason: str) -> Handover:
    """Called off before acceptance: the new manager's reading right ends with it."""
    handover = locked(handover_id, actor=actor)
    check(Verb.CANCEL, handover, actor)
    if not reason.strip():
        raise RuleBroken(_("Say why the handover is called off."))
    handover_switch.end_reading(handover, day=company_day())
    close(handover, HandoverState.CANCELLED, actor=actor, why=reason)
    handover_news.tell(handover, "cancelled", actor=actor)
    return handover


@transaction.atomic
def accept_handover(*, actor: User, handover_id: int, signature: str) -> Handover:
    """The new manager signs by their name: from this moment the account is theirs.

    Incomplete says what is missing; the gate is asked once more.
    """
    handover = locked(handover_id, actor=actor)
    check(Verb.ACCEPT, handover, actor)
    lines = handover_lines.lines_of(handover)
    missing = handover_words.missing_before(lines, HandoverState.WATCH)
    if missing:
        raise Incomplete(missing)
    refusal = rules.signature_refusal(name=str(actor), typed=signature)
    if refusal:
        raise RuleBroken(handover_words.refusal_words(refusal, handover))
    today = company_day()
    handover.watch_until = today + dt.timedelta(days=CareSettings.current().watch_days)
    move(handover, HandoverState.WATCH, actor=actor, note=_waived_note(lines))
    handover_switch.hand_over(handover, lines, actor=actor, today=today)
    handover.accepted_at, handover.accepted_on = timezone.now(), today
    handover.signature = " ".join(signature.split())[:120]
    handover.baseline = handover_switch.strengths(handover.account, lines, today)
    fields = ["accepted_at", "accepted_on", "signature", "watch_until", "baseline", "switched"]
    handover.save(update_fields=fields)
    record_step("accepted", handover, actor, signature=handover.signature, day=today.isoformat())
    handover_news.tell(handover, "accepted", actor=actor)
    return handover


@transaction.atomic
def undo_handover(*, actor: User, handover_id: int, reason: str = "") -> Handover:
    """As if it had not been: owners, deputies, promises and tasks as before the acceptance; the
    new manager's right to read goes too. Within CareSettings.undo_days, by a director."""
    handover = locked(handover_id, actor=actor)
    check(Verb.UNDO, handover, actor)
    settings, today = CareSettings.current(), company_day()
    late = rules.undo_refusal(
        accepted_on=handover.accepted_on, today=today, undo_days=settings.undo_days
    )
    if late == Refusal.TOO_LATE:
        raise RuleBroken(handover_words.too_late_words(handover, settings))
    handover_switch.hand_back(handover, actor=actor, today=today)
    close(handover, HandoverState.UNDONE, actor=actor, why=reason)
    handover_news.tell(handover, "undone", actor=actor)
    return handover
