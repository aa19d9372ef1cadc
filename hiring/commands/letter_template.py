"""Templates of letters in the company's own words, in several languages."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import folding
from common.errors import RuleBroken
from hiring.choices import LetterKind
from hiring.models import LetterTemplate
from hiring.rules import letter as rules
from people import verbs
from people.commands import record
from people.models import User

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
LONGEST_BODY = 20_000
MOST_DELAY = 24 * 30
Texts = Mapping[str, str]

verbs.register(
    {
        "letter.template_saved": gettext_lazy("A letter template was saved"),
        "letter.template_retired": gettext_lazy("A letter template was put away"),
        "letter.template_restored": gettext_lazy("A letter template is used again"),
    }
)


class Conflict(RuleBroken):
    """Somebody saved first; `template` is what stands now."""

    def __init__(self, template: LetterTemplate):
        super().__init__(_("Somebody else has changed this template since you opened it."))
        self.template = template


@transaction.atomic
def save_template(
    *,
    actor: User,
    kind: str,
    names: Texts,
    subjects: Texts,
    bodies: Texts,
    delay_hours: int = 0,
    template_id: int | None = None,
    version: int | None = None,
) -> LetterTemplate:
    """A new template, or the one of `template_id`. At least one language needs a whole letter.

    RuleBroken names the language and the field that is unknown, or what is missing.
    """
    _check(actor)
    names, subjects, bodies = (_plain(texts) for texts in (names, subjects, bodies))
    if kind not in LetterKind.values:
        raise RuleBroken(_("Say what the letter is for."))
    if not names:
        raise RuleBroken(_("Give the template a name."))
    if not 0 <= delay_hours <= MOST_DELAY:
        raise RuleBroken(_("A letter waits for a month at most."))
    _check_texts(subjects, bodies)
    if template_id is None:
        row = LetterTemplate(code=_free_code(names))
    else:
        row = LetterTemplate.objects.editable_by(actor).select_for_update().get(pk=template_id)
        if version is not None and row.version != version:
            raise Conflict(row)
        row.version += 1
    row.kind, row.names, row.delay_hours = kind, names, delay_hours
    row.subjects = {code: rules.one_line(text) for code, text in subjects.items()}
    row.bodies = bodies
    row.save()
    record(actor=actor, verb="letter.template_saved", target=row)
    return row


def _check(actor: User) -> None:
    if not actor.is_recruiter:
        raise RuleBroken(_("Only recruiters write templates."))


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


def _free_code(names: Texts) -> str:
    base = slugify(folding.latin(next(iter(names.values()))))[:50].strip("-") or "letter"
    code, number = base, 1
    while LetterTemplate.objects.filter(code=code).exists():
        number += 1
        code = f"{base}-{number}"
    return code


@transaction.atomic
def retire_template(*, actor: User, template_id: int) -> LetterTemplate:
    """Not used any more; letters that were written stay, stages that send it send nothing."""
    return _retired(actor, template_id, is_retired=True)


@transaction.atomic
def restore_template(*, actor: User, template_id: int) -> LetterTemplate:
    return _retired(actor, template_id, is_retired=False)


def _retired(actor: User, template_id: int, *, is_retired: bool) -> LetterTemplate:
    _check(actor)
    row = LetterTemplate.objects.editable_by(actor).select_for_update().get(pk=template_id)
    if bool(row.retired_at) != is_retired:
        row.retired_at = timezone.now() if is_retired else None
        row.save(update_fields=["retired_at"])
        verb = "letter.template_retired" if is_retired else "letter.template_restored"
        record(actor=actor, verb=verb, target=row)
    return row
