"""Applications by the public form: typed into a draft first, sent once.

Whoever sends one is a stranger: nothing of a row that is known already is shown or overwritten,
and letters go to the address that was known before (docs/security.md).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.base import File as DjangoFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import reaching, tokens
from common.errors import RuleBroken
from hiring.choices import LetterKind, Source, StageKind
from hiring.commands.candidacy import add_candidacy
from hiring.commands.candidate import create_candidate
from hiring.commands.candidate_reach import normal_reaches
from hiring.commands.consent import give_consent
from hiring.commands.file import MOST_FILES, checked_paper, read_later
from hiring.commands.knockout import judge
from hiring.commands.letter import write_letter
from hiring.models import (
    Answer,
    Candidacy,
    Candidate,
    CandidateFile,
    CandidateReach,
    ConsentText,
    Draft,
    DraftFile,
    Vacancy,
)
from hiring.queries.candidate_duplicates import known_as
from hiring.rules.application import Person
from people import verbs
from people.commands import record
from people.models import User

verbs.register({"candidacy.applied": gettext_lazy("Applied by the public form")})
MOST_TYPED = 60_000


def find_draft(*, vacancy: Vacancy, secret: str) -> Draft | None:
    """What this browser has typed so far."""
    if not secret:
        return None
    return Draft.objects.filter(digest=tokens.digest(secret), vacancy=vacancy).first()


@transaction.atomic
def save_draft(*, vacancy: Vacancy, secret: str, values: Mapping[str, Any]) -> Draft:
    """Keep what was typed; a draft that was sent meanwhile stays as it is."""
    draft, _made = Draft.objects.get_or_create(
        digest=tokens.digest(secret), defaults={"vacancy": vacancy}
    )
    if draft.vacancy_id != vacancy.pk or draft.sent_at:
        return draft
    if len(str(values)) > MOST_TYPED:
        raise RuleBroken(_("This is more text than a form takes. Shorten your answers."))
    draft.values, draft.saved_at = dict(values), timezone.now()
    draft.save(update_fields=["values", "saved_at"])
    return draft


@transaction.atomic
def keep_draft_file(*, draft: Draft, field: str, upload: DjangoFile) -> DraftFile:
    """Look into a file and keep it with the form; RuleBroken, in words for the sender."""
    others = draft.files.exclude(field=field)
    if others.count() >= MOST_FILES:
        raise RuleBroken(_("An application takes five files."))
    found = checked_paper(upload)
    draft.files.filter(field=field).delete()
    file = DraftFile(
        draft=draft, field=field, name=found.name, size=found.size,
        content_type=found.content_type, sha256=found.sha256,
    )  # fmt: skip
    file.content.save("", found.content, save=False)
    file.save()
    return file


def drop_draft_file(*, draft: Draft, field: str) -> None:
    """They have thought better of it; the bytes go with the night's tidying."""
    draft.files.filter(field=field).delete()


@transaction.atomic
def submit_application(
    *,
    draft_id: int,
    person: Person,
    answers: Mapping[int, Any],
    text_ids: Iterable[int],
    language: str,
    ip_prefix: str = "",
    now: dt.datetime | None = None,
) -> Candidacy | None:
    """The application of a draft; None when it was sent before, by a second press of the button.

    `answers`: {question: value}, files among them by the field of their draft file ("q12").
    `text_ids`: the consent texts whose boxes were ticked.
    """
    now = now or timezone.now()
    if not Draft.objects.filter(pk=draft_id, sent_at=None).update(sent_at=now, values={}):
        return None
    draft = Draft.objects.select_related("vacancy").get(pk=draft_id)
    vacancy = Vacancy.objects.select_for_update().get(pk=draft.vacancy_id)
    if not Vacancy.objects.published(now).filter(pk=vacancy.pk).exists():
        raise RuleBroken(_("This vacancy takes no more applications."))
    texts = list(ConsentText.objects.filter(pk__in=set(text_ids)))
    if not any(text.purpose == "vacancy" for text in texts):
        raise RuleBroken(_("Without your consent we may not read the application."))
    candidate = _candidate(person, vacancy, language)
    source = Source.INTERNAL if candidate.user_id else Source.FORM
    candidacy = add_candidacy(
        candidate_id=candidate.pk, vacancy_id=vacancy.pk, source=source,
        stage_kind=StageKind.FORM, applied=True,
    )  # fmt: skip
    files = _take_files(draft, candidate, candidacy)
    _keep_answers(candidacy, {**answers, **files})
    for text in texts:
        give_consent(
            candidate_id=candidate.pk, text_id=text.pk, channel="form", ip_prefix=ip_prefix,
            candidacy_id=candidacy.pk, now=now,
        )  # fmt: skip
    judge(candidacy=candidacy, now=now)
    record(actor=None, verb="candidacy.applied", target=candidacy)
    write_letter(
        candidate_id=candidate.pk, kind=LetterKind.RECEIVED, candidacy_id=candidacy.pk,
        cause=f"applied:{candidacy.pk}",
    )  # fmt: skip
    return candidacy


def _candidate(person: Person, vacancy: Vacancy, language: str) -> Candidate:
    """The row of whoever has this address, or this number and name and no address; else a new one.

    A number alone makes nobody the same: who types somebody else's must not get their letters.
    """
    candidate = _known(person, vacancy)
    if candidate is not None:
        return candidate
    user = User.objects.filter(email__iexact=person.email, is_active=True).first()
    return create_candidate(
        name=person.name, reaches=person.reaches, city=person.city, language=language, user=user,
        source=Source.INTERNAL if user else Source.FORM,
    )  # fmt: skip


def _known(person: Person, vacancy: Vacancy) -> Candidate | None:
    mails = [("email", person.email)]
    normal = next(iter(normal_reaches(mails)))[1]
    for candidate in known_as("", mails, country=vacancy.country):
        if candidate.reaches.filter(kind="email", normal=normal, is_wrong=False).exists():
            return candidate
    if not person.phone:
        return None
    plain = reaching.plain_name(person.name)
    for candidate in known_as("", [("phone", person.phone)], country=vacancy.country):
        same_name = plain in (candidate.plain_name, candidate.plain_other)
        if same_name and not candidate.reaches.filter(kind="email").exists():
            CandidateReach.objects.create(
                candidate=candidate, kind="email", value=person.email, normal=normal, position=99
            )
            return candidate
    return None


def _take_files(draft: Draft, candidate: Candidate, candidacy: Candidacy) -> dict[int, str]:
    """The draft's files become the candidate's, bytes where they lie; {question: key}."""
    answers = {}
    for file in draft.files.all():
        kept = CandidateFile.objects.create(
            candidate=candidate, candidacy=candidacy, is_cv=file.field == "cv", name=file.name,
            content=file.content.name, content_type=file.content_type, size=file.size,
            sha256=file.sha256,
        )  # fmt: skip
        if file.field.startswith("q"):
            answers[int(file.field[1:])] = str(kept.key)
        read_later(kept)
    draft.files.all().delete()
    return answers


def _keep_answers(candidacy: Candidacy, answers: Mapping[int, Any]) -> None:
    """First answers stay: a second form from another browser may come from somebody else."""
    own = set(candidacy.vacancy.questions.values_list("pk", flat=True))
    rows = [
        Answer(candidacy=candidacy, question_id=number, value=value)
        for number, value in answers.items()
        if number in own and value is not None
    ]
    Answer.objects.bulk_create(rows, ignore_conflicts=True)
