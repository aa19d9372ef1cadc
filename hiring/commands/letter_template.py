"""Templates of letters in the company's own words, in several languages."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import folding
from common.errors import RuleBroken
from common.letter_texts import TemplateChanged, Texts, kept_texts
from hiring.choices import LetterKind
from hiring.models import LetterTemplate
from hiring.rules import letter as rules
from people import verbs
from people.commands import record
from people.models import User

MOST_DELAY = 24 * 30

verbs.register(
    {
        "letter.template_saved": gettext_lazy("A letter template was saved"),
        "letter.template_retired": gettext_lazy("A letter template was put away"),
        "letter.template_restored": gettext_lazy("A letter template is used again"),
    }
)


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
    if kind not in LetterKind.values:
        raise RuleBroken(_("Say what the letter is for."))
    if not 0 <= delay_hours <= MOST_DELAY:
        raise RuleBroken(_("A letter waits for a month at most."))
    texts = kept_texts(names=names, subjects=subjects, bodies=bodies, fields=rules.FIELDS)
    if template_id is None:
        row = LetterTemplate(code=_free_code(texts["names"]))
    else:
        row = LetterTemplate.objects.editable_by(actor).select_for_update().get(pk=template_id)
        if version is not None and row.version != version:
            raise TemplateChanged(row)
        row.version += 1
    row.kind, row.delay_hours = kind, delay_hours
    for name, value in texts.items():
        setattr(row, name, value)
    row.save()
    record(actor=actor, verb="letter.template_saved", target=row)
    return row


def _check(actor: User) -> None:
    if not actor.is_recruiter:
        raise RuleBroken(_("Only recruiters write templates."))


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
