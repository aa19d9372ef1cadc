"""Ways back: a person added by mistake goes, a change is taken back."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands.contact import edit_contact, locked
from accounts.models import Contact, ContactRole, Division
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import Event, User

verbs.register(
    {
        "contact.removed": gettext_lazy("A person added by mistake was removed"),
    }
)
EDITS = ("contact.edited", "contact.named")
# What comes with a person and may go with them; anything else was recorded by somebody.
OWN = {"accounts.Reach", "accounts.Position", "accounts.MapPlace", "accounts.Line"}


@transaction.atomic
def remove_contact(*, actor: User, contact_id: int) -> None:
    """Take back that a person was added, as long as nothing was recorded about them."""
    contact = locked(contact_id, actor=actor)
    if contact.positions.count() > 1 or _has_records(contact):
        raise RuleBroken(
            _("Something is recorded about this person; end their place here instead.")
        )
    account = contact.positions.values_list("account", flat=True).first()
    photo = contact.photo.name
    record(actor=actor, verb="contact.removed", target=contact, account=account)
    contact.delete()
    transaction.on_commit(lambda: photo and Contact.photo.field.storage.delete(photo))


def _has_records(contact: Contact) -> bool:
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: contact}).exists()
        for relation in Contact._meta.related_objects
        if not relation.many_to_many and relation.related_model._meta.label not in OWN
    )


@transaction.atomic
def undo_edit(*, actor: User, event_id: int) -> Contact:
    """Put back what an edit changed, unless somebody has saved since."""
    event = Event.objects.filter(verb__in=EDITS).get(pk=event_id)
    contact = locked(event.target_id, actor=actor)
    if contact.version != event.data["version"]:
        raise RuleBroken(_("The person has been changed since; edit the details instead."))
    back = dict(event.data["back"])
    reaches = back.pop("reaches", None)
    for name, model in (("role", ContactRole), ("division", Division)):
        if name in back:
            back[name] = model.objects.filter(pk=back[name]).first()
    return edit_contact(
        actor=actor,
        contact_id=contact.pk,
        version=contact.version,
        account_id=event.data["account"],
        reaches=None if reaches is None else [tuple(row) for row in reaches],
        **back,
    )
