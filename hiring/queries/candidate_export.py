"""Everything we hold about a candidate, for the candidate: a ZIP of JSON and their files (E06).

What is about the person is in it, our notes included. What is about colleagues is not: raters stay
unnamed, and of who looked at the card only the role and the day are told.
"""

import io
import json
import zipfile
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from hiring.models import (
    Answer,
    Call,
    Candidacy,
    Candidate,
    CandidateAccess,
    CandidateFile,
    CandidateNote,
    CandidateReach,
    Consent,
    Decision,
    DetailChange,
    HomeTask,
    LegalHold,
    Letter,
    Mark,
    Move,
    Offer,
    Seat,
    Sheet,
)

FORMAT = "kamhub-candidate-1"
PERSON = (
    "name", "other_name", "language", "city", "country", "time_zone", "employer", "manager",
    "title", "years_in_sales", "pay_wish", "pay_currency", "summary", "source",
    "wants_no_letters", "wants_no_calls", "manager_may_know", "created_at",
)  # fmt: skip
# Table → (path from it to the candidate, what is told); an entry of its own in the JSON.
TOLD: dict[type[models.Model], tuple[str, tuple[str, ...]]] = {
    CandidateReach: ("candidate", ("kind", "value", "is_wrong")),
    DetailChange: ("candidate", ("field", "old", "new", "asked_at", "done_at")),
    CandidateNote: ("candidate", ("at", "text")),
    CandidateFile: ("candidate", ("name", "size", "sha256", "uploaded_at", "text")),
    Consent: (
        "candidate",
        ("text__purpose", "text__version", "text__language", "text__text", "channel", "ip_prefix",
         "given_at", "withdrawn_at"),
    ),
    Letter: ("candidate", ("kind", "subject", "body", "address", "state", "send_at", "sent_at")),
    LegalHold: ("candidate", ("reason", "made_at", "until", "ended_at")),
    Call: ("candidate", ("at", "outcome", "note", "call_back_at")),
    Candidacy: (
        "candidate",
        ("vacancy__title", "state", "source", "created_at", "applied_at", "ended_at",
         "reject_reason__code"),
    ),
    Answer: ("candidacy__candidate", ("question__labels", "value", "at")),
    Move: ("candidacy__candidate", ("from_stage__names", "to_stage__names", "state", "at")),
    Seat: (
        "candidacy__candidate",
        ("session__starts_at", "session__place", "state", "badge", "invited_at", "booked_at"),
    ),
    Sheet: ("candidacy__candidate", ("kind", "held_at", "submitted_at", "remark")),
    Mark: ("sheet__candidacy__candidate", ("competency__code", "value", "note")),
    Decision: ("candidacy__candidate", ("verdict", "reason", "at")),
    HomeTask: (
        "candidacy__candidate",
        ("version__texts", "state", "sent_at", "due_at", "text", "submitted_at"),
    ),
    Offer: (
        "candidacy__candidate",
        ("state", "title", "grade", "salary", "currency", "commission", "conditions", "starts_on",
         "sent_at", "answered_at", "answer_note"),
    ),
}  # fmt: skip
# Tables with a way to the candidate that are not told, each with the reason.
TRIAL = (
    "probation", "probationaccount", "probationgoal", "probationday", "checkin", "evidence",
    "evidencefile",
)  # fmt: skip
LEFT_OUT = {
    "candidatelink": "a key to the person's page; telling it would open the page",
    "candidateaccess": "told by role and day, not by name",
    "candidatemerge": "which of our rows were one; what they held is told",
    "erasure": "the person's own wish, shown on their page",
    "callentry": "our order of calling; the calls are told",
    "finding": "what a rule proposed; the answers and the decision are told",
    "markchange": "corrections by colleagues; the marks in force are told",
    **dict.fromkeys(TRIAL, "their work here; they read it on the page of the trial"),
}


# Marks that observers may not read of each other yet are not told by the back door either.
BLIND = {Sheet: "pk", Mark: "sheet"}


def candidate_data(candidate: Candidate) -> dict[str, Any]:
    """All tables as plain values; times with their zone, money as text."""
    data: dict[str, Any] = {
        "format": FORMAT,
        "made_at": timezone.now(),
        "basics": _basics(candidate),
        "person": {field: getattr(candidate, field) for field in PERSON},
    }
    for table, (way, fields) in TOLD.items():
        rows = table._base_manager.filter(**{way: candidate}).order_by("pk")
        if table in BLIND:
            rows = rows.filter(**{f"{BLIND[table]}__in": Sheet.objects.opened().values("pk")})
        data[table._meta.model_name] = list(rows.values(*fields))
    data["seen_by"] = _seen_by(candidate)
    return data


def _basics(candidate: Candidate) -> dict[str, Any]:
    """The neutral part that other systems read: JSON Resume's `basics`."""
    reaches = {row.kind: row.value for row in candidate.reaches.order_by("-position", "-id")}
    return {
        "name": candidate.name,
        "label": candidate.title,
        "email": reaches.get("email", ""),
        "phone": reaches.get("phone", ""),
        "url": reaches.get("profile", ""),
        "summary": candidate.summary,
        "location": {"city": candidate.city, "countryCode": candidate.country},
    }


def _seen_by(candidate: Candidate) -> list[dict[str, Any]]:
    """Which roles looked, what they did and on which day."""
    rows = CandidateAccess.objects.filter(candidate=candidate).order_by("at")
    rows = rows.select_related("actor").prefetch_related("actor__role_grants")
    return [
        {"day": timezone.localdate(row.at), "act": row.act, "role": _roles(row)} for row in rows
    ]


def _roles(row: CandidateAccess) -> list[str]:
    return sorted(grant.role for grant in row.actor.role_grants.all()) if row.actor else []


def candidate_archive(candidate: Candidate) -> bytes:
    """The ZIP: `data.json` and `files/`, each under a number and its own name's ending."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(
            candidate_data(candidate), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1
        )
        archive.writestr("data.json", text)
        for number, file in enumerate(candidate.files.filter(removed_at=None), start=1):
            for content in _bytes_of(file):
                archive.writestr(f"files/{number}{_ending(file.name)}", content)
    return out.getvalue()


def _bytes_of(file: CandidateFile) -> Iterable[bytes]:
    """The bytes, or nothing where they are gone from the disk or shut away."""
    if file.is_shut:
        return
    try:
        with file.content.open("rb") as stream:
            yield stream.read()
    except FileNotFoundError:
        return


def _ending(name: str) -> str:
    """ ".pdf"; only letters and digits, for it becomes part of a path."""
    ending = name.rpartition(".")[2] if "." in name else ""
    return f".{ending.lower()}" if ending.isascii() and ending.isalnum() else ""
