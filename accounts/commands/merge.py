"""Two rows for one customer become one, and can become two again.

The ledger stays where it is and a pointer is set (docs/decisions/0010); people, touchpoints and the
work on them follow to the survivor (docs/decisions/0014). What moves is written down in Merge.moved
so that undo puts everything back.
"""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import AccountStatus, CoverState
from accounts.commands import placing
from accounts.commands.account import locked, mark_dirty, renew_search_text
from accounts.commands.moving import Follower, move, move_back
from accounts.commands.ties import rebuild_ties
from accounts.models import (
    Account,
    Cadence,
    ContactNote,
    Control,
    Cover,
    CriterionMark,
    CustomerLetter,
    Division,
    DossierEntry,
    File,
    Handover,
    Line,
    MapPlace,
    Merge,
    Observation,
    Pin,
    Position,
    Promise,
    Task,
    Touchpoint,
)
from accounts.queries.kin import ancestor_ids
from common.errors import RuleBroken
from people.commands import record
from people.models import User, company_day

CHOSEN = ("name", "segment", "territory", "country", "city", "currency", "website", "about")
STATE = ("status", "merged_into_id", "parent_id", "owner_id", "closed_on")
# Work in the field: all of it follows. An open task that both have for one cause loses the cause.
FOLLOWERS = (
    Follower(Division, "account"),
    Follower(Position, "account"),
    Follower(ContactNote, "account"),
    Follower(Touchpoint, "account"),
    Follower(File, "account"),
    Follower(Observation, "account"),
    Follower(DossierEntry, "account"),
    Follower(Line, "account"),
    Follower(MapPlace, "account"),
    Follower(Promise, "account"),
    Follower(Task, "account", frees="cause"),
    Follower(Cadence, "account"),
    Follower(CustomerLetter, "account"),
)


@transaction.atomic
def merge_accounts(
    *, actor: User, survivor_id: int, absorbed_id: int, take: Mapping[str, str] | None = None
) -> Merge:
    """Merge `absorbed` into `survivor`; `take` names the fields whose absorbed value is kept."""
    if not actor.is_director:
        raise RuleBroken(_("Only directors merge accounts."))
    if survivor_id == absorbed_id:
        raise RuleBroken(_("Choose two different accounts."))
    kin = _kin(absorbed_id)
    pair = _lock({survivor_id, absorbed_id, *kin}, actor=actor)
    survivor, absorbed = pair[survivor_id], pair[absorbed_id]
    if not _kin(absorbed_id) <= kin:
        raise RuleBroken(_("Somebody else is changing these accounts; try once more."))
    if AccountStatus.MERGED in (survivor.status, absorbed.status):
        raise RuleBroken(_("One of them has been merged already."))
    if _is_in_care(absorbed):
        raise RuleBroken(
            _("Somebody hands “%(name)s” over, stands in or has it under control: end that first.")
            % {"name": absorbed}
        )
    moved = {"state": _state(absorbed), "fields": _take_fields(survivor, absorbed, take or {})}
    moved |= _move_kin(survivor, absorbed)
    moved |= _move_marks(survivor, absorbed)
    moved |= _move_assignments(survivor, absorbed, actor=actor)
    moved["field"] = move(FOLLOWERS, old=absorbed.pk, new=survivor.pk)
    absorbed.status = AccountStatus.MERGED
    absorbed.merged_into = survivor
    absorbed.parent = absorbed.owner = None
    absorbed.version += 1
    absorbed.save(update_fields=["status", "merged_into", "parent", "owner", "version"])
    renew_search_text(survivor)
    _renew_ties(survivor, absorbed)
    mark_dirty(survivor.pk, absorbed.pk, survivor.parent_id, moved["state"]["parent_id"])
    merge = Merge.objects.create(survivor=survivor, absorbed=absorbed, moved=moved, by=actor)
    record(
        actor=actor, verb="account.merged", target=survivor, merge=merge.pk,
        absorbed=absorbed.pk, name=absorbed.name, changes=_readable(moved["fields"]),
    )  # fmt: skip
    record(
        actor=actor, verb="account.absorbed", target=absorbed, survivor=survivor.pk, merge=merge.pk
    )
    return merge


