"""What a handover asks, by tier: the company's own list, from a starting set in four languages."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import ASKED_KINDS, HandoverItemKind, Tier
from accounts.models import HandoverQuestion
from accounts.rules.handover import QUESTION_LONGEST
from common.errors import RuleBroken
from common.ordered import keep_places, moved, reference_row
from common.starting_set import install
from people.commands import record
from people.models import User

STARTING_SET = Path(__file__).parent.parent / "handover_questions.json"


@transaction.atomic
def install_questions(*, only_if_none: bool = False) -> int:
    """Bring the questions a company starts from; those it has keep its own words.

    Returns how many were new. `only_if_none`: a company that has any is left alone.
    """
    if only_if_none and HandoverQuestion.objects.exists():
        return 0
    return install(HandoverQuestion, STARTING_SET)


def questions_for(tier: str) -> list[HandoverQuestion]:
    """What is asked of accounts of this tier today, in its order."""
    rows = HandoverQuestion.objects.filter(retired_at=None).order_by("position", "pk")
    return [row for row in rows if tier in row.tiers]


@transaction.atomic
def save_question(
    *,
    actor: User,
    code: str,
    names: Mapping[str, str],
    kind: str = HandoverItemKind.QUESTION,
    tiers: Iterable[str] = (),
    question_id: int | None = None,
    seen: dict | None = None,
) -> HandoverQuestion:
    """A new question, or the one of `question_id`; its code stays. Handovers that run keep the
    list they began with, and show the new words.

    Raises Conflict when it is not any more what the form showed (`seen`).
    """
    _check(actor)
    if kind not in ASKED_KINDS:
        raise RuleBroken(_("Choose one of the values offered."))
    words = {code: text.strip() for code, text in names.items() if text.strip()}
    if not words or any(len(text) > QUESTION_LONGEST for text in words.values()):
        raise RuleBroken(_("Write the question in at least one language, in 400 characters."))
    row = reference_row(HandoverQuestion, code=code, row_id=question_id, seen=seen, shown=shown)
    before = _words(row)
    if question_id is not None:
        row.version += 1
    wanted = set(tiers)
    row.names, row.kind = words, kind
    row.tiers = [tier for tier in Tier.values if tier in wanted]
    row.save()
    after = _words(row)
    changes = {"names": [before[0], after[0]], "tiers": [before[1], after[1]]}
    record(actor=actor, verb="reference.saved", target=row, name=row.name, changes=changes)
    return row


def shown(row: HandoverQuestion) -> dict:
    """As its form shows it."""
    names = {f"name_{code}": row.names.get(code, "") for code, _name in settings.LANGUAGES}
    return {"kind": row.kind, "tiers": row.tiers, **names}


def _words(row: HandoverQuestion) -> tuple[str, str]:
    return ", ".join(row.names.values()), ", ".join(row.tiers)


def _check(actor: User) -> None:
    if not actor.is_director:
        raise RuleBroken(_("Only directors decide what a handover asks."))


@transaction.atomic
def retire_question(*, actor: User, question_id: int) -> HandoverQuestion:
    """Not asked of handovers that begin from now on; asked again by the same button."""
    _check(actor)
    row = HandoverQuestion.objects.select_for_update().get(pk=question_id)
    row.retired_at = None if row.retired_at else timezone.now()
    row.version += 1
    row.save(update_fields=["retired_at", "version"])
    verb = "reference.removed" if row.retired_at else "reference.saved"
    record(actor=actor, verb=verb, target=row, name=row.name)
    return row


@transaction.atomic
def move_question(*, actor: User, question_id: int, up: bool) -> None:
    """One place up or down among those that are asked."""
    _check(actor)
    rows = list(HandoverQuestion.objects.select_for_update().order_by("position", "pk"))
    row = next((row for row in rows if row.pk == question_id), None)
    if row is None:
        raise HandoverQuestion.DoesNotExist
    keep_places(moved(rows, row, -1 if up else 1))
