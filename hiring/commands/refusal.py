"""The letter to somebody who is not taken: what it will say, when it goes, and setting it going."""

from zoneinfo import ZoneInfo

from django.utils import timezone

from hiring.choices import LetterKind
from hiring.commands.letter import compose, install_letters, template_texts, write_letter
from hiring.models import Candidacy, Letter, LetterTemplate, RejectReason
from hiring.queries import letter as queries
from hiring.rules import candidacy as rules
from hiring.rules.letter import fill_late
from people.models import Company, User


def refusal_cause(candidacy_id: int) -> str:
    return f"reject:{candidacy_id}"


def _send_at(candidacy: Candidacy):
    zone = ZoneInfo(candidacy.candidate.time_zone or Company.current().time_zone)
    return rules.next_working_morning(timezone.now(), zone)


def _template(reason: RejectReason | None) -> LetterTemplate | None:
    own = reason.letter if reason else None
    if own is None and queries.template_for(LetterKind.REJECTION) is None:
        install_letters()
    return own or queries.template_for(LetterKind.REJECTION)


def queue_refusal(candidacy: Candidacy, *, actor: User, reason: RejectReason) -> Letter | None:
    """On the next working morning where they live; until then undo takes it back."""
    return write_letter(
        actor=actor, candidate_id=candidacy.candidate_id, kind=LetterKind.REJECTION,
        template=_template(reason), candidacy_id=candidacy.pk,
        cause=refusal_cause(candidacy.pk), send_at=_send_at(candidacy),
    )  # fmt: skip


def preview_refusal(candidacy: Candidacy, reason: RejectReason | None) -> Letter | None:
    """That letter, not saved; its state and trouble say whether it would go.

    The link to their page, which is written when it leaves, is an ellipsis.
    """
    template = _template(reason)
    if template is None:
        return None
    letter = Letter(
        candidate=candidacy.candidate, candidacy=candidacy, kind=LetterKind.REJECTION,
        send_at=_send_at(candidacy),
    )  # fmt: skip
    language, subject, body = template_texts(template, queries.language_of(candidacy.candidate))
    compose(
        letter, language=language, subject=subject, body=body, fields=None,
        barred=(),
    )  # fmt: skip
    letter.body = fill_late(letter.body, {"link": "…"})
    return letter