def _kin(absorbed_id: int) -> set[int]:
    """The accounts besides the two that a merge writes to: children, and those merged before."""
    rows = Account.objects.filter(Q(parent=absorbed_id) | Q(merged_into=absorbed_id))
    return set(rows.values_list("pk", flat=True))


def _is_in_care(account: Account) -> bool:
    """Something of the kind runs that belongs to this account alone; what is over stays with it."""
    running = (CoverState.PROPOSED, CoverState.AGREED)
    return (
        Control.objects.filter(account=account, ended_at=None).exists()
        or Handover.objects.live().filter(account=account).exists()
        or Cover.objects.filter(account=account, state__in=running).exists()
    )


def _lock(ids: set[int], *, actor: User) -> dict[int, Account]:
    return {pk: locked(pk, actor=actor) for pk in sorted(ids)}


def _renew_ties(*accounts: Account) -> None:
    for account in accounts:
        rebuild_ties(account.pk)


def _state(account: Account) -> dict:
    values = {name: getattr(account, name) for name in STATE}
    return values | {"closed_on": account.closed_on and account.closed_on.isoformat()}


def _readable(fields: Mapping) -> dict:
    """Changes of plain fields for the record; keys of other rows say nothing to a person."""
    return {name: pair for name, pair in fields.items() if not name.endswith("_id")}


def _take_fields(survivor: Account, absorbed: Account, take: Mapping[str, str]) -> dict:
    """Chosen values of the absorbed account, as {attribute: [before, after]}."""
    fields = {}
    for name in CHOSEN:
        if take.get(name) != "absorbed":
            continue
        attribute = Account._meta.get_field(name).attname
        before, after = getattr(survivor, attribute), getattr(absorbed, attribute)
        if before != after:
            fields[attribute] = [before, after]
            setattr(survivor, attribute, after)
    survivor.version += 1
    survivor.save(update_fields=[*(name.removesuffix("_id") for name in fields), "version"])
    return fields


def _move_kin(survivor: Account, absorbed: Account) -> dict:
    """Children and earlier merges follow; a survivor that lay below the absorbed one moves up."""
    freed = None
    if absorbed.pk in ancestor_ids(survivor.pk):
        freed = survivor.parent_id
        survivor.parent_id = absorbed.parent_id
        survivor.save(update_fields=["parent"])
    children = list(absorbed.children.exclude(pk=survivor.pk).values_list("pk", flat=True))
    repointed = list(absorbed.merged.values_list("pk", flat=True))
    Account.objects.filter(pk__in=children).update(parent=survivor)
    Account.objects.filter(pk__in=repointed).update(merged_into=survivor)
    return {"children": children, "repointed": repointed, "survivor_parent": freed}


def _move_marks(survivor: Account, absorbed: Account) -> dict:
    """Tags, pins and criteria marks; of the newest marks of both the later one counts."""
    tags = set(absorbed.tags.values_list("pk", flat=True))
    tags -= set(survivor.tags.values_list("pk", flat=True))
    survivor.tags.add(*tags)
    pins = list(absorbed.pins.values_list("pk", flat=True))
    marks = list(absorbed.marks.values_list("pk", flat=True))
    Pin.objects.filter(pk__in=pins).update(account=survivor)
    CriterionMark.objects.filter(pk__in=marks).update(account=survivor)
    return {"tags": sorted(tags), "pins": pins, "marks": marks}


