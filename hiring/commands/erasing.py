"""What goes when a candidate is erased, table by table and place by place (trust E04).

Rows that hang on the candidate go with it. What is left of them is counted without identity:
candidacies, moves, seats, sheets with their marks, calls. Their texts are emptied first.
"""

from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone

from common import imports, tombstones
from common.choices import ImportState
from common.models import Import, Job
from hiring.choices import CallState, CandidacyState, SeatState
from hiring.models import (
    Answer,
    Call,
    CallEntry,
    Candidacy,
    Candidate,
    CandidateAccess,
    CandidateFile,
    CandidateReach,
    Consent,
    Decision,
    Draft,
    Erasure,
    Finding,
    HomeTask,
    Mark,
    MarkChange,
    Move,
    Offer,
    Seat,
    Session,
    Sheet,
)
from hiring.models.consent import GOING
from hiring.models.session import HOLDING
from people.models import Event, Notification

IMPORT_KIND = "candidates"
AT_REST = (
    ImportState.APPLIED, ImportState.UNDONE, ImportState.FAILED, ImportState.CANCELLED,
    ImportState.CHECKED, ImportState.MAPPED, ImportState.UPLOADED,
)  # fmt: skip
# Keys by which jobs name what they were about.
JOB_KEYS = ("candidate_id", "candidacy_id", "letter_id", "file_id", "offer_id", "seat_id")

# Rows that stay for the counts, with nobody's name and no words in them.
STAYING = frozenset(
    model._meta.label_lower
    for model in (
        Call, CallEntry, Candidacy, CandidateAccess, Decision, Erasure, Finding, HomeTask, Mark,
        MarkChange, Move, Seat, Sheet,
    )
)  # fmt: skip

Targets = dict[str, set[int]]


def people_of(candidate: Candidate) -> list[Candidate]:
    """The row and those that were merged into it, those first."""
    found, rest = [candidate], [candidate]
    while rest:
        rest = list(Candidate.objects.filter(merged_into__in=rest))
        found += rest
    return found[::-1]


def bury(people: Iterable[Candidate]) -> None:
    """First of all: from here on no backup brings them back."""
    rows = ((person.pk, person.created_at) for person in people)
    tombstones.bury(Candidate._meta.label_lower, rows)


def targets_of(people: Iterable[Candidate]) -> Targets:
    """{kind of object: numbers} of all that hangs on these people; what the record may be about."""
    found: Targets = {"hiring.candidate": {person.pk for person in people}}
    reached = [(Candidate, found["hiring.candidate"])]
    while reached:
        model, numbers = reached.pop()
        for child, link in _children(model):
            rows = set(child._base_manager.filter(**{f"{link}__in": numbers})
                       .values_list("pk", flat=True))  # fmt: skip
            new = rows - found.get(child._meta.label_lower, set())
            if new:
                found.setdefault(child._meta.label_lower, set()).update(new)
                reached.append((child, new))
    return found


def _children(model: type[models.Model]) -> list[tuple[type[models.Model], str]]:
    """Tables of hiring with a link to this one, but for other rows of the same kind."""
    return [
        (child, field.name)
        for child in apps.get_app_config("hiring").get_models()
        for field in child._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model is model
        and child is not model
    ]


def counts(targets: Targets, *, stay: bool) -> dict[str, int]:
    """{kind: how many rows} of those that stay, or of those that go."""
    return {
        kind.removeprefix("hiring."): len(numbers)
        for kind, numbers in sorted(targets.items())
        if (kind in STAYING) is stay
    }


