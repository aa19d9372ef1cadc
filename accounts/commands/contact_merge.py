"""Two records of one person become one, and can become two again.

Everything said of the absorbed record follows to the survivor (docs/decisions/0014); what moved is
written down in ContactMerge.moved so that undo puts everything back.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands.contact import locked, renew_search_text
from accounts.commands.moving import Follower, move, move_back
from accounts.commands.ties import rebuild_ties
from accounts.models import (
    Cadence,
    Contact,
    ContactMerge,
    ContactNote,
    CustomerLetter,
    HandoverItem,
    Line,
    MapPlace,
    Observation,
    Position,
    Promise,
    Pulse,
    Reach,
    Task,
    TouchpointContact,
)
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User

CHOSEN = ("name", "other_name", "honorific", "languages", "photo")
FILLED = ("title", "organisation", "division_id", "role_id")
FOLLOWERS = (
    Follower(Position, "contact"),
    Follower(Reach, "contact"),
    Follower(ContactNote, "contact"),
    Follower(TouchpointContact, "contact"),
    Follower(Observation, "contact"),
    Follower(Line, "start"),
    Follower(Line, "end"),
    Follower(MapPlace, "contact"),
    Follower(Promise, "contact"),
    Follower(Task, "contact"),
    Follower(Cadence, "contact"),
    Follower(CustomerLetter, "contact"),
    Follower(HandoverItem, "contact"),
    Follower(Pulse, "contact"),
    Follower(Contact, "merged_into"),
)
# Ties are reckoned anew from the touchpoints; the table of merges is its own history, a night's
# figures stay as they were reckoned that night, and an import takes back what it added where it
# added it.
RECKONED = {"accounts.tie.contact"}
KEPT = {
    "accounts.contactmerge.survivor", "accounts.contactmerge.absorbed",
    "accounts.contactday.contact", "accounts.contactfill.contact",
}  # fmt: skip

verbs.register(
    {
        "contact.merged": gettext_lazy("Another record of this person was merged into this one"),
        "contact.absorbed": gettext_lazy("Merged into another record of this person"),
        "contact.merge_undone": gettext_lazy("The merge was undone"),
    }
)


@transaction.atomic
def merge_contacts(
    *, actor: User, survivor_id: int, absorbed_id: int, take: Mapping[str, str] | None = None
) -> ContactMerge:
    """Merge `absorbed` into `survivor`; `take` names the fields whose absorbed value is kept.

    Contact.DoesNotExist unless both are the actor's to keep.
    """
    survivor, absorbed = _pair(actor, survivor_id, absorbed_id)
    accounts = _accounts(survivor, absorbed)
    moved = {
        "fields": _take_fields(survivor, absorbed, take or {}),
        "places": _fill_places(survivor, absorbed),
        "reaches": _same_reaches(survivor, absorbed),
    }
    moved |= move(FOLLOWERS, old=absorbed.pk, new=survivor.pk)
    absorbed.merged_into = survivor
    absorbed.version += 1
    absorbed.save(update_fields=["merged_into", "version"])
    _settle(survivor, accounts)
    merge = ContactMerge.objects.create(survivor=survivor, absorbed=absorbed, moved=moved, by=actor)
    record(actor=actor, verb="contact.merged", target=survivor, merge=merge.pk)
    record(actor=actor, verb="contact.absorbed", target=absorbed, merge=merge.pk)
    return merge


def _pair(actor: User, survivor_id: int, absorbed_id: int) -> tuple[Contact, Contact]:
    if not actor.sells:
        raise RuleBroken(_("Only directors and managers merge people."))
    if survivor_id == absorbed_id:
        raise RuleBroken(_("Choose two different people."))
    found = {pk: locked(pk, actor=actor) for pk in sorted((survivor_id, absorbed_id))}
    return found[survivor_id], found[absorbed_id]


def _accounts(*contacts: Contact) -> set[int]:
    """Where ties are to be reckoned anew."""
    rows = Position.objects.filter(contact__in=contacts).values_list("account", flat=True)
    met = TouchpointContact.objects.filter(contact__in=contacts)
    return {*rows, *met.values_list("touchpoint__account", flat=True)}


def _take_fields(survivor: Contact, absorbed: Contact, take: Mapping[str, str]) -> dict:
    """Chosen values of the absorbed record, as {field: [before, after]}."""
    fields = {}
    for name in CHOSEN:
        before, after = _plain(survivor, name), _plain(absorbed, name)
        if take.get(name) == "absorbed" and before != after:
            fields[name] = [before, after]
            setattr(survivor, name, after)
    survivor.version += 1
    survivor.save(update_fields=[*fields, "version"])
    return fields


def _plain(contact: Contact, name: str):
    value = getattr(contact, name)
    return value.name or "" if name == "photo" else value


def _fill_places(survivor: Contact, absorbed: Contact) -> dict:
    """Both hold a place at one account: the survivor's, which stays, learns what it did not know.

    {position: {field: [before, after]}}.
    """
    filled: dict = {}
    theirs = {row.account_id: row for row in absorbed.positions.filter(valid_to=None)}
    for row in survivor.positions.filter(valid_to=None, account__in=theirs):
        other = theirs[row.account_id]
        gaps = [name for name in FILLED if not getattr(row, name) and getattr(other, name)]
        changed = {name: [getattr(row, name), getattr(other, name)] for name in gaps}
        if other.valid_from < row.valid_from:
            changed["valid_from"] = [row.valid_from.isoformat(), other.valid_from.isoformat()]
        if changed:
            filled[str(row.pk)] = changed
            values = {name: pair[1] for name, pair in changed.items()}
            Position.objects.filter(pk=row.pk).update(**values)
    return filled


def _same_reaches(survivor: Contact, absorbed: Contact) -> list[dict]:
    """Numbers both have are kept once; those of the absorbed record, as undo makes them again."""
    known = set(survivor.reaches.values_list("kind", "normal"))
    doubles = [row for row in absorbed.reaches.all() if (row.kind, row.normal) in known]
    fields = ("id", "kind", "value", "normal", "label", "position")
    kept = [{name: getattr(row, name) for name in fields} for row in doubles]
    Reach.objects.filter(pk__in=[row.pk for row in doubles]).delete()
    return kept


def _settle(survivor: Contact, accounts: set[int]) -> None:
    renew_search_text(survivor)
    for account in sorted(accounts):
        rebuild_ties(account)


@transaction.atomic
def undo_contact_merge(*, actor: User, merge_id: int) -> ContactMerge:
    """Make two records of one again. What somebody has changed since keeps the newer value."""
    merge = ContactMerge.objects.select_for_update().select_related("absorbed").get(pk=merge_id)
    if not actor.sells:
        raise RuleBroken(_("Only directors and managers merge people."))
    survivor = locked(merge.survivor_id, actor=actor)
    absorbed = Contact.objects.select_for_update(of=("self",)).get(pk=merge.absorbed_id)
    if merge.undone_at is not None:
        raise RuleBroken(_("This merge has been undone already."))
    if absorbed.merged_into_id != survivor.pk:
        raise RuleBroken(_("Undo the later merge first."))
    accounts = _accounts(survivor)
    _restore_fields(survivor, merge.moved["fields"])
    _restore_places(merge.moved["places"])
    move_back(FOLLOWERS, merge.moved, old=absorbed.pk, new=survivor.pk)
    for row in merge.moved["reaches"]:
        Reach.objects.create(contact=absorbed, **row)
    absorbed.merged_into = None
    absorbed.version += 1
    absorbed.save(update_fields=["merged_into", "version"])
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    _settle(survivor, accounts)
    renew_search_text(absorbed)
    for contact in (survivor, absorbed):
        record(actor=actor, verb="contact.merge_undone", target=contact, merge=merge.pk)
    return merge


def _restore_fields(survivor: Contact, fields: Mapping) -> None:
    back = {name: pair[0] for name, pair in fields.items() if _plain(survivor, name) == pair[1]}
    for name, value in back.items():
        setattr(survivor, name, value)
    survivor.version += 1
    survivor.save(update_fields=[*back, "version"])


def _restore_places(places: Mapping) -> None:
    for pk, changed in places.items():
        for name, (before, after) in changed.items():
            Position.objects.filter(pk=pk, **{name: after}).update(**{name: before})
