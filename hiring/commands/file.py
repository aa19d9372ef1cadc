"""Papers of candidates: looked into before they are kept, read by a process that may die of them.

The stricter list of the two: a CV is a document, plain text or a picture, and never a program.
"""

import datetime as dt
from pathlib import Path

from django.core.files.base import File as DjangoFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.file_checks import CheckedFile, checked, clean_name
from common.jobs import enqueue
from common.reading.document import READABLE, words_of
from common.reading.errors import FileUnusable
from hiring.choices import FILE_KINDS
from hiring.models import Candidacy, Candidate, CandidateFile
from people import verbs
from people.commands import record
from people.models import User

MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 5
KEPT_AFTER_REMOVAL = dt.timedelta(days=30)

verbs.register(
    {
        "file.cv_kept": gettext_lazy("A file of a candidate was kept"),
        "file.cv_removed": gettext_lazy("A file of a candidate was removed"),
        "file.cv_restored": gettext_lazy("A file of a candidate was brought back"),
    }
)


def checked_paper(upload: DjangoFile) -> CheckedFile:
    """As common.file_checks.checked, for the kinds a CV comes in and at most 10 MB."""
    name = clean_name(upload.name or "")
    if name.rpartition(".")[2].lower() not in FILE_KINDS:
        raise RuleBroken(
            _("“%(name)s” cannot be taken. Send a PDF, DOCX, ODT, RTF, TXT, JPG or PNG.")
            % {"name": name}
        )
    if upload.size > MOST_BYTES:
        raise RuleBroken(_("“%(name)s” is larger than 10 MB.") % {"name": name})
    return checked(upload)


@transaction.atomic
def keep_candidate_file(
    *,
    actor: User | None = None,
    candidate_id: int,
    candidacy_id: int | None = None,
    upload: DjangoFile | CheckedFile,
    is_cv: bool = True,
) -> CandidateFile:
    """Keep an upload after looking into it; its words are read by a job. The same bytes once.

    Without an actor the candidate sends it. Candidate or Candidacy.DoesNotExist for what is not
    there or not the actor's; RuleBroken when it is no honest file or one too many.
    """
    people = Candidate.objects.editable_by(actor) if actor else Candidate.objects.present()
    candidate = people.select_for_update(of=("self",)).get(pk=candidate_id)
    candidacy = candidacy_id and Candidacy.objects.get(pk=candidacy_id, candidate=candidate)
    found = upload if isinstance(upload, CheckedFile) else checked_paper(upload)
    there = candidate.files.filter(removed_at=None)
    same = there.filter(sha256=found.sha256, name=found.name, candidacy=candidacy or None).first()
    if same:
        return same
    if there.filter(candidacy=candidacy or None).count() >= MOST_FILES:
        raise RuleBroken(_("Five files are kept for an application; remove one first."))
    file = CandidateFile(
        candidate=candidate, candidacy=candidacy or None, is_cv=is_cv, name=found.name,
        size=found.size, content_type=found.content_type, sha256=found.sha256, uploaded_by=actor,
    )  # fmt: skip
    file.content.save("", found.content, save=False)
    file.save()
    record(actor=actor, verb="file.cv_kept", target=candidate)
    read_later(file)
    return file


def read_later(file: CandidateFile) -> None:
    enqueue("hiring.jobs.read_candidate_file", key=f"cv:{file.pk}", file_id=file.pk)


def read_file(*, file_id: int) -> CandidateFile | None:
    """Keep the words of the file, or why there are none; None when the file has gone meanwhile."""
    file = CandidateFile.objects.filter(pk=file_id, removed_at=None).first()
    if file is None:
        return None
    kind = file.name.rpartition(".")[2].lower()
    text, trouble = "", ""
    if kind in READABLE:
        try:
            text = words_of(Path(file.content.path), kind)
        except FileUnusable as unusable:
            trouble = unusable.code
        except FileNotFoundError:
            trouble = "gone"
    trouble = trouble or ("" if text else "picture")
    known = CandidateFile.objects.filter(pk=file_id)
    known.update(text=text, trouble=trouble, read_at=timezone.now())
    file.refresh_from_db()
    return file


def _locked(key: str, *, actor: User) -> CandidateFile:
    return CandidateFile.objects.editable_by(actor).select_for_update(of=("self",)).get(key=key)


@transaction.atomic
def remove_candidate_file(*, actor: User, key: str) -> CandidateFile:
    """Out of sight at once, for good after thirty days."""
    file = _locked(key, actor=actor)
    if file.removed_at is None:
        file.removed_at = timezone.now()
        file.save(update_fields=["removed_at"])
        record(actor=actor, verb="file.cv_removed", target=file.candidate)
    return file


@transaction.atomic
def restore_candidate_file(*, actor: User, key: str) -> CandidateFile:
    file = _locked(key, actor=actor)
    if file.removed_at is None:
        raise RuleBroken(_("This file is there; there is nothing to bring back."))
    file.removed_at = None
    file.save(update_fields=["removed_at"])
    record(actor=actor, verb="file.cv_restored", target=file.candidate)
    return file


def delete_removed_files(*, now: dt.datetime | None = None) -> int:
    """Rows removed long ago go; the nightly tidying takes their bytes."""
    before = (now or timezone.now()) - KEPT_AFTER_REMOVAL
    return CandidateFile.objects.filter(removed_at__lt=before).delete()[0]
