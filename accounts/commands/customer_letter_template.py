"""Templates of letters to customers in the company's own words."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import CustomerLetterTemplate
from accounts.rules import customer_letter as rules
from common.errors import RuleBroken
from common.merge_fields import one_line
from people import verbs
from people.commands import record
from people.models import User

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LONGEST_BODY = 20_000
Texts = Mapping[str, str]

verbs.register(
    {"account.letter_template_saved": gettext_lazy("A template of letters to customers was saved")}
)


class Conflict(RuleBroken):
    """Somebody saved first; `template` is what stands now."""

    def __init__(self, template: CustomerLetterTemplate):
        super().__init__(_("Somebody else has changed this template since you opened it."))
        self.template = template


@transaction.atomic
def save_customer_template(
    *, actor: User, template_id: int, version: int, names: Texts, subjects: Texts, bodies: Texts
) -> CustomerLetterTemplate:
    """RuleBroken names the language and the field that is unknown, or what is missing."""
    if not actor.is_director:
        raise RuleBroken(_("Only directors change templates of letters to customers."))
    names, subjects, bodies = (_plain(texts) for texts in (names, subjects, bodies))
    if not names:
        raise RuleBroken(_("Give the template a name."))
    _check_texts(subjects, bodies)
    row = CustomerLetterTemplate.objects.select_for_update().get(pk=template_id)
    if row.version != version:
        raise Conflict(row)
    row.names, row.bodies = names, bodies
    row.subjects = {code: one_line(text) for code, text in subjects.items()}
    row.version += 1
    row.save(update_fields=["names", "subjects", "bodies", "version"])
    record(actor=actor, verb="account.letter_template_saved", target=row)
    return row


def _plain(texts: Texts) -> dict[str, str]:
    """Known languages with a word in them."""
    clean = {code: texts.get(code, "").replace("\x00", "").strip() for code in LANGUAGES}
    return {code: text.replace("\r\n", "\n")[:LONGEST_BODY] for code, text in clean.items() if text}


def _check_texts(subjects: Texts, bodies: Texts) -> None:
    known = dict(settings.LANGUAGES)
    if not bodies:
        raise RuleBroken(_("Write the letter in one language at least."))
    for code in LANGUAGES:
        words = {"language": _(known[code])}
        if (code in bodies) != (code in subjects):
            raise RuleBroken(_("%(language)s: a letter needs a subject and a text.") % words)
        unknown = rules.unknown_fields(subjects.get(code, ""), bodies.get(code, ""))
        if unknown:
            words["field"] = "{" + unknown[0] + "}"
            raise RuleBroken(_("%(language)s: %(field)s is not a field that is filled in.") % words)
