"""Papers of candidates, as far as a reader may look."""

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring.models import Candidate, CandidateFile
from hiring.queries.timeline_line import Entry
from people.models import User

# Why a file has no words, as read by people.
READ_TROUBLES: dict[str, str | Promise] = {
    "slow": gettext_lazy("Reading this file took too long and was stopped. Download it instead."),
    "large": gettext_lazy("This file needs more memory than it is given. Download it instead."),
    "damaged": gettext_lazy("This file is damaged and cannot be read. Ask for another copy."),
    "picture": gettext_lazy("There are no words in this file: it is a picture or empty."),
    "gone": gettext_lazy("The bytes of this file are gone."),
}


def papers_to_read(reader: User) -> QuerySet[CandidateFile]:
    """Whose words this reader may read: CVs of people they may see; recruiters all papers."""
    rows = CandidateFile.objects.filter(
        candidate__in=Candidate.objects.visible_to(reader).values("pk"), removed_at=None
    ).select_related("candidate")
    return rows if reader.is_recruiter else rows.filter(is_cv=True)


def timeline_of(candidate: Candidate, reader: User) -> list[Entry]:
    """Papers of the person: recruiters only."""
    rows = CandidateFile.objects.visible_to(reader).filter(candidate=candidate, removed_at=None)
    return [
        Entry(file.uploaded_at, "paperclip", _("File: %(name)s") % {"name": file.name},
              who=str(file.uploaded_by or ""))
        for file in rows.select_related("uploaded_by")
    ]  # fmt: skip
