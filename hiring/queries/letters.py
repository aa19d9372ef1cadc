"""Letters as recruiters read them: what waits, what failed, one batch, one person's."""

import uuid
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from common.folding import fold
from hiring.choices import LetterState
from hiring.models import Candidate, Letter, LetterTemplate
from hiring.queries.letter import trouble_words
from hiring.queries.timeline_line import Entry
from people.models import User

VIEWS = (LetterState.QUEUED, LetterState.FAILED, LetterState.STOPPED, LetterState.SENT)
TONES = {LetterState.SENT: "pos", LetterState.FAILED: "dan", LetterState.STOPPED: "cau"}


def letters(reader: User, *, view: str, q: str = "") -> QuerySet[Letter]:
    """Of one state: what goes next first, what went last first."""
    rows = Letter.objects.visible_to(reader).filter(state=view)
    if q.strip():
        rows = rows.filter(candidate__search_text__contains=fold(q))
    rows = rows.select_related("candidate", "written_by")
    return rows.order_by("send_at", "pk") if view == LetterState.QUEUED else rows.order_by("-pk")


def numbers(reader: User) -> dict[str, int]:
    rows = Letter.objects.visible_to(reader).order_by().values("state")
    found = {row["state"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    return {view: found.get(view, 0) for view in VIEWS}


def templates(reader: User) -> list[LetterTemplate]:
    """In use first."""
    rows = LetterTemplate.objects.visible_to(reader)
    return sorted(rows, key=lambda row: (row.retired_at is not None, row.kind, row.name))


@dataclass(frozen=True, slots=True)
class Batch:
    """How far a letter to many is."""

    total: int
    sent: int
    waiting: int
    failed: int
    stopped: int
    reasons: list[tuple[str, int]]

    @property
    def done(self) -> int:
        return self.sent + self.failed

    @property
    def going(self) -> int:
        return self.sent + self.failed + self.waiting


def batch(reader: User, key: uuid.UUID) -> Batch | None:
    """None when nobody was written to under this key."""
    rows = Letter.objects.visible_to(reader).filter(cause=f"many:{key}")
    found = {
        (row["state"], row["trouble"]): row["n"]
        for row in rows.order_by().values("state", "trouble").annotate(n=Count("pk"))
    }
    if not found:
        return None

    def of(state: str) -> int:
        return sum(number for (is_in, _trouble), number in found.items() if is_in == state)

    return Batch(
        total=sum(found.values()),
        sent=of(LetterState.SENT),
        waiting=of(LetterState.QUEUED),
        failed=of(LetterState.FAILED),
        stopped=of(LetterState.STOPPED),
        reasons=reasons(found),
    )


def reasons(found: dict[tuple[str, str], int]) -> list[tuple[str, int]]:
    """Why letters did not go, the most frequent first."""
    said: dict[str, int] = {}
    for (_state, trouble), number in found.items():
        if trouble:
            words = trouble_words(Letter(trouble=trouble))
            said[words] = said.get(words, 0) + number
    return sorted(said.items(), key=lambda pair: -pair[1])


def timeline_of(candidate: Candidate, reader: User) -> list[Entry]:
    """Every letter that was written, also those that did not go; recruiters only."""
    rows = Letter.objects.visible_to(reader).filter(candidate=candidate)
    found = []
    for letter in rows.select_related("written_by"):
        words = {"subject": letter.subject, "state": letter.get_state_display()}
        found.append(
            Entry(
                at=letter.sent_at or letter.written_at,
                icon="envelope",
                sentence=_("Letter “%(subject)s”: %(state)s") % words,
                url=f"/hiring/letters/{letter.pk}/",
                who=str(letter.written_by or ""),
                text=trouble_words(letter),
                tone="" if letter.state == LetterState.SENT else TONES.get(letter.state, ""),
            )
        )
    return found
