"""The company's competencies: brought, worded anew, added to, retired."""

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.folding import latin
from common.i18n import plain_texts
from common.ordered import next_place
from common.starting_set import install
from hiring.models import Competency
from people import verbs
from people.commands import record
from people.models import User

STARTING_SET = Path(__file__).parent.parent / "competencies.json"
MARKS = ("1", "2", "3", "4", "5")
LONGEST = 400

verbs.register(
    {
        "competency.created": gettext_lazy("Competency added"),
        "competency.edited": gettext_lazy("Competency worded anew"),
        "competency.retired": gettext_lazy("Competency retired"),
        "competency.restored": gettext_lazy("Competency brought back"),
    }
)


class Conflict(RuleBroken):
    """Somebody saved first; `competency` is what stands now."""

    def __init__(self, competency: Competency):
        super().__init__(_("Somebody else has changed this competency since you opened the page."))
        self.competency = competency


@transaction.atomic
def install_competencies() -> int:
    """Bring the set a company starts from; what it has keeps its own words.

    Returns how many were new.
    """
    return install(Competency, STARTING_SET)


@transaction.atomic
def save_competency(
    *,
    actor: User,
    group: str,
    names: Mapping[str, str],
    descriptions: Mapping[str, str],
    anchors: Mapping[str, Mapping[str, str]],
    competency_id: int | None = None,
    version: int | None = None,
) -> Competency:
    """A new competency, or new words of an old one; marks already given by it are kept."""
    if not actor.hires:
        raise RuleBroken(_("Only recruiters and directors change competencies."))
    names = plain_texts(names, 80)
    if not names:
        raise RuleBroken(_("Give a name in at least one language."))
    words = {"group": group, "names": names, "descriptions": plain_texts(descriptions, LONGEST)}
    words["anchors"] = {mark: plain_texts(anchors.get(mark, {}), LONGEST) for mark in MARKS}
    if not all(words["anchors"].values()):
        raise RuleBroken(_("Say for every mark from 1 to 5 what it looks like."))
    if competency_id is None:
        return _created(actor, words)
    row = Competency.objects.editable_by(actor).select_for_update().get(pk=competency_id)
    if version is not None and row.version != version:
        raise Conflict(row)
    changed = {name: value for name, value in words.items() if getattr(row, name) != value}
    if not changed:
        return row
    changes = {name: [_said(getattr(row, name)), _said(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changed, "version"])
    record(actor=actor, verb="competency.edited", target=row, changes=changes)
    return row


def _created(actor: User, words: dict) -> Competency:
    base = slugify(latin(next(iter(words["names"].values())))).replace("-", "_")[:50] or "own"
    code, number = base, 2
    while Competency.objects.filter(code=code).exists():
        code, number = f"{base}_{number}", number + 1
    place = next_place(Competency.objects.all())
    row = Competency.objects.create(code=code, position=place, **words)
    record(actor=actor, verb="competency.created", target=row)
    return row


def _said(value) -> str:
    """Texts by language as one line."""
    if not isinstance(value, dict):
        return str(value)
    return "; ".join(_said(text) for text in value.values())


@transaction.atomic
def retire_competency(*, actor: User, competency_id: int) -> Competency:
    """No longer offered for new profiles; old marks and profiles keep it."""
    row = Competency.objects.editable_by(actor).select_for_update().get(pk=competency_id)
    if row.retired_at is None:
        row.retired_at = timezone.now()
        row.save(update_fields=["retired_at"])
        record(actor=actor, verb="competency.retired", target=row)
    return row


@transaction.atomic
def restore_competency(*, actor: User, competency_id: int) -> Competency:
    row = Competency.objects.editable_by(actor).select_for_update().get(pk=competency_id)
    if row.retired_at is not None:
        row.retired_at = None
        row.save(update_fields=["retired_at"])
        record(actor=actor, verb="competency.restored", target=row)
    return row
