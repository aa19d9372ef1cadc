"""The lines of a handover: the former manager tells, passes on and settles, a director waives, the
new manager acknowledges. What changes after it was acknowledged is to be acknowledged again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import HandoverChoice, HandoverItemKind, PromiseState, TaskState
from accounts.commands import promise as promises
from accounts.commands import task as tasks
from accounts.commands.handover import check, locked
from accounts.models import Contact, Handover, HandoverItem, Promise, Task
from accounts.queries.handover_lines import TOLD, WHOLE
from accounts.queries.tasks import possible_owners
from accounts.rules.handover import Verb
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User

LONGEST = {"answer": 4000, "why": 400}
WHOLE_KINDS = (HandoverItemKind.PERSON, HandoverItemKind.JOINT)

verbs.register(
    {
        "account.handover_waived": gettext_lazy("Not needed for the handover: %(what)s"),
        "account.handover_wanted": gettext_lazy("Needed for the handover after all: %(what)s"),
    }
)


class Conflict(RuleBroken):
    """Somebody saved first; `item` is what stands now."""

    def __init__(self, item: HandoverItem):
        super().__init__(_("Somebody else has written here since you opened it."))
        self.item = item


def _told(handover: Handover, item_id: int) -> HandoverItem:
    return _item(handover.items.filter(kind__in=TOLD), item_id)


def _item(rows, item_id: int) -> HandoverItem:
    return rows.select_for_update(of=("self",)).get(pk=item_id)


def _save(item: HandoverItem, *fields: str) -> HandoverItem:
    item.version += 1
    item.save(update_fields=[*fields, "version"])
    return item


def _said(item: HandoverItem, actor: User, *, is_done: bool = True) -> None:
    item.done_at, item.done_by = (timezone.now(), actor) if is_done else (None, None)
    item.seen_at = None


@transaction.atomic
def answer_question(
    *, actor: User, handover_id: int, item_id: int, answer: str, version: int
) -> HandoverItem:
    """What is in no system, in the former manager's words. Conflict when `version` is not the
    current one; an emptied answer is none."""
    handover = locked(handover_id, actor=actor)
    check(Verb.TELL, handover, actor)
    item = _told(handover, item_id)
    text = _short(answer, "answer")
    if text == item.answer:
        return item
    if item.version != version:
        raise Conflict(item)
    item.answer = text
    _said(item, actor, is_done=bool(text))
    item.waived_at, item.waived_by, item.waived_why = None, None, ""
    fields = ("answer", "done_at", "done_by", "seen_at", "waived_at", "waived_by", "waived_why")
    return _save(item, *fields)


@transaction.atomic
def tick_check(*, actor: User, handover_id: int, item_id: int, done: bool = True) -> HandoverItem:
    handover = locked(handover_id, actor=actor)
    check(Verb.TELL, handover, actor)
    item = _told(handover, item_id)
    if item.kind == HandoverItemKind.QUESTION:
        raise RuleBroken(_("A question is answered in words, or waived with a reason."))
    if done == (item.done_at is not None):
        return item
    _said(item, actor, is_done=done)
    return _save(item, "done_at", "done_by", "seen_at")


@transaction.atomic
def waive_told(*, actor: User, handover_id: int, item_id: int, reason: str) -> HandoverItem:
    """A question or check that does not apply here; an empty reason asks it again."""
    handover = locked(handover_id, actor=actor)
    check(Verb.TELL, handover, actor)
    item = _told(handover, item_id)
    return _waive(item, handover, actor, reason)


def _waive(item: HandoverItem, handover: Handover, actor: User, reason: str) -> HandoverItem:
    why = _short(reason, "why")
    item.waived_why = why
    item.waived_at, item.waived_by = (timezone.now(), actor) if why else (None, None)
    item.seen_at = None
    _save(item, "waived_at", "waived_by", "waived_why", "seen_at")
    what = str(_("joint meetings") if item.title == WHOLE else item.contact or item.title)
    record(
        actor=actor, verb=f"account.handover_{'waived' if why else 'wanted'}",
        target=handover.account, handover=handover.pk, what=what, reason=why,
    )  # fmt: skip
    return item


@transaction.atomic
def waive_introduction(
    *, actor: User, handover_id: int, contact_id: int, reason: str
) -> HandoverItem:
    """A director lets somebody of power not be introduced; an empty reason asks for it again."""
    handover = locked(handover_id, actor=actor)
    check(Verb.WAIVE, handover, actor)
    contact = Contact.objects.filter(positions__account=handover.account).distinct()
    contact = contact.get(pk=contact_id)
    item, _made = handover.items.get_or_create(
        kind=HandoverItemKind.PERSON, contact=contact, defaults={"title": contact.name[:400]}
    )
    return _waive(item, handover, actor, reason)


@transaction.atomic
def waive_whole(*, actor: User, handover_id: int, kind: str, reason: str) -> HandoverItem:
    """A director lets the joint meetings be enough as they are ("joint"), or goes on though nobody
    of power is known ("person"); an empty reason asks for it again."""
    handover = locked(handover_id, actor=actor)
    check(Verb.WAIVE, handover, actor)
    if kind not in WHOLE_KINDS:
        raise RuleBroken(_("Choose one of the values offered."))
    item, _made = handover.items.get_or_create(kind=kind, contact=None, title=WHOLE)
    return _waive(item, handover, actor, reason)


@transaction.atomic
def pass_promise(
    *, actor: User, handover_id: int, promise_id: int, taker: User | None = None, note: str = ""
) -> HandoverItem:
    """It stays open: the new manager's from the acceptance on, or (`taker`) somebody else's."""
    handover = locked(handover_id, actor=actor)
    check(Verb.TELL, handover, actor)
    promise = Promise.objects.filter(account=handover.account).get(pk=promise_id)
    if promise.state != PromiseState.OPEN:
        raise RuleBroken(_("This promise has ended already; open it again first."))
    if taker is not None and not taker.is_active:
        raise User.DoesNotExist
    return _pass(handover, actor, taker, note, promise=promise)


@transaction.atomic
def pass_task(
    *, actor: User, handover_id: int, task_id: int, taker: User | None = None, note: str = ""
) -> HandoverItem:
    """It stays open: the new manager's from the acceptance on, or (`taker`) somebody else's."""
    handover = locked(handover_id, actor=actor)
    check(Verb.TELL, handover, actor)
    task = Task.objects.filter(account=handover.account).get(pk=task_id)
    if task.state != TaskState.OPEN:
        raise RuleBroken(_("This task is done already."))
    may = possible_owners(actor, handover.account)
    if taker is not None and not may.filter(pk=taker.pk).exists():
        words = _("%(name)s has nothing to do with this account; put them on its team first.")
        raise RuleBroken(words % {"name": taker})
    return _pass(handover, actor, taker, note, task=task)


def _pass(
    handover: Handover, actor: User, taker: User | None, note: str, **what: Promise | Task
) -> HandoverItem:
    if taker is not None and taker.pk == handover.to_user_id:
        taker = None
    item = _of(handover, **what)
    item.choice = HandoverChoice.TO if taker else HandoverChoice.ON
    item.taker, item.answer = taker, _short(note, "answer")
    _said(item, actor)
    return _save(item, "choice", "taker", "answer", "done_at", "done_by", "seen_at")


def _of(handover: Handover, **what: Promise | Task) -> HandoverItem:
    (kind, row), *_others = what.items()
    title = str(row)[:400]
    return handover.items.get_or_create(kind=kind, **what, defaults={"title": title})[0]


@transaction.atomic
def settle_promise(
    *, actor: User, handover_id: int, promise_id: int, state: str, note: str = ""
) -> HandoverItem:
    """It was kept, broken or is no longer wanted: settled before the account changes hands."""
    handover = locked(handover_id, actor=actor)
    check(Verb.TELL, handover, actor)
    promise = Promise.objects.filter(account=handover.account).get(pk=promise_id)
    promises.settle_promise(actor=actor, promise_id=promise.pk, state=state, note=note)
    return _settled(handover, actor, note, promise=promise)


@transaction.atomic
def settle_task(
    *, actor: User, handover_id: int, task_id: int, drop: bool = False, note: str = ""
) -> HandoverItem:
    """Done, or not to be done any more."""
    handover = locked(handover_id, actor=actor)
    check(Verb.TELL, handover, actor)
    task = Task.objects.filter(account=handover.account).get(pk=task_id)
    settle = tasks.drop_task if drop else tasks.complete_task
    settle(actor=actor, task_id=task.pk, outcome=note)
    return _settled(handover, actor, note, task=task)


def _settled(handover: Handover, actor: User, note: str, **what: Promise | Task) -> HandoverItem:
    item = _of(handover, **what)
    item.choice, item.taker, item.answer = HandoverChoice.SETTLED, None, _short(note, "answer")
    _said(item, actor)
    return _save(item, "choice", "taker", "answer", "done_at", "done_by", "seen_at")


@transaction.atomic
def see_item(
    *, actor: User, handover_id: int, item_id: int, seen: bool = True, version: int | None = None
) -> HandoverItem:
    """The new manager acknowledges a line (or not after all). `version`: that of what they read;
    the line keeps its own, for nothing is said anew by reading it."""
    handover = locked(handover_id, actor=actor)
    check(Verb.SEE, handover, actor)
    item = _item(handover.items.all(), item_id)
    if seen and item.done_at is None and item.waived_at is None:
        raise RuleBroken(_("Nothing has been said on this line yet."))
    if seen and version is not None and item.version != version:
        raise RuleBroken(_("This line has been changed since you opened it: read it once more."))
    if seen != (item.seen_at is not None):
        item.seen_at = timezone.now() if seen else None
        item.save(update_fields=["seen_at"])
    return item


def _short(text: str, what: str) -> str:
    text = text.replace("\x00", "").strip()
    if len(text) > LONGEST[what]:
        raise RuleBroken(_("A text is too long: at most %(n)s characters.") % {"n": LONGEST[what]})
    return text
