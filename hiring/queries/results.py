"""A round when its scores are open: agreement, ranking with its uncertainty, where they differ."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common import formats
from common.why import Why
from hiring.choices import CandidacyState
from hiring.models import Candidacy, Decision, Mark, Seat, Session
from hiring.models.session import ATTENDED
from hiring.queries.cockpit import Column, columns_of, note_of
from hiring.rules import agreement, scoring
from people.models import User

SPLIT_FROM = 2  # points between two observers
AGREE_FROM, MOSTLY_FROM = 0.7, 0.5


def _x(score: float) -> float:
    return round(8 + (score - 1) * 76, 1)


@dataclass(slots=True)
class Split:
    """Two observers far apart on one competency of one person."""

    badge: int | None
    competency: str
    high: str
    high_mark: float
    low: str
    low_mark: float

    @property
    def high_shown(self) -> str:
        return formats.number(self.high_mark, 0 if self.high_mark == int(self.high_mark) else 1)

    @property
    def low_shown(self) -> str:
        return formats.number(self.low_mark, 0 if self.low_mark == int(self.low_mark) else 1)


@dataclass(slots=True)
class Line:
    seat: Seat
    name: str
    note: str
    place: scoring.Place | None
    mean: float | None
    by_rater: list[tuple[str, float]]
    agreement: float | None
    decision: Decision | None
    waits: bool  # decided, and nobody has acted on it yet

    @property
    def drawing(self) -> dict:
        """Where things stand on a line of 320 by 40 that goes from 1 to 5."""
        place = self.place
        return {
            "mean": _x(self.mean) if self.mean is not None else None,
            "dots": [_x(min(5.0, max(1.0, score))) for _name, score in self.by_rater],
            "from": _x(place.low) if place else None,
            "width": round(max(4.0, _x(place.high) - _x(place.low)), 1) if place else None,
        }

    @property
    def rank(self) -> str:
        if self.place is None:
            return "–"
        first, last = self.place.first, self.place.last
        return str(first) if first == last else f"{first}–{last}"

    @property
    def is_split(self) -> bool:
        return self.agreement is not None and self.agreement < MOSTLY_FROM

    @property
    def agreement_words(self) -> str:
        if self.agreement is None:
            return _("one observer")
        if self.is_split:
            return _("Split")
        return pgettext("observers", "Agree") if self.agreement >= AGREE_FROM else _("Mostly agree")


@dataclass(slots=True)
class Results:
    session: Session
    columns: list[Column]
    lines: list[Line]
    raters: list[str]
    marks: int
    icc: agreement.Icc | None
    alpha: float | None
    leniency: list[tuple[str, float, float]]  # name, signed, without its sign
    splits: list[Split]
    ties: list[tuple[Line, Line, float]]
    is_ranked: bool

    @property
    def reading(self) -> str:
        return agreement.reading(self.alpha)

    @property
    def title(self) -> str:
        if not self.is_ranked:
            return _("Scores are open. There is not enough data for a ranking.")
        clear = 0
        for line in self.lines:
            if line.place.first != line.place.last:
                break
            clear += 1
        words = ngettext(
            "%(n)s score is in.", "%(n)s scores are in.", self.marks
        ) % {"n": formats.number(self.marks)}  # fmt: skip
        stands = _("Nobody stands clear.")
        if clear == len(self.lines):
            stands = _("All places are clear.")
        elif clear:
            stands = ngettext("%(n)s stands clear.", "%(n)s stand clear.", clear)
            stands %= {"n": formats.number(clear)}
        return f"{words} {stands}"

    @property
    def why(self) -> Why:
        return why_ranking(self)


def results(session: Session, reader: User) -> Results | None:
    """None until the scores are open. Starts from the marks the reader may see."""
    if session.revealed_at is None:
        return None
    columns = columns_of(session)
    weights = {column.competency.pk: column.share for column in columns}
    given, raters, number = _marks(session, reader)
    seats = _seats(session, reader)
    scores = {
        who: {
            rater: score
            for rater, marks in given.get(who, {}).items()
            if (score := scoring.rater_score(marks, weights)) is not None
        }
        for who in seats
    }
    places = {place.person: place for place in scoring.ranking(scores)}
    fair = scoring.corrected(scores)
    decisions = _decisions(session)
    lines = [
        _line(seat, given.get(who, {}), scores[who], fair, places, raters, decisions)
        for who, seat in seats.items()
    ]
    lines.sort(key=lambda line: (-(line.mean or 0), line.seat.badge or 0))
    crossed = scoring.is_crossed(scores)
    order = sorted({rater for by in scores.values() for rater in by})
    table = [[by[rater] for rater in order] for by in scores.values()] if crossed else []
    shift = scoring.leniency(scores)
    return Results(
        session=session, columns=columns, lines=lines, raters=[raters[r] for r in order],
        marks=number, icc=agreement.icc(table), alpha=_alpha(given, seats, weights),
        leniency=sorted(
            ((raters[r], by, abs(by)) for r, by in shift.items()), key=lambda row: -row[1]
        ),
        splits=_splits(given, seats, columns, raters), ties=_ties(lines) if places else [],
        is_ranked=bool(places),
    )  # fmt: skip


def _marks(session: Session, reader: User):
    """person → rater → competency → marks; names of raters; how many places were scored."""
    rows = Mark.objects.visible_to(reader).filter(sheet__session=session)
    rows = rows.values_list(
        "sheet__candidacy", "sheet__rater", "sheet__rater__name", "competency", "value"
    )
    given: dict = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    raters, number = {}, set()
    for who, rater, name, competency, value in rows:
        given[who][rater][competency].append(value)
        raters[rater] = name
        number.add((who, rater, competency))
    return given, raters, len(number)


def _seats(session: Session, reader: User) -> dict[int, Seat]:
    seats = session.seats_taken.filter(
        state__in=ATTENDED,
        candidacy__candidate__isnull=False,
        candidacy__in=Candidacy.objects.visible_to(reader).values("pk"),
    ).select_related("candidacy__candidate", "candidacy__stage")
    return {seat.candidacy_id: seat for seat in seats}


def _decisions(session: Session) -> dict[int, Decision]:
    rows = session.decisions.filter(undone_at=None).select_related("by").order_by("id")
    return {row.candidacy_id: row for row in rows}


def _line(seat, marks, scores, fair, places, raters, decisions) -> Line:
    who, candidate = seat.candidacy_id, seat.candidacy.candidate
    place, decision = places.get(who), decisions.get(who)
    corrected = fair.get(who, {})
    return Line(
        seat=seat, name=candidate.name, note=note_of(candidate), place=place,
        mean=place.score if place else scoring.candidate_score(scores),
        by_rater=sorted(((raters[r], score) for r, score in corrected.items()), key=lambda x: x[1]),
        agreement=_agreement(marks), decision=decision,
        waits=decision is not None and _waits(seat.candidacy, decision),
    )  # fmt: skip


def _waits(candidacy, decision: Decision) -> bool:
    is_active = candidacy.state == CandidacyState.ACTIVE
    not_moved = candidacy.entered_at < decision.at
    return is_active and not_moved and decision.verdict in ("take", "refuse")


def _agreement(marks: dict) -> float | None:
    """Over competencies, the mean agreement on one person."""
    by_competency = defaultdict(list)
    for given in marks.values():
        for competency, values in given.items():
            by_competency[competency].append(sum(values) / len(values))
    found = [agreement.within_group(values) for values in by_competency.values()]
    found = [value for value in found if value is not None]
    return sum(found) / len(found) if found else None


def _alpha(given, seats, weights) -> float | None:
    """Ordinal, over what was judged: a person in a competency."""
    units = [
        [round(sum(values) / len(values)) for marks in given.get(who, {}).values()
         if (values := marks.get(competency))]
        for who in seats for competency in weights
    ]  # fmt: skip
    return agreement.krippendorff(units, "ordinal")


def _splits(given, seats, columns, raters) -> list[Split]:
    """Where two observers are two points apart or more, the widest first."""
    found = []
    for who, seat in seats.items():
        for column in columns:
            marks = [
                (sum(values) / len(values), raters[rater])
                for rater, by in given.get(who, {}).items()
                if (values := by.get(column.competency.pk))
            ]
            if len(marks) < 2:
                continue
            (low_mark, low), (high_mark, high) = min(marks), max(marks)
            if high_mark - low_mark >= SPLIT_FROM:
                name = column.competency.name
                found.append(Split(seat.badge, name, high, high_mark, low, low_mark))
    return sorted(found, key=lambda split: split.low_mark - split.high_mark)


def _ties(lines: list[Line]) -> list[tuple[Line, Line, float]]:
    """Neighbours who share a place, and how far they are apart."""
    return [
        (one, other, one.mean - other.mean)
        for one, other in pairwise(lines)
        if one.place and other.place and other.place.first <= one.place.last
        and one.place.first != one.place.last
    ]  # fmt: skip


def why_ranking(found: Results) -> Why:
    people, raters = len(found.lines), len(found.raters)
    return Why(
        sentence=_(
            "A score is the weighted mean over competencies of each observer, then the mean over "
            "observers, after taking out how strict each one was. Two people are told apart when "
            "they differ by more than t × s × √(1/k + 1/k) at 90 %, with s the error of one "
            "observer pooled over all people; the others share their places."
        ),
        inputs=(
            (_("people"), formats.number(people)),
            (_("observers"), formats.number(raters)),
            (_("scores"), formats.number(found.marks)),
        ),
        rule="scoring-1",
    )
