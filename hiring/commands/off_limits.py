"""Whom we do not approach, and who may allow it again."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from common import firms
from common.errors import RuleBroken
from hiring.choices import OffLimitsKind
from hiring.models import OffLimits
from hiring.queries.off_limits import BY_THEMSELVES, off_limits_of, refusal
from people import verbs
from people.commands import record
from people.models import User

verbs.register(
    {
        "off_limits.added": gettext_lazy("Company put off limits: %(name)s"),
        "off_limits.edited": gettext_lazy("Entry of a company off limits changed"),
        "off_limits.lifted": gettext_lazy("Company no longer off limits: %(reason)s"),
        "off_limits.restored": gettext_lazy("Company off limits again"),
    }
)


def check_source(source: str, employer: str) -> None:
    """RuleBroken when somebody found this way works where we do not look for people."""
    if source in BY_THEMSELVES:
        return
    if entry := off_limits_of(employer):
        raise RuleBroken(refusal(entry))


class Conflict(RuleBroken):
    """Somebody saved first; `entry` is what stands now."""

    def __init__(self, entry: OffLimits):
        super().__init__(_("Somebody else has changed this entry since you opened it."))
        self.entry = entry


def _checked(actor: User, fields: dict) -> dict:
    """The columns of an entry from what was filled in."""
    if not actor.hires:
        raise OffLimits.DoesNotExist
    name = " ".join(fields["name"].replace("\x00", "").split())[:160]
    reason = " ".join(fields["reason"].replace("\x00", "").split())[:400]
    if not name or not firms.plain_name(name):
        raise RuleBroken(_("Give the company's name."))
    if not reason:
        raise RuleBroken(_("Say why: whoever meets this entry in a year must understand it."))
    aliases = [" ".join(one.replace("\x00", "").split())[:160] for one in fields["aliases"]]
    aliases = list(dict.fromkeys(one for one in aliases if one and one != name))[:20]
    domain = firms.plain_site(fields["domain"]) if fields["domain"] else ""
    plains = dict.fromkeys(firms.plain_name(one) for one in (name, *aliases))
    return {
        "kind": OffLimitsKind(fields["kind"]), "name": name, "aliases": aliases,
        "domain": domain[:160], "plain_names": [one for one in plains if one],
        "reason": reason, "until": fields["until"],
    }  # fmt: skip


@transaction.atomic
def add_off_limits(
    *,
    actor: User,
    kind: str,
    name: str,
    reason: str,
    aliases: Iterable[str] = (),
    domain: str = "",
    until: dt.date | None = None,
    account: Account | None = None,
) -> OffLimits:
    """Put a company off limits; one that stands there under this name is refused."""
    given = {"kind": kind, "name": name, "reason": reason, "aliases": list(aliases),
             "domain": domain, "until": until}  # fmt: skip
    fields = _checked(actor, given)
    if known := off_limits_of(name):
        raise RuleBroken(_("%(company)s is off limits already.") % {"company": known.name})
    entry = OffLimits.objects.create(made_by=actor, account=account, **fields)
    record(actor=actor, verb="off_limits.added", target=entry, name=entry.name)
    return entry


def _locked(entry_id: int, actor: User) -> OffLimits:
    rows = OffLimits.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.get(pk=entry_id)


@transaction.atomic
def edit_off_limits(*, actor: User, entry_id: int, version: int, **given) -> OffLimits:
    """Raises Conflict when `version` is no longer the current one. Only a director shortens it."""
    entry = _locked(entry_id, actor)
    if entry.version != version:
        raise Conflict(entry)
    fields = _checked(actor, given)
    is_shorter = fields["until"] is not None and (
        entry.until is None or fields["until"] < entry.until
    )
    is_narrower = set(entry.plain_names) - set(fields["plain_names"])
    if (is_shorter or is_narrower) and not actor.is_director:
        raise RuleBroken(_("Only a director may shorten it or take a name off; ask one."))
    changed = [name for name, value in fields.items() if getattr(entry, name) != value]
    if not changed:
        return entry
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.version += 1
    entry.save(update_fields=[*fields, "version"])
    record(actor=actor, verb="off_limits.edited", target=entry, fields=changed)
    return entry


@transaction.atomic
def lift_off_limits(*, actor: User, entry_id: int, reason: str) -> OffLimits:
    """A director allows to approach the company's people again, and says why."""
    entry = _locked(entry_id, actor)
    reason = " ".join(reason.replace("\x00", "").split())[:400]
    if not actor.is_director:
        raise RuleBroken(_("Only a director may lift it; ask one."))
    if not reason:
        raise RuleBroken(_("Say why it is lifted."))
    if entry.lifted_at is None:
        entry.lifted_at, entry.lifted_by, entry.lift_reason = timezone.now(), actor, reason
        entry.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
        record(actor=actor, verb="off_limits.lifted", target=entry, reason=reason)
    return entry


@transaction.atomic
def restore_off_limits(*, actor: User, entry_id: int) -> OffLimits:
    """Off limits again."""
    entry = _locked(entry_id, actor)
    if entry.lifted_at is not None:
        entry.lifted_at, entry.lifted_by, entry.lift_reason = None, None, ""
        entry.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
        record(actor=actor, verb="off_limits.restored", target=entry)
    return entry


@transaction.atomic
def remove_off_limits(*, actor: User, entry_id: int) -> None:
    """Take back an entry one has just made oneself."""
    entry = _locked(entry_id, actor)
    if entry.made_by_id != actor.pk or entry.version > 1 or entry.lifted_at:
        raise RuleBroken(_("Only a director may lift it; ask one."))
    entry.delete()


@transaction.atomic
def adopt_accounts(*, actor: User, account_ids: Iterable[int]) -> list[OffLimits]:
    """Key accounts as companies not to poach from; Account.DoesNotExist when one is not theirs."""
    ids = sorted(set(account_ids))
    rows = Account.objects.visible_to(actor).present().in_bulk(ids)
    if not ids or len(rows) != len(ids):
        raise Account.DoesNotExist
    return [
        add_off_limits(
            actor=actor, kind=OffLimitsKind.CUSTOMER, name=rows[pk].name,
            domain=rows[pk].website or "", account=rows[pk], reason=_("Our key account."),
        )
        for pk in ids
        if off_limits_of(rows[pk].name) is None
    ]  # fmt: skip
