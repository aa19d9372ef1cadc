"""Two records that look alike are said to be two; and that is taken back."""

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from people import verbs
from people.commands.event import record
from people.models import Distinct, User

verbs.register(
    {
        "record.told_apart": gettext_lazy("Said not to be the same as a record that looks alike"),
        "record.alike_again": gettext_lazy("Looked at again beside a record that looks alike"),
    }
)


@transaction.atomic
def tell_apart(*, actor: User, one: Model, other: Model) -> Distinct:
    """Of two the actor may change. Saying it twice changes nothing."""
    if one.pk == other.pk:
        raise RuleBroken(_("Choose two different records."))
    low, high = sorted((one.pk, other.pk))
    row, is_new = Distinct.objects.get_or_create(
        kind=one._meta.label_lower, low=low, high=high, defaults={"by": actor}
    )
    if is_new:
        _record(actor, "record.told_apart", one, other)
    return row


@transaction.atomic
def look_again(*, actor: User, one: Model, other: Model) -> None:
    """They may be one after all."""
    if Distinct.objects.between(one, other).delete()[0]:
        _record(actor, "record.alike_again", one, other)


def _record(actor: User, verb: str, one: Model, other: Model) -> None:
    """By number only: a name would outlive the record it belongs to."""
    record(actor=actor, verb=verb, target=one, other=other.pk)
    record(actor=actor, verb=verb, target=other, other=one.pk)