def _move_assignments(survivor: Account, absorbed: Account, *, actor: User) -> dict:
    """Those that run or are planned end on the absorbed account; helpers go on with the survivor.

    The survivor keeps its owner; without one it takes over the absorbed account's.
    """
    today = company_day()
    owned = survivor.assignments.owners().exclude(valid_to__lte=today).exists()
    there = set(survivor.assignments.on(today).values_list("user", "role"))
    ended, removed, made = [], [], []
    for row in absorbed.assignments.exclude(valid_to__lte=today):
        takes_over = not owned if row.role == "owner" else (row.user_id, row.role) not in there
        if row.valid_from >= today:
            removed.append(placing.kept(row))
        else:
            ended.append([row.pk, row.valid_to and row.valid_to.isoformat()])
        start, to = max(today, row.valid_from), row.valid_to
        placing.shorten(row, day=today)
        if takes_over:
            copy, _undo = placing.place(
                survivor, user=row.user, role=row.role, start=start, to=to,
                actor=actor, reason=row.reason, function=row.function,
            )  # fmt: skip
            made.append(copy.pk)
    placing.copy_owner(survivor)
    return {"ended": ended, "removed": removed, "made": made}


@transaction.atomic
def undo_merge(*, actor: User, merge_id: int) -> Merge:
    """Make two accounts of one again. A field somebody has changed since keeps the newer value."""
    if not actor.is_director:
        raise RuleBroken(_("Only directors undo a merge."))
    merge = Merge.objects.select_for_update().get(pk=merge_id)
    kin = {*merge.moved["children"], *merge.moved["repointed"]}
    pair = _lock({merge.survivor_id, merge.absorbed_id, *kin}, actor=actor)
    survivor, absorbed = pair[merge.survivor_id], pair[merge.absorbed_id]
    if merge.undone_at is not None:
        raise RuleBroken(_("This merge has been undone already."))
    if absorbed.merged_into_id != survivor.pk:
        raise RuleBroken(_("Undo the later merge first."))
    _restore_fields(survivor, merge.moved["fields"])
    _restore_kin(survivor, absorbed, merge.moved)
    _restore_marks(survivor, absorbed, merge.moved)
    _restore_assignments(survivor, absorbed, merge.moved)
    move_back(FOLLOWERS, merge.moved.get("field", {}), old=absorbed.pk, new=survivor.pk)
    for name, value in merge.moved["state"].items():
        setattr(absorbed, name, value)
    absorbed.version += 1
    absorbed.save(update_fields=["version", *(name.removesuffix("_id") for name in STATE)])
    placing.copy_owner(absorbed)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    renew_search_text(survivor)
    renew_search_text(absorbed)
    _renew_ties(survivor, absorbed)
    mark_dirty(survivor.pk, absorbed.pk, survivor.parent_id, absorbed.parent_id)
    for account in (survivor, absorbed):
        record(actor=actor, verb="account.merge_undone", target=account, merge=merge.pk)
    return merge


def _restore_fields(survivor: Account, fields: Mapping) -> None:
    back = {name: pair[0] for name, pair in fields.items() if getattr(survivor, name) == pair[1]}
    for name, value in back.items():
        setattr(survivor, name, value)
    survivor.version += 1
    survivor.save(update_fields=["version", *(name.removesuffix("_id") for name in back)])


def _restore_kin(survivor: Account, absorbed: Account, moved: Mapping) -> None:
    Account.objects.filter(pk__in=moved["children"], parent=survivor).update(parent=absorbed)
    repointed = Account.objects.filter(pk__in=moved["repointed"], merged_into=survivor)
    repointed.update(merged_into=absorbed)
    if moved["survivor_parent"] is not None:
        survivor.parent_id = moved["survivor_parent"]
        survivor.save(update_fields=["parent"])


def _restore_marks(survivor: Account, absorbed: Account, moved: Mapping) -> None:
    survivor.tags.remove(*moved["tags"])
    Pin.objects.filter(pk__in=moved["pins"]).update(account=absorbed)
    CriterionMark.objects.filter(pk__in=moved["marks"]).update(account=absorbed)


def _restore_assignments(survivor: Account, absorbed: Account, moved: Mapping) -> None:
    made = {"account": survivor.pk, "made": moved["made"]}
    placing.take_back(survivor, made)
    ended = {"account": absorbed.pk, "ended": moved["ended"], "dropped": moved["removed"]}
    placing.take_back(absorbed, ended)
