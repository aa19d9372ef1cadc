"""A rater's scorecards: what is asked, the kit for it, the others' once one's own is in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from common.i18n import pick
from hiring.choices import SessionState, SheetKind
from hiring.models import (
    Candidacy,
    Candidate,
    CandidateFile,
    KitQuestion,
    Mark,
    ProfileCompetency,
    Session,
    Sheet,
)
from hiring.queries.timeline_line import Entry
from hiring.rules.scoring import rater_score
from hiring.rules.validity import Validity, validity_of
from people.models import User

LONGEST_CV = 20_000


@dataclass(frozen=True, slots=True)
class Question:
    text: str
    looks_for: str


@dataclass(slots=True)
class Item:
    """A competency of the sheet: its five anchors, the reader's mark, questions for it."""

    weight: ProfileCompetency
    share: float
    mark: int | None
    questions: list[Question]

    @property
    def anchors(self) -> list[tuple[int, str]]:
        competency = self.weight.competency
        return [(mark, competency.anchor(mark)) for mark in range(1, 6)]


@dataclass(slots=True)
class Card:
    """What the asked rater sees: no pay, no employer, no ways to reach the person."""

    sheet: Sheet
    title: str
    facts: list[str]
    summary: str
    cv: str
    items: list[Item]
    general: list[Question]
    validity: Validity | None
    others: list["Other"]
    others_wait: int

    @property
    def is_open(self) -> bool:
        return self.sheet.submitted_at is None

    @property
    def scored(self) -> int:
        return sum(item.mark is not None for item in self.items)


@dataclass(slots=True)
class Other:
    rater: str
    score: float | None
    marks: list[tuple[str, int]]
    remark: str
    at: dt.datetime | None


def own_sheet(reader: User, pk: int) -> Sheet:
    """One the reader is asked for, in the window; Sheet.DoesNotExist otherwise, or of an erased."""
    rows = Sheet.objects.within_window(reader).select_related(
        "candidacy__candidate", "candidacy__vacancy__profile", "home_task__version__task", "session"
    )
    return rows.exclude(candidacy__candidate=None).get(pk=pk)


def is_blind(sheet: Sheet) -> bool:
    return sheet.home_task_id is not None


def card(sheet: Sheet, reader: User) -> Card:
    marks = {mark.competency_id: mark.value for mark in sheet.marks.filter(exercise=None)}
    weights = weights_of(sheet)
    total = sum(row.weight for row in weights) or 1
    questions = _questions(sheet)
    candidate = sheet.candidacy.candidate
    blind = is_blind(sheet)
    return Card(
        sheet=sheet,
        title=sheet.home_task.code if blind else candidate.name,
        facts=[] if blind else _facts(candidate),
        summary="" if blind else candidate.summary,
        cv="" if blind else cv_text(sheet.candidacy),
        items=[
            Item(row, row.weight / total, marks.get(row.competency_id),
                 questions.get(row.competency_id, []))
            for row in weights
        ],
        general=questions.get(None, []),
        validity=validity_of(sheet.kind),
        others=others(sheet, reader),
        others_wait=0 if blind else _waiting(sheet),
    )  # fmt: skip


def weights_of(sheet: Sheet) -> list[ProfileCompetency]:
    rows = ProfileCompetency.objects.filter(profile=sheet.candidacy.vacancy.profile_id)
    return list(rows.filter(weight__gt=0).select_related("competency"))


def _facts(candidate: Candidate) -> list[str]:
    years = candidate.years_in_sales
    told = _("years in sales: %(n)s") % {"n": years} if years is not None else ""
    return [part for part in (candidate.title, told, candidate.city) if part]


def cv_text(candidacy: Candidacy) -> str:
    """The words of the newest CV; the file itself is not handed out here."""
    rows = CandidateFile.objects.filter(candidate=candidacy.candidate_id, is_cv=True)
    text = rows.exclude(text="").order_by("-id").values_list("text", flat=True).first()
    return (text or "")[:LONGEST_CV]


def _questions(sheet: Sheet) -> dict[int | None, list[Question]]:
    """Those of the round by competency; for one profile only, or for all."""
    rows = KitQuestion.objects.filter(round=sheet.kind, retired_at=None)
    rows = rows.filter(Q(profile=None) | Q(profile=sheet.candidacy.vacancy.profile_id))
    asked = {row.competency_id for row in weights_of(sheet)}
    found = defaultdict(list)
    for row in rows:
        question = Question(pick(row.texts), pick(row.looks_for))
        if row.competency_id is None or row.competency_id in asked:
            found[row.competency_id].append(question)
        elif sheet.kind == SheetKind.LANGUAGE:
            found[None].append(question)
    return found


def others(sheet: Sheet, reader: User) -> list[Other]:
    """Other raters' sheets of the same person and round, as far as the reader may see them."""
    rows = Sheet.objects.visible_to(reader).filter(kind=sheet.kind)
    if sheet.home_task_id:
        rows = rows.filter(home_task=sheet.home_task_id)
    else:
        rows = rows.filter(candidacy=sheet.candidacy_id, session=sheet.session_id)
    return told_of(rows.exclude(pk=sheet.pk).exclude(rater=reader))


