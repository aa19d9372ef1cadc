"""A letter's template in the company's own words: its texts by language, and what is refused."""

from collections.abc import Collection, Mapping

from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from common.merge_fields import one_line, unknown_fields

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LONGEST_BODY = 20_000
Texts = Mapping[str, str]


class TemplateChanged(RuleBroken):
    """Somebody saved first; `template` is what stands now."""

    def __init__(self, template: Model):
        super().__init__(_("Somebody else has changed this template since you opened it."))
        self.template = template


def kept_texts(
    *, names: Texts, subjects: Texts, bodies: Texts, fields: Collection[str]
) -> dict[str, dict[str, str]]:
    """The texts as the template keeps them; at least one language needs a whole letter.

    RuleBroken names the language and the field that is none of `fields`, or what is missing.
    """
    names, subjects, bodies = (_plain(texts) for texts in (names, subjects, bodies))
    if not names:
        raise RuleBroken(_("Give the template a name."))
    _check_letters(subjects, bodies, fields)
    subjects = {code: one_line(text) for code, text in subjects.items()}
    return {"names": names, "subjects": subjects, "bodies": bodies}


def _plain(texts: Texts) -> dict[str, str]:
    """Known languages with a word in them."""
    clean = {code: texts.get(code, "").replace("\x00", "").strip() for code in LANGUAGES}
    return {code: text.replace("\r\n", "\n")[:LONGEST_BODY] for code, text in clean.items() if text}


def _check_letters(subjects: Texts, bodies: Texts, fields: Collection[str]) -> None:
    known = dict(settings.LANGUAGES)
    if not bodies:
        raise RuleBroken(_("Write the letter in one language at least."))
    for code in LANGUAGES:
        words = {"language": _(known[code])}
        if (code in bodies) != (code in subjects):
            raise RuleBroken(_("%(language)s: a letter needs a subject and a text.") % words)
        unknown = unknown_fields(fields, subjects.get(code, ""), bodies.get(code, ""))
        if unknown:
            words["field"] = "{" + unknown[0] + "}"
            raise RuleBroken(_("%(language)s: %(field)s is not a field that is filled in.") % words)
