"""Around the sending of a letter: taken by one worker, settled, put on the account's timeline."""

import datetime as dt
import uuid

from django.db import transaction
from django.utils import timezone

from accounts.choices import Channel, CustomerLetterState, Direction
from accounts.commands import touchpoint as touchpoints
from accounts.models import Account, CustomerLetter, Position, Touchpoint
from accounts.queries import customer_letter as queries
from people.models import User, company_day

LONGEST_ENTRY = 8000
# Of a letter's entry on the timeline, so that it stands there once.
NAMESPACE = uuid.UUID("5b0f6f0e-6a44-4c0b-9a0e-1b8b3d0c2f57")


def claim_letter(letter_id: int, *, now: dt.datetime) -> CustomerLetter | None:
    """Take a waiting letter: of two workers one gets it. None when it is not to go.

    By the rights of this moment of whoever let it go, and if what it says still holds.
    """
    with transaction.atomic():
        if not CustomerLetter.objects.waiting().filter(pk=letter_id).update(sent_at=now):
            return None
        rows = CustomerLetter.objects.select_related(
            "account", "contact", "sent_by", "pulse", "handover", "cover", "departure"
        )
        letter = rows.get(pk=letter_id)
        if trouble := queries.why_not(letter):
            settle_letter(letter, state=CustomerLetterState.STOPPED, trouble=trouble)
            return None
        letter.address = queries.address_now(letter)
        letter.save(update_fields=["address"])
        return letter


@transaction.atomic
def settle_letter(letter: CustomerLetter, *, state: str, trouble: str = "") -> None:
    """How the sending ended; what went stands on the account's timeline."""
    letter.state, letter.trouble = state, trouble[:300]
    if state != CustomerLetterState.SENT:
        letter.sent_at = None
    letter.version += 1
    letter.save(update_fields=["state", "trouble", "sent_at", "version"])
    if state == CustomerLetterState.SENT:
        put_on_timeline(letter)


def settle_lost_letters(*, before: dt.datetime) -> int:
    """Letters a worker took and died with: nobody knows whether they went, so a person decides."""
    lost = CustomerLetter.objects.filter(state=CustomerLetterState.QUEUED, sent_at__lt=before)
    return lost.update(state=CustomerLetterState.STOPPED, trouble="unsure", sent_at=None)


def entry_key(letter: CustomerLetter) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"customer-letter:{letter.pk}")


def put_on_timeline(letter: CustomerLetter) -> Touchpoint | None:
    """The letter as an entry of ours; None when its sender may no longer write there."""
    actor = letter.sent_by
    known = Touchpoint.objects.filter(key=entry_key(letter)).first()
    if known is not None and actor is not None:
        if known.state != "done":
            return touchpoints.restore_touchpoint(actor=actor, touchpoint_id=known.pk)
        return known
    if actor is None or not _may_log(letter, actor):
        return None
    there = Position.objects.on(company_day()).filter(account=letter.account_id)
    contacts = there.filter(contact=letter.contact_id).values_list("contact", flat=True)
    touchpoint, _made = touchpoints.log_touchpoint(
        actor=actor, key=entry_key(letter), account_id=letter.account_id, channel=Channel.MAIL,
        at=letter.sent_at or timezone.now(), contact_ids=list(contacts),
        direction=Direction.OURS, subject=letter.subject[:200],
        text=letter.body[:LONGEST_ENTRY],
    )  # fmt: skip
    return touchpoint


def take_off_timeline(letter: CustomerLetter, *, actor: User) -> None:
    known = Touchpoint.objects.done().filter(key=entry_key(letter)).first()
    if known is not None:
        touchpoints.remove_touchpoint(actor=actor, touchpoint_id=known.pk)


def _may_log(letter: CustomerLetter, actor: User) -> bool:
    return Account.objects.editable_by(actor).filter(pk=letter.account_id).exists()
