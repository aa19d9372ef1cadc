"""Makers of people at customers for the walk of all routes."""

import io
from itertools import count

from django.core.files.base import ContentFile
from PIL import Image

from accounts.commands.contact import edit_contact
from accounts.commands.contact_merge import merge_contacts
from accounts.commands.position import move_contact
from accounts.models import Contact, ContactNote, ContactRole, Division
from people.models import Event, User
from tests.cast import Cast, make_account
from tests.field import YESTERDAY, make_contact, make_role

numbers = count(1)


def contact(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    made = make_contact(account)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    made.photo.save("face.png", ContentFile(picture.getvalue()))
    return {"pk": account.pk, "contact": made.pk}


def contact_pair(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    return {"pk": make_contact(account).pk, "other": make_contact(account).pk}


def contact_merge(cast: Cast, owner: User) -> dict:
    pair = contact_pair(cast, owner)
    merged = merge_contacts(actor=cast.dora, survivor_id=pair["pk"], absorbed_id=pair["other"])
    return {"pk": merged.pk}


def contact_change(cast: Cast, owner: User) -> dict:
    parts = contact(cast, owner)
    edit_contact(actor=cast.dora, contact_id=parts["contact"], version=1, name="Access")
    event = Event.objects.about(Contact.objects.get(pk=parts["contact"])).first()
    return {**parts, "event": event.pk}


def left_place(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    made = make_contact(account, valid_to=YESTERDAY)
    return {"pk": account.pk, "position": made.positions.get().pk}


def moved_place(cast: Cast, owner: User) -> dict:
    first, second = (make_account(owner=owner) for _ in "ab")
    place = move_contact(
        actor=cast.dora, contact_id=make_contact(first).pk, from_account_id=first.pk,
        to_account_id=second.pk,
    )  # fmt: skip
    return {"pk": second.pk, "position": place.pk}


def note(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    made = make_contact(account)
    row = ContactNote.objects.create(contact=made, account=account, text="Access")
    return {"pk": account.pk, "contact": made.pk, "note": row.pk}


def division(cast: Cast, owner: User) -> dict:
    account = make_account(owner=owner)
    row = Division.objects.create(account=account, name="Access")
    return {"pk": account.pk, "division": row.pk}


def hole(cast: Cast, owner: User) -> dict:
    return {"pk": make_account(owner=owner).pk, "role": make_role("finance").code}


def contact_role(cast: Cast, owner: User) -> dict:
    row = ContactRole.objects.create(code=f"access-{next(numbers)}", names={"en": "Access"})
    return {"pk": row.pk}


MAKERS = {
    "contact": contact,
    "contact_change": contact_change,
    "contact_merge": contact_merge,
    "contact_pair": contact_pair,
    "contact_role": contact_role,
    "division": division,
    "hole": hole,
    "left_place": left_place,
    "moved_place": moved_place,
    "note": note,
}
