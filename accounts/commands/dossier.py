"""Add to an account's file, confirm what it says, take back. Entries are only ever added."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AccountStatus, DossierSection
from accounts.commands.account import locked
from accounts.models import Account, DossierEntry
from accounts.queries.dossier import newest_entry
from accounts.rules import dossier as rule
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User

MOST_LETTERS = 4000


def _of(sentence) -> verbs.Sentence:
    """A sentence with the name of the section."""

    def say(data: dict) -> str:
        known = data.get("section") in DossierSection.values
        words = DossierSection(data["section"]).label if known else _("section")
        return str(sentence) % {"section": words}

    return say


verbs.register(
    {
        "dossier.written": _of(gettext_lazy("Added to the dossier: %(section)s")),
        "dossier.confirmed": _of(gettext_lazy("Confirmed in the dossier: %(section)s")),
        "dossier.gone": _of(gettext_lazy("Marked as no longer there: %(section)s")),
        "dossier.retracted": _of(gettext_lazy("Taken back in the dossier: %(section)s")),
        "dossier.restored": _of(gettext_lazy("Put back in the dossier: %(section)s")),
    }
)


class Conflict(RuleBroken):
    """Somebody added to the section since it was opened; `entry` is what stands now."""

    def __init__(self, entry: DossierEntry | None):
        super().__init__(_("Somebody added this since you opened the section."))
        self.entry = entry


@transaction.atomic
def write_entry(
    *,
    actor: User,
    account_id: int,
    section: str,
    text: str,
    title: str = "",
    source: str = "",
    day: dt.date | None = None,
    seen: int | None = None,
) -> DossierEntry:
    """What we know from `day` on. `seen` is the entry the writer had before their eyes (or None).

    Raises Conflict when another one stands there by now: nothing is written.
    """
    account = locked(account_id, actor=actor)
    title, text = " ".join(title.split()), text.strip()
    _check(account, section, title, text, day)
    before = newest_entry(account_id, section, title)
    if (before.pk if before else None) != seen:
        raise Conflict(before)
    row = DossierEntry.objects.create(
        account=account,
        section=section,
        title=before.title if before else title,
        text=text,
        source=source.strip(),
        day=day or timezone.localdate(),
        replaces=before,
        author=actor,
    )
    return _recorded(row, actor, "dossier.written")


def _check(account: Account, section: str, title: str, text: str, day: dt.date | None) -> None:
    if account.status == AccountStatus.MERGED:
        raise RuleBroken(_("This account has been merged into another; write there."))
    if section not in DossierSection.values:
        raise RuleBroken(_("There is no such section."))
    if rule.holds_many(section) != bool(title):
        raise RuleBroken(_("Enter the competitor's name. Nothing was added."))
    if len(title) > 120 or len(text) > MOST_LETTERS:
        raise RuleBroken(_("This is too long. Nothing was added."))
    if not text and not rule.holds_many(section):
        raise RuleBroken(_("Write what you know. Nothing was added."))
    if day is not None and day > timezone.localdate():
        raise RuleBroken(_("What is known has a day in the past. Nothing was added."))


@transaction.atomic
def confirm_entry(*, actor: User, entry_id: int) -> DossierEntry:
    """It is still so: the same words with today's day."""
    row = _locked(entry_id, actor=actor)
    now = newest_entry(row.account_id, row.section, row.title)
    if now is not None and now.replaces_id == row.pk and now.author_id == actor.pk:
        return now  # a second tap
    if now is None or now.pk != row.pk:
        raise RuleBroken(_("Somebody has added something newer. Look at it first."))
    return _recorded(_again(row, actor), actor, "dossier.confirmed")


@transaction.atomic
def mark_gone(*, actor: User, entry_id: int) -> DossierEntry:
    """A competitor has left the account."""
    row = _locked(entry_id, actor=actor)
    if not rule.holds_many(row.section):
        raise RuleBroken(_("Only competitors come and go."))
    now = newest_entry(row.account_id, row.section, row.title)
    if now is None or now.pk != row.pk or now.is_gone:
        raise RuleBroken(_("Somebody has added something newer. Look at it first."))
    return _recorded(_again(row, actor, is_gone=True), actor, "dossier.gone")


def _again(row: DossierEntry, actor: User, **fields) -> DossierEntry:
    day = max(timezone.localdate(), row.day)
    return _copy(row, actor, day=day, replaces=row, **fields)


def _copy(row: DossierEntry, actor: User, **fields) -> DossierEntry:
    """The same words as a row of its own."""
    fields = {"day": row.day, "is_gone": row.is_gone, **fields}
    return DossierEntry.objects.create(
        account=row.account,
        section=row.section,
        title=row.title,
        text=row.text,
        source=row.source,
        author=actor,
        **fields,
    )


@transaction.atomic
def retract_entry(*, actor: User, entry_id: int) -> DossierEntry:
    """Take a slip back; of a row that takes another back: put that one back."""
    row = _locked(entry_id, actor=actor)
    undoes = row.retracts
    if undoes is not None and undoes.retracts_id is not None:
        raise RuleBroken(_("This has been settled already."))
    rows = DossierEntry.objects.filter(pk=row.pk)
    if not (rows.retractions() if undoes else rows.standing()).exists():
        raise RuleBroken(_("This has been taken back already."))
    back = _copy(row, actor, retracts=row)
    return _recorded(back, actor, "dossier.restored" if undoes else "dossier.retracted")


def _locked(entry_id: int, *, actor: User) -> DossierEntry:
    rows = DossierEntry.objects.editable_by(actor).select_for_update(of=("self",))
    return rows.select_related("account", "retracts").get(pk=entry_id)


def _recorded(row: DossierEntry, actor: User, verb: str) -> DossierEntry:
    record(actor=actor, verb=verb, target=row.account, section=row.section, entry=row.pk)
    return row