def end_all(people: Iterable[Candidate]) -> None:
    """Nothing of theirs goes on: candidacies are withdrawn, chairs free, calls given up."""
    now = timezone.now()
    rows = Candidacy.objects.filter(candidate__in=people)
    for seat in Seat.objects.filter(candidacy__in=rows, state__in=HOLDING):
        freed = Seat.objects.filter(pk=seat.pk, state__in=HOLDING)
        if freed.update(state=SeatState.CANCELLED, version=F("version") + 1):
            Session.objects.filter(pk=seat.session_id).update(booked=F("booked") - 1)
    for row in rows.filter(state=CandidacyState.ACTIVE):
        Move.objects.create(
            candidacy=row, from_stage_id=row.stage_id, to_stage_id=row.stage_id,
            state=CandidacyState.WITHDRAWN, at=now,
        )  # fmt: skip
    rows.filter(state=CandidacyState.ACTIVE).update(
        state=CandidacyState.WITHDRAWN, ended_at=now, version=F("version") + 1
    )
    CallEntry.objects.filter(candidacy__in=rows, state=CallState.WAITING).update(
        state=CallState.GIVEN_UP, held_by=None, held_until=None
    )


def empty_texts(people: Iterable[Candidate]) -> None:
    """Words about them in rows that stay."""
    rows = Candidacy.objects.filter(candidate__in=people)
    Answer.objects.filter(candidacy__in=rows).delete()
    Offer.objects.filter(candidacy__in=rows).delete()
    consents = Consent.objects.filter(candidate__in=people)
    consents.update(channel=GOING)
    consents.delete()
    Finding.objects.filter(candidacy__in=rows).update(remark="")
    Decision.objects.filter(candidacy__in=rows).update(reason="")
    HomeTask.objects.filter(candidacy__in=rows).update(text="")
    sheets = Sheet.objects.filter(candidacy__in=rows)
    Mark.objects.filter(sheet__in=sheets).update(note="")
    MarkChange.objects.filter(mark__sheet__in=sheets).update(reason="")
    sheets.update(remark="", reopened_because="")
    Call.objects.filter(candidate__in=people).update(note="", candidate=None)
    delete_drafts(people)


def delete_drafts(people: Iterable[Candidate]) -> None:
    """What was typed into a public form under one of their addresses or numbers."""
    reaches = CandidateReach.objects.filter(candidate__in=people)
    known = {text for row in reaches for text in (row.value.casefold(), row.normal) if text}
    vacancies = Candidacy.objects.filter(candidate__in=people).values("vacancy")
    for draft in Draft.objects.filter(vacancy__in=vacancies):
        typed = str(draft.values).casefold()
        if any(text in typed for text in known):
            draft.delete()


def empty_record(targets: Targets) -> None:
    """The record keeps who did what when, without the values; news about them go."""
    for kind, numbers in targets.items():
        Event.objects.filter(target_kind=kind, target_id__in=numbers).without_values()
        Notification.objects.filter(target_kind=kind, target_id__in=numbers).delete()
    for key in JOB_KEYS:
        kind = key.removesuffix("_id").replace("file", "candidatefile")
        numbers = targets.get(f"hiring.{kind}", ())
        Job.objects.filter(**{f"kwargs__{key}__in": list(numbers)}).update(error="", result={})


def discard_import_files() -> int:
    """Lists that were imported hold other people too: their files go, the rows they made stay."""
    batches = Import.objects.filter(kind=IMPORT_KIND, state__in=AT_REST).exclude(path="")
    for batch in batches:
        imports.discard_files(batch)
    return batches.update(path="", report="", preview={})


def files_of(people: Iterable[Candidate]) -> list[str]:
    """Names of the bytes they uploaded."""
    rows = CandidateFile.objects.filter(candidate__in=people)
    return list(rows.values_list("content", flat=True))


def addresses_of(people: Iterable[Candidate]) -> set[str]:
    rows = CandidateReach.objects.filter(candidate__in=people, kind="email")
    return {row.normal for row in rows}


def delete_outbox(addresses: Iterable[str]) -> int:
    """Mail that waits as files, where no mail server is configured; how many files went."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    gone = 0
    for path in Path(folder).glob("*") if folder and Path(folder).is_dir() else ():
        text = path.read_bytes().lower()
        if any(address.encode() in text for address in addresses):
            path.unlink(missing_ok=True)
            gone += 1
    return gone
