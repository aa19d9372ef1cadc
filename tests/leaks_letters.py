"""A candidate with letters, calls and an offer whose every text is marked."""

import datetime as dt
import uuid
from decimal import Decimal

from django.utils import timezone

from hiring.models import Call, CallEntry, CallList, Candidate, Letter, Offer
from people.models import User
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy


def plant_letters(mark: str, *, recruiter: User) -> Candidate:
    """Nobody but recruiters reads letters and calls; nobody but who hires reads an offer."""
    candidate = make_candidate(
        f"{mark} Candidate", employer=f"{mark}-employer", summary=f"{mark}-summary",
        search_text=f"{mark.lower()} candidate",
    )  # fmt: skip
    add_reach(candidate, f"{mark.lower()}@example.org")
    vacancy = make_vacancy("A vacancy", recruiter=recruiter)
    row = make_candidacy(vacancy, candidate, stage="offer", shortlisted_at=timezone.now())
    Letter.objects.create(
        candidate=candidate, candidacy=row, language="en", address=f"{mark.lower()}@example.org",
        subject=f"{mark}-subject", body=f"{mark}-body", written_by=recruiter,
    )  # fmt: skip
    entry = CallEntry.objects.create(
        list=CallList.objects.create(vacancy=vacancy, script=f"{mark}-script"), candidacy=row
    )
    Call.objects.create(
        key=uuid.uuid4(), candidate=candidate, entry=entry, outcome="later",
        note=f"{mark}-note", by=recruiter,
    )  # fmt: skip
    Offer.objects.create(
        candidacy=row, title=f"{mark}-title", grade=2, salary=Decimal(7919133), currency="EUR",
        commission=f"{mark}-commission", starts_on=timezone.localdate(), language="en",
        expires_at=timezone.now() + dt.timedelta(days=5), made_by=recruiter, state="proposed",
    )  # fmt: skip
    return candidate
