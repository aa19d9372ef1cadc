"""Erasing a candidate: asked for, confirmed by somebody else, done, and proven without the data."""

import datetime as dt
import hmac
from hashlib import sha256

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import jobs
from common.errors import RuleBroken
from hiring.commands import erasing
from hiring.models import Candidate, Erasure
from hiring.queries.retention import open_holds
from people import commands as people
from people import verbs
from people.models import Distinct, User

verbs.register(
    {
        "erasure.asked": gettext_lazy("Erasure asked for"),
        "erasure.refused": gettext_lazy("Erasure refused"),
        "erasure.confirmed": gettext_lazy("Erasure confirmed"),
        "erasure.done": gettext_lazy("A candidate was erased"),
    }
)
ASKED, RETENTION, STAFF = "asked", "retention", "staff"


def reference_of(candidate: Candidate) -> str:
    """A name for the row that only we can make again: it proves, and it identifies nobody."""
    text = f"{candidate.pk}:{candidate.created_at.astimezone(dt.UTC).isoformat()}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).hexdigest()


@transaction.atomic
def ask_erasure(*, actor: User | None = None, candidate_id: int, because: str = ASKED) -> Erasure:
    """Note the wish; a second person confirms it. Asked twice it is the same row.

    `actor` None: the candidate, through their own link. RuleBroken while the law holds the data.
    """
    rows = Candidate.objects.editable_by(actor) if actor else Candidate.objects.all()
    candidate = rows.select_for_update(of=("self",)).get(pk=candidate_id)
    hold = open_holds(timezone.now()).filter(candidate=candidate).first()
    if hold and actor is None:  # why is not theirs to read
        raise RuleBroken(_("The law makes us keep your data for now. Please write to us."))
    if hold:
        raise RuleBroken(
            _("The data is held: %(reason)s. End the hold first.") % {"reason": hold.reason}
        )
    found, is_new = Erasure.objects.get_or_create(
        reference=reference_of(candidate),
        defaults={"candidate": candidate, "because": because, "asked_by": actor},
    )
    if is_new:
        people.record(actor=actor, verb="erasure.asked", target=found, because=because)
    return found


@transaction.atomic
def refuse_erasure(*, actor: User, erasure_id: int) -> None:
    """The wish was a mistake, or came from somebody else: the row goes, the record stays."""
    row = _waiting(actor, erasure_id)
    people.record(actor=actor, verb="erasure.refused", target=row)
    row.delete()


@transaction.atomic
def confirm_erasure(*, actor: User, erasure_id: int) -> Erasure:
    """The second person's word; the work follows at once in the background."""
    row = _waiting(actor, erasure_id)
    if row.asked_by_id == actor.pk:
        raise RuleBroken(_("You asked for it yourself: a second person has to confirm."))
    row.confirmed_by, row.confirmed_at = actor, timezone.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    people.record(actor=actor, verb="erasure.confirmed", target=row)
    jobs.enqueue("hiring.jobs.erase_candidate", key=f"erase:{row.pk}", erasure_id=row.pk)
    return row


def _waiting(actor: User, erasure_id: int) -> Erasure:
    row = Erasure.objects.visible_to(actor).select_for_update().get(pk=erasure_id)
    if row.done_at or row.confirmed_at:
        raise RuleBroken(_("This erasure is under way or done already."))
    return row


def run_erasure(erasure_id: int) -> Erasure:
    """Erase; a second run after any interruption ends the same. Bytes go after the rows.

    The act keeps how many rows and files of each kind went and when, never what was in them.
    """
    row = Erasure.objects.select_related("candidate").get(pk=erasure_id)
    if row.candidate is not None:
        erasing.bury(erasing.people_of(row.candidate))
        _erase_rows(row)
    if row.done_at is None:
        row.refresh_from_db()
        for name in row.counts.pop("names", []):
            default_storage.delete(name)
        row.done_at = timezone.now()
        row.save(update_fields=["done_at", "counts"])
        people.record(actor=row.confirmed_by, verb="erasure.done", target=row, counts=row.counts)
    return row


@transaction.atomic
def _erase_rows(row: Erasure) -> None:
    """All rows in one transaction; the names of the bytes are kept until those are gone."""
    candidate = Candidate.objects.select_for_update().get(pk=row.candidate_id)
    whole = erasing.people_of(candidate)
    targets, names = erasing.targets_of(whole), erasing.files_of(whole)
    row.counts = {
        "gone": erasing.counts(targets, stay=False),
        "emptied": erasing.counts(targets, stay=True),
        "files": len(names),
    }
    row.counts["letters_waiting"] = erasing.delete_outbox(erasing.addresses_of(whole))
    row.counts["imported_lists"] = erasing.discard_import_files()
    row.counts["names"] = names
    erasing.end_all(whole)
    erasing.empty_texts(whole)
    erasing.empty_record(targets)
    Distinct.objects.of(Candidate).about(whole).delete()
    row.save(update_fields=["counts"])
    for person in whole:
        person.delete()