def told_of(rows: QuerySet[Sheet]) -> list[Other]:
    """Of sheets the caller has got through visible_to."""
    sheets = list(rows.select_related("rater", "candidacy__vacancy"))
    marks = defaultdict(list)
    found = Mark.objects.filter(sheet__in=[sheet.pk for sheet in sheets])
    for mark in found.select_related("competency"):
        marks[mark.sheet_id].append(mark)
    weights = _weights({sheet.candidacy.vacancy.profile_id for sheet in sheets})
    return [_other(sheet, marks[sheet.pk], weights) for sheet in sheets]


def _weights(profiles: set[int]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for row in ProfileCompetency.objects.filter(profile__in=profiles):
        found[row.profile_id][row.competency_id] = row.weight
    return found


def _other(sheet: Sheet, marks: list[Mark], weights) -> Other:
    by_competency = defaultdict(list)
    for mark in marks:
        by_competency[mark.competency_id].append(mark.value)
    return Other(
        rater=str(sheet.rater),
        score=rater_score(by_competency, weights[sheet.candidacy.vacancy.profile_id]),
        marks=[(mark.competency.name, mark.value) for mark in marks],
        remark=sheet.remark,
        at=sheet.submitted_at,
    )


def _waiting(sheet: Sheet) -> int:
    """How many others are asked for the same and have handed in: a number, never more."""
    rows = Sheet.objects.filter(
        candidacy=sheet.candidacy_id, kind=sheet.kind, session=sheet.session_id, home_task=None
    )
    return rows.exclude(pk=sheet.pk).filter(submitted_at__isnull=False).count()


@dataclass(slots=True)
class Mine:
    due: list[Sheet]
    done: list[Sheet]
    sessions: list[Session]


def mine(reader: User, now: dt.datetime | None = None) -> Mine:
    """What the reader owes and has given, in the window, and the sessions they observe."""
    rows = Sheet.objects.within_window(reader, now).exclude(candidacy__candidate=None)
    rows = rows.select_related("candidacy__candidate", "candidacy__vacancy", "home_task")
    single = rows.filter(session=None)
    sessions = Session.objects.filter(
        pk__in=reader.observed_sessions.within_window(reader, now).values("session")
    ).exclude(state=SessionState.CANCELLED)
    return Mine(
        due=list(single.filter(submitted_at=None).order_by("held_at", "pk")),
        done=list(single.exclude(submitted_at=None).order_by("-submitted_at")),
        sessions=list(sessions.select_related("vacancy").order_by("starts_at")),
    )


def owed(reader: User) -> int:
    """How many scorecards wait for the reader."""
    rows = Sheet.objects.within_window(reader).filter(submitted_at=None, session=None)
    return rows.exclude(candidacy__candidate=None).count()


@dataclass(slots=True)
class Asked:
    """A sheet on the candidate's card: who was asked; what they gave only when it is open."""

    sheet: Sheet
    told: Other | None


def asked_of(candidacies: Iterable[Candidacy], reader: User) -> list[Asked]:
    """All sheets about these candidacies; marks only of those the reader may see."""
    ids = [candidacy.pk for candidacy in candidacies]
    rows = Sheet.objects.filter(candidacy__in=ids).order_by(F("held_at").desc(), "pk")
    sheets = list(rows.select_related("rater", "session", "home_task", "candidacy__vacancy"))
    open_rows = Sheet.objects.visible_to(reader).filter(candidacy__in=ids)
    open_rows = open_rows.filter(submitted_at__isnull=False).order_by("pk")
    told = dict(zip(open_rows.values_list("pk", flat=True), told_of(open_rows), strict=True))
    return [Asked(sheet, told.get(sheet.pk)) for sheet in sheets]


def timeline_of(candidate: Candidate, reader: User) -> list[Entry]:
    """That somebody was asked and has answered; never what. Raters read of themselves only."""
    rows = Sheet.objects.filter(candidacy__candidate=candidate, home_task=None)
    if not reader.hires:
        rows = rows.filter(rater=reader)
    rows = rows.filter(candidacy__in=Candidacy.objects.visible_to(reader).values("pk"))
    entries = []
    for sheet in rows.select_related("rater", "session"):
        entries.append(_entry(sheet, sheet.asked_at, _("Scorecard asked for: %(round)s")))
        if sheet.submitted_at:
            entries.append(_entry(sheet, sheet.submitted_at, _("Scorecard given: %(round)s")))
    return entries


def _entry(sheet: Sheet, at: dt.datetime, words: str) -> Entry:
    url = ""
    if sheet.session_id and sheet.session.revealed_at and sheet.submitted_at:
        url = reverse("hiring:results_page", args=[sheet.session_id])
    sentence = words % {"round": sheet.get_kind_display()}
    return Entry(at=at, icon="list-check", sentence=sentence, url=url, who=str(sheet.rater))
