"""What candidates agree to: texts in versions, consents given and withdrawn, never rewritten."""

import datetime as dt
import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import CandidacyState, ConsentPurpose
from hiring.commands.candidacy import end_candidacy
from hiring.models import Candidate, Consent, ConsentText, HiringSettings
from people import verbs
from people.commands import record
from people.models import Company

STARTING_SET = Path(__file__).parent.parent / "consent_texts.json"

verbs.register(
    {
        "candidate.consented": gettext_lazy("A consent was given"),
        "candidate.consent_withdrawn": gettext_lazy("A consent was withdrawn"),
    }
)


@transaction.atomic
def install_consent_texts() -> int:
    """Bring each text in four languages, with the company's name and terms; how many are new.

    Where those have changed since, the shipped text becomes a new version; a text that somebody
    wrote here stays.
    """
    figures = HiringSettings.current()
    fields = {
        "company": Company.current().name, "days": figures.keep_days, "months": figures.pool_months,
    }  # fmt: skip
    newest: dict[tuple[str, str], ConsentText] = {}
    for row in ConsentText.objects.order_by("version"):
        newest[row.purpose, row.language] = row
    made = 0
    for purpose, texts in json.loads(STARTING_SET.read_text(encoding="utf-8")).items():
        for language, words in texts.items():
            known, text = newest.get((purpose, language)), words.format(**fields)
            if known and (known.made_by_id or known.text == text):
                continue
            ConsentText.objects.get_or_create(
                purpose=purpose, language=language, version=known.version + 1 if known else 1,
                defaults={"text": text, "sha256": hashlib.sha256(text.encode()).hexdigest()},
            )  # fmt: skip
            made += 1
    return made


def current_texts(language: str) -> dict[str, ConsentText]:
    """The newest text of each purpose in this language, else in the installation's."""
    install_consent_texts()
    found: dict[str, ConsentText] = {}
    for code in ("en", settings.LANGUAGE_CODE, language):
        for row in ConsentText.objects.filter(language=code).order_by("version"):
            found[row.purpose] = row
    return {purpose: found[purpose] for purpose in ConsentPurpose.values}


@transaction.atomic
def give_consent(
    *,
    candidate_id: int,
    text_id: int,
    channel: str,
    ip_prefix: str = "",
    candidacy_id: int | None = None,
    now: dt.datetime | None = None,
) -> Consent:
    """A new row for exactly the text that was shown."""
    candidate = Candidate.objects.present().get(pk=candidate_id)
    text = ConsentText.objects.get(pk=text_id)
    consent = Consent.objects.create(
        candidate=candidate, candidacy_id=candidacy_id, text=text, channel=channel,
        ip_prefix=ip_prefix, given_at=now or timezone.now(),
    )  # fmt: skip
    record(actor=None, verb="candidate.consented", target=candidate, purpose=text.purpose)
    return consent


@transaction.atomic
def withdraw_consent(*, candidate_id: int, purpose: str, now: dt.datetime | None = None) -> int:
    """All consents for this purpose end; without the first there is no application either."""
    if purpose not in ConsentPurpose.values:
        raise RuleBroken(_("There is no such consent."))
    candidate = Candidate.objects.present().get(pk=candidate_id)
    rows = Consent.objects.filter(candidate=candidate, text__purpose=purpose, withdrawn_at=None)
    ended = rows.update(withdrawn_at=now or timezone.now())
    if ended:
        record(actor=None, verb="candidate.consent_withdrawn", target=candidate, purpose=purpose)
    if ended and purpose == ConsentPurpose.VACANCY:
        active = candidate.candidacies.filter(state=CandidacyState.ACTIVE, applied_at__isnull=False)
        for candidacy in active:
            end_candidacy(
                actor=None, candidacy_id=candidacy.pk, state=CandidacyState.WITHDRAWN,
                reason_id=None,
            )  # fmt: skip
    return ended
