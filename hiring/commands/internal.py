"""Our own people as candidates: beside those from outside, hidden from whom they report to."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import ReachKind
from common.errors import RuleBroken
from hiring.choices import Source
from hiring.commands.candidate import create_candidate, locked
from hiring.models import Candidate
from people.commands import record
from people.models import Company, User


@transaction.atomic
def add_colleague(*, actor: User, user_id: int) -> Candidate:
    """Somebody of our staff as a candidate; the row there is when there is one.

    Nobody adds whom they lead, or themselves: they could not see them afterwards.
    """
    colleague = User.objects.get(pk=user_id, is_active=True)
    if known := Candidate.objects.present().filter(user=colleague).first():
        return Candidate.objects.editable_by(actor).get(pk=known.pk)
    company = Company.current()
    candidate = create_candidate(
        actor=actor, name=str(colleague), source=Source.INTERNAL, user=colleague,
        reaches=[(ReachKind.EMAIL, colleague.email)], employer=company.name,
        language=colleague.language or "",
    )  # fmt: skip
    if not Candidate.objects.editable_by(actor).filter(pk=candidate.pk).exists():
        raise RuleBroken(
            _("Ask another recruiter: nobody handles the application of somebody they lead.")
        )
    return candidate


@transaction.atomic
def let_manager_know(*, actor: User, candidate_id: int, may: bool) -> Candidate:
    """The colleague has agreed that whom they report to learns of it; or takes that back."""
    candidate = locked(candidate_id, actor=actor)
    if candidate.user_id is None:
        raise RuleBroken(_("This is nobody of our own staff."))
    if bool(candidate.manager_may_know) == may:
        return candidate
    candidate.manager_may_know = timezone.now() if may else None
    candidate.save(update_fields=["manager_may_know"])
    verb = "candidate.manager_told" if may else "candidate.manager_hidden"
    record(actor=actor, verb=verb, target=candidate)
    return candidate
