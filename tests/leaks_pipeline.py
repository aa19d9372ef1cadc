"""Candidates in every stage of a vacancy, with notes, reasons, sessions and calls of theirs."""

import datetime as dt

from django.utils import timezone

from hiring.choices import StageKind
from hiring.commands.reject_reason import install_reject_reasons
from hiring.models import CallEntry, CallList, CandidateNote, RejectReason
from people.models import User
from tests.recruiting import make_candidacy, make_candidate, make_seat, make_session, make_vacancy


def plant_pipeline(recruiter: User, mark: str) -> None:
    """On a vacancy that is not public, so that not even its title is everybody's."""
    install_reject_reasons()
    now = timezone.now()
    vacancy = make_vacancy(f"{mark} vacancy", recruiter=recruiter, state="held")
    session = make_session(vacancy, title=f"{mark}-session", place=f"{mark}-place")
    calls = CallList.objects.create(vacancy=vacancy, script=f"{mark}-script")
    for kind in StageKind.values:
        person = make_candidate(
            f"{mark} Person", employer=f"{mark}-employer", title=f"{mark}-title",
            city=f"{mark}-city", summary=f"{mark}-summary", search_text=mark.lower(),
        )  # fmt: skip
        row = make_candidacy(
            vacancy, person, stage=kind, entered_at=now - dt.timedelta(days=30),
            applied_at=now, shortlisted_at=now,
        )  # fmt: skip
        make_seat(session, row)
        CandidateNote.objects.create(candidate=person, candidacy=row, text=f"{mark}-note")
        CallEntry.objects.create(list=calls, candidacy=row)
    reason = RejectReason.objects.first()
    make_candidacy(
        vacancy, make_candidate(f"{mark} Gone"), state="rejected", ended_at=now,
        ended_by=recruiter, reject_reason=reason,
    )  # fmt: skip
