"""Templates of letters to customers in the company's own words."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import CustomerLetterTemplate
from accounts.rules import customer_letter as rules
from common.errors import RuleBroken
from common.letter_texts import TemplateChanged, Texts, kept_texts
from people import verbs
from people.commands import record
from people.models import User

verbs.register(
    {"account.letter_template_saved": gettext_lazy("A template of letters to customers was saved")}
)


@transaction.atomic
def save_customer_template(
    *, actor: User, template_id: int, version: int, names: Texts, subjects: Texts, bodies: Texts
) -> CustomerLetterTemplate:
    """RuleBroken names the language and the field that is unknown, or what is missing."""
    if not actor.is_director:
        raise RuleBroken(_("Only directors change templates of letters to customers."))
    texts = kept_texts(names=names, subjects=subjects, bodies=bodies, fields=rules.FIELDS)
    row = CustomerLetterTemplate.objects.select_for_update().get(pk=template_id)
    if row.version != version:
        raise TemplateChanged(row)
    for name, value in texts.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*texts, "version"])
    record(actor=actor, verb="account.letter_template_saved", target=row)
    return row
