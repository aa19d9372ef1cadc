"""Create, edit, close and tag accounts, and give them numbers and a logo."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import AccountStatus, AssignmentRole
from accounts.commands import placing
from accounts.models import Account, DirtyAccount, ExternalId, Source, Tag
from accounts.queries.kin import ancestor_ids
from accounts.rules import search
from accounts.rules.card import DIRECTOR_FIELDS, FIELDS, KIN_FIELDS
from common.errors import RuleBroken
from common.images import drop_picture, keep_picture
from people.commands import record
from people.models import User, company_day

STATUSES_BY_HAND = {AccountStatus.PROSPECT, AccountStatus.ACTIVE}
LOGO_SIDE = 256


class Conflict(RuleBroken):
    """Somebody saved first; `account` is what stands now."""

    def __init__(self, account: Account):
        super().__init__(_("Somebody else has changed this account since you opened it."))
        self.account = account


def locked(account_id: int, *, actor: User) -> Account:
    """The account, locked for change by `actor`; Account.DoesNotExist when it is not theirs.

    Several are locked in the order of their numbers, before rows that belong to them; `no_key`
    lets rows that only name an account be written meanwhile. So no two wait for each other.
    """
    return (
        Account.objects.editable_by(actor)
        .select_for_update(of=("self",), no_key=True)
        .get(pk=account_id)
    )


def mark_dirty(*account_ids: int | None) -> None:
    """Let the night compute these accounts from scratch."""
    DirtyAccount.objects.touch(sorted({pk for pk in account_ids if pk is not None}))


def search_text_of(name: str, city: str, *numbers: str) -> str:
    """What renew_search_text writes, for rows that are made in bulk."""
    return search.search_text(name, city, *numbers)


def renew_search_text(account: Account) -> None:
    """Fold the name, city and numbers (also of merged accounts) anew; call after changing any."""
    numbers = ExternalId.objects.filter(account=account).values_list("value", flat=True)
    merged = account.merged.values_list("name", "external_ids__value")
    absorbed = [text for pair in merged for text in pair if text]
    text = search.search_text(account.name, account.city, *numbers, *absorbed)
    Account.objects.filter(pk=account.pk).update(search_text=text)
    account.search_text = text


@transaction.atomic
def create_account(
    *, actor: User, name: str, owner: User | None = None, tags: Iterable[str] = (), **fields
) -> Account:
    """A new account made by hand. A manager becomes its owner; a director may name one."""
    if not (actor.is_director or actor.is_kam):
        raise RuleBroken(_("Only directors and managers create accounts."))
    _check_fields(fields, actor=actor)
    account = Account.objects.create(name=name.strip(), **fields)
    owner = owner if actor.is_director else actor
    if owner is not None:
        _first_owner(account, owner=owner, actor=actor)
    account.tags.set(_tags(tags, actor=actor))
    renew_search_text(account)
    mark_dirty(account.pk)
    record(actor=actor, verb="account.created", target=account, name=account.name)
    return account


def _first_owner(account: Account, *, owner: User, actor: User) -> None:
    if not (owner.is_kam or owner.is_director):
        raise RuleBroken(_("An account is owned by a manager or a director."))
    placing.place(account, user=owner, role=AssignmentRole.OWNER, start=company_day(), actor=actor)


def _check_fields(fields: Mapping, *, actor: User) -> None:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of an account that people fill in: {sorted(unknown)}")
    if KIN_FIELDS & set(fields) and not actor.is_director:
        raise RuleBroken(_("Only directors change what an account belongs to."))
    if DIRECTOR_FIELDS & set(fields) and not actor.is_director:
        raise RuleBroken(_("Only directors say which grade an account asks for."))
    if fields.get("status", AccountStatus.ACTIVE) not in STATUSES_BY_HAND:
        raise RuleBroken(_("Accounts are closed and merged by their own buttons."))


@transaction.atomic
def edit_account(
    *, actor: User, account_id: int, version: int, tags: Iterable[str] | None = None, **fields
) -> Account:
    """Change fields and tags. Raises Conflict when `version` is no longer the current one."""
    account = locked(account_id, actor=actor)
    if account.version != version:
        raise Conflict(account)
    if account.status in (AccountStatus.MERGED, AccountStatus.CLOSED):
        raise RuleBroken(_("This account is closed; reopen it to change it."))
    changed = {name: value for name, value in fields.items() if getattr(account, name) != value}
    _check_fields(changed, actor=actor)
    if "parent" in changed:
        _check_parent(account, changed["parent"])
    if KIN_FIELDS & set(changed):
        kin = changed.get("parent", account.parent)
        mark_dirty(account.pk, account.parent_id, kin and kin.pk)
    changes = {
        name: [_plain(getattr(account, name)), _plain(value)] for name, value in changed.items()
    }
    changes |= _set_tags(account, tags, actor=actor)
    if not changes:
        return account
    for name, value in changed.items():
        setattr(account, name, value)
    account.version += 1
    account.save(update_fields=[*changed, "version"])
    renew_search_text(account)
    record(actor=actor, verb="account.edited", target=account, changes=changes)
    return account


def _check_parent(account: Account, parent: Account | None) -> None:
    if parent is None:
        return
    if parent.status == AccountStatus.MERGED:
        raise RuleBroken(_("The parent has been merged into another account; choose that one."))
    if account.pk in ancestor_ids(parent.pk):
        raise RuleBroken(_("An account cannot belong to itself or to one of its own children."))


def _plain(value) -> str | int | None:
    """A value as the record keeps it: readable later even when a row it named is gone."""
    return value if value is None or isinstance(value, bool | int) else str(value)


def _set_tags(account: Account, names: Iterable[str] | None, *, actor: User) -> dict:
    if names is None:
        return {}
    before = sorted(account.tags.values_list("name", flat=True))
    tags = _tags(names, actor=actor)
    after = sorted(tag.name for tag in tags)
    if before == after:
        return {}
    account.tags.set(tags)
    return {"tags": [before, after]}


def _tags(names: Iterable[str], *, actor: User) -> list[Tag]:
    """Tags by name; directors may coin new ones, others choose among those that exist."""
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)}
    missing = [name for name in wanted if name not in known]
    if missing and not actor.is_director:
        raise RuleBroken(_("There is no tag “%(name)s”.") % {"name": missing[0]})
    if any(len(name) > 40 for name in missing):
        raise RuleBroken(_("A tag has at most 40 characters."))
    known |= {name: Tag.objects.get_or_create(name=name)[0] for name in missing}
    return [known[name] for name in wanted]


@transaction.atomic
def tag_accounts(
    *, actor: User, account_ids: Iterable[int], add: Iterable[str] = (), remove: Iterable[str] = ()
) -> int:
    """Change tags on many accounts, all or none (Account.DoesNotExist); how many changed."""
    ids = sorted(set(account_ids))
    accounts = list(
        Account.objects.editable_by(actor)
        .select_for_update(of=("self",), no_key=True)
        .filter(pk__in=ids)
        .order_by("pk")
    )
    if len(accounts) != len(ids):
        raise Account.DoesNotExist
    added = _tags(add, actor=actor)
    removed = list(Tag.objects.filter(name__in=list(remove)))
    changed = 0
    for account in accounts:
        before = sorted(account.tags.values_list("name", flat=True))
        account.tags.add(*added)
        account.tags.remove(*removed)
        after = sorted(account.tags.values_list("name", flat=True))
        if before != after:
            changed += 1
            changes = {"tags": [before, after]}
            record(actor=actor, verb="account.tagged", target=account, changes=changes)
    return changed


def _must_sell(actor: User) -> None:
    if not actor.sells:
        raise RuleBroken(_("Only directors and managers close accounts and open them again."))


@transaction.atomic
def close_account(*, actor: User, account_id: int, on: dt.date | None = None) -> Account:
    """It no longer buys and will not: it leaves lists of work but keeps all its history."""
    _must_sell(actor)
    account = locked(account_id, actor=actor)
    if account.status in (AccountStatus.CLOSED, AccountStatus.MERGED):
        raise RuleBroken(_("This account is closed already."))
    account.status = AccountStatus.CLOSED
    account.closed_on = on or company_day()
    account.version += 1
    account.save(update_fields=["status", "closed_on", "version"])
    record(actor=actor, verb="account.closed", target=account)
    return account


@transaction.atomic
def reopen_account(*, actor: User, account_id: int) -> Account:
    _must_sell(actor)
    account = locked(account_id, actor=actor)
    if account.status != AccountStatus.CLOSED:
        raise RuleBroken(_("Only a closed account can be reopened."))
    account.status = AccountStatus.ACTIVE
    account.closed_on = None
    account.version += 1
    account.save(update_fields=["status", "closed_on", "version"])
    record(actor=actor, verb="account.reopened", target=account)
    return account


@transaction.atomic
def add_external_id(*, actor: User, account_id: int, source: str, value: str) -> ExternalId:
    """What another system calls this account; later imports from it find the account by it."""
    account = locked(account_id, actor=actor)
    value = value.strip()
    if not value:
        raise RuleBroken(_("Enter a number."))
    if not actor.is_director:
        raise RuleBroken(_("Only directors change numbers, because imports follow them."))
    row, _made = Source.objects.get_or_create(name=source.strip() or "hand")
    if ExternalId.objects.filter(source=row, value=value).exists():
        raise RuleBroken(_("This number is already taken in this source."))
    number = ExternalId.objects.create(account=account, source=row, value=value)
    renew_search_text(account)
    record(actor=actor, verb="account.number_added", target=account, source=row.name, value=value)
    return number


@transaction.atomic
def remove_external_id(*, actor: User, account_id: int, external_id: int) -> Account:
    account = locked(account_id, actor=actor)
    if not actor.is_director:
        raise RuleBroken(_("Only directors change numbers, because imports follow them."))
    number = ExternalId.objects.select_related("source").get(pk=external_id, account=account)
    said = {"source": number.source.name, "value": number.value}
    number.delete()
    renew_search_text(account)
    record(actor=actor, verb="account.number_removed", target=account, **said)
    return account


@transaction.atomic
def set_logo(*, actor: User, account_id: int, file: File) -> Account:
    """Keep a picture drawn anew from `file`, without anything else the file held."""
    account = locked(account_id, actor=actor)
    keep_picture(account, "logo", file, side=LOGO_SIDE)
    record(actor=actor, verb="account.logo_set", target=account)
    return account


@transaction.atomic
def remove_logo(*, actor: User, account_id: int) -> Account:
    account = locked(account_id, actor=actor)
    if not drop_picture(account, "logo"):
        raise RuleBroken(_("There is no logo to remove."))
    record(actor=actor, verb="account.logo_removed", target=account)
    return account
