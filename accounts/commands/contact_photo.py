"""The picture of a person: drawn anew, served by its own view only."""

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands.contact import locked
from accounts.models import Contact
from common.errors import RuleBroken
from common.images import drop_picture, keep_picture
from people import verbs
from people.commands import record
from people.models import User

SIDE = 256

verbs.register(
    {
        "contact.photo_set": gettext_lazy("Photo set"),
        "contact.photo_removed": gettext_lazy("Photo removed"),
    }
)


@transaction.atomic
def set_photo(*, actor: User, contact_id: int, file: File) -> Contact:
    """Keep a picture drawn anew from `file`, without anything else the file held."""
    contact = locked(contact_id, actor=actor)
    keep_picture(contact, "photo", file, side=SIDE)
    record(actor=actor, verb="contact.photo_set", target=contact)
    return contact


@transaction.atomic
def remove_photo(*, actor: User, contact_id: int) -> Contact:
    contact = locked(contact_id, actor=actor)
    if not drop_picture(contact, "photo"):
        raise RuleBroken(_("There is no photo to remove."))
    record(actor=actor, verb="contact.photo_removed", target=contact)
    return contact
