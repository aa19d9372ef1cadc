"""Soft commitments, ours to them and theirs to us: make, edit, settle, open again."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import PromiseState
from accounts.commands.touchpoint_parts import contacts_of
from accounts.models import Account, Promise, Touchpoint
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User

verbs.register(
    {
        "promise.made": gettext_lazy("Promise written down"),
        "promise.edited": gettext_lazy("Promise changed"),
        "promise.kept": gettext_lazy("Promise kept"),
        "promise.broken": gettext_lazy("Promise broken"),
        "promise.released": gettext_lazy("Promise no longer wanted"),
        "promise.reopened": gettext_lazy("Promise opened again"),
    }
)

FIELDS = ("is_ours", "text", "due", "made_on", "heard_by", "colleague", "contact_id")
LENGTHS = {"text": 400, "heard_by": 200, "note": 400}


class Conflict(RuleBroken):
    """Somebody saved first; `promise` is what stands now."""

    def __init__(self, promise: Promise):
        super().__init__(_("Somebody else has changed this promise since you opened it."))
        self.promise = promise


@transaction.atomic
def make_promise(
    *,
    actor: User,
    account_id: int,
    text: str,
    is_ours: bool = True,
    due: dt.date | None = None,
    contact_id: int | None = None,
    colleague: User | None = None,
    heard_by: str = "",
    made_on: dt.date | None = None,
    touchpoint: Touchpoint | None = None,
) -> Promise:
    """`is_ours`: we promised it to them. `colleague` (the actor) is who of ours promised or heard.

    DoesNotExist of Account, Contact or Touchpoint for what is not there.
    """
    account = Account.objects.editable_by(actor).get(pk=account_id)
    if touchpoint is not None and touchpoint.account_id != account.pk:
        raise Touchpoint.DoesNotExist
    today = timezone.localdate()
    values = _checked(
        {
            "text": text, "is_ours": is_ours, "due": due, "contact_id": contact_id,
            "colleague": colleague or actor, "heard_by": heard_by, "made_on": made_on or today,
        },
        account.pk,
    )  # fmt: skip
    promise = Promise.objects.create(account=account, touchpoint=touchpoint, author=actor, **values)
    record(actor=actor, verb="promise.made", target=promise, text=promise.text)
    return promise


def _checked(values: dict, account_id: int, *, already: int | None = None) -> dict:
    found = dict(values)
    for name in ("text", "heard_by"):
        if name in found:
            found[name] = _short(found[name], LENGTHS[name])
    if "text" in found and not found["text"]:
        raise RuleBroken(_("Write what was promised."))
    if found.get("contact_id") is not None:
        found["contact_id"] = contacts_of(account_id, [found["contact_id"]])[0]
    ours = found.get("colleague")
    if ours is not None and not ours.is_active and ours.pk != already:
        raise User.DoesNotExist
    made, due = found.get("made_on"), found.get("due")
    if made and made > timezone.localdate():
        raise RuleBroken(_("A promise was made today or before."))
    if made and due and due < made:
        raise RuleBroken(_("A promise cannot be due before it was made."))
    return found


def _short(text: str, most: int) -> str:
    text = text.replace("\x00", "").strip()
    if len(text) > most:
        raise RuleBroken(_("A text is too long: at most %(n)s characters.") % {"n": most})
    return text


def _locked(promise_id: int, *, actor: User) -> Promise:
    rows = Promise.objects.editable_by(actor).select_for_update(of=("self",))
    return rows.select_related(None).get(pk=promise_id)


@transaction.atomic
def edit_promise(*, actor: User, promise_id: int, version: int, **fields) -> Promise:
    """Change what was promised. Raises Conflict when `version` is not the current one."""
    promise = _locked(promise_id, actor=actor)
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a promise that people fill in: {sorted(unknown)}")
    values = {name: getattr(promise, name) for name in ("made_on", "due")} | fields
    values = _checked(values, promise.account_id, already=promise.colleague_id)
    changed = {name: new for name, new in values.items() if getattr(promise, name) != new}
    if not changed:
        return promise
    if promise.version != version:
        raise Conflict(promise)
    changes = {
        name: [_plain(getattr(promise, name)), _plain(new)]
        for name, new in changed.items()
        if name != "contact_id"
    }
    if "contact_id" in changed:
        before = promise.contact
        promise.contact_id = changed["contact_id"]
        changes["contact"] = [_plain(before), _plain(promise.contact)]
    for name, new in changed.items():
        setattr(promise, name, new)
    promise.version += 1
    promise.save(update_fields=[*(name.removesuffix("_id") for name in changed), "version"])
    record(actor=actor, verb="promise.edited", target=promise, changes=changes)
    return promise


def _plain(value: object) -> str | bool | None:
    return value if value is None or isinstance(value, bool) else str(value)


@transaction.atomic
def settle_promise(
    *, actor: User, promise_id: int, state: str, note: str = "", on: dt.date | None = None
) -> Promise:
    """It was kept, broken, or is no longer wanted (released). The same again changes nothing."""
    promise = _locked(promise_id, actor=actor)
    if state not in (PromiseState.KEPT, PromiseState.BROKEN, PromiseState.RELEASED):
        raise RuleBroken(_("Choose one of the values offered."))
    if promise.state == state:
        return promise
    if promise.state != PromiseState.OPEN:
        raise RuleBroken(_("This promise has ended already; open it again first."))
    day = on or timezone.localdate()
    if not promise.made_on <= day <= timezone.localdate():
        raise RuleBroken(_("A promise ends between the day it was made and today."))
    promise.state, promise.note = state, _short(note, LENGTHS["note"])
    promise.settled_on = day
    promise.version += 1
    promise.save(update_fields=["state", "note", "settled_on", "version"])
    record(actor=actor, verb=f"promise.{state}", target=promise, text=promise.text)
    return promise


@transaction.atomic
def reopen_promise(*, actor: User, promise_id: int) -> Promise:
    """It is open after all: undo of settling. The note of how it ended goes with the end."""
    promise = _locked(promise_id, actor=actor)
    if promise.state == PromiseState.OPEN:
        return promise
    was = [promise.state, PromiseState.OPEN]
    promise.state, promise.settled_on, promise.note = PromiseState.OPEN, None, ""
    promise.version += 1
    promise.save(update_fields=["state", "settled_on", "note", "version"])
    record(actor=actor, verb="promise.reopened", target=promise, changes={"state": was})
    return promise


def give_back(promise: Promise, colleague: User, *, actor: User) -> None:
    """It is `colleague`'s again, who may have left since; for callers that hold it locked."""
    changes = {"colleague": [str(promise.colleague), str(colleague)]}
    promise.colleague = colleague
    promise.version += 1
    promise.save(update_fields=["colleague", "version"])
    record(actor=actor, verb="promise.edited", target=promise, changes=changes)
