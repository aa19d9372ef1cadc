"""How many to hire and to invite for managers that will be missing, and what was asked for so far.

Own outcomes over the company's figures: who fails or leaves (HiringSettings), who comes of those
invited (evidence of the invitation calculator), and who of a group is taken: 2-3 of eight.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from hiring.choices import CandidacyState, ProbationState, VacancyState
from hiring.models import Candidacy, HiringSettings, Need, Probation, Vacancy
from hiring.models.session import ATTENDED
from hiring.queries.invitations import evidence
from hiring.rules import needed as rules
from people.models import User

CERTAINTIES = tuple(round(100 * share) for share in rules.CERTAINTIES)
WEIGHT = 10.0  # people whom the company's own figure of attrition stands for
TAKEN, NOT_TAKEN = 2.5, 5.5  # of a group of eight
UNDER_WAY = ~Q(vacancy__state__in=(VacancyState.FILLED, VacancyState.CLOSED))


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Trials decided so far, and the share the company reckons with without them."""

    passed: int
    failed: int
    share_failing: float

    @property
    def stayed(self) -> float:
        return self.passed + WEIGHT * (1 - self.share_failing)

    @property
    def left(self) -> float:
        return self.failed + WEIGHT * self.share_failing


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """At this certainty (percent): so many hires and people to invite; `came` and `taken` are the
    shares reckoned with."""

    certainty: int
    hires: int
    invited: int
    came: float
    taken: float


def outcomes() -> Outcomes:
    counts = Probation.objects.aggregate(
        passed=Count("pk", filter=Q(state=ProbationState.PASSED)),
        failed=Count("pk", filter=Q(state=ProbationState.FAILED)),
    )
    share = HiringSettings.current().attrition_percent / 100
    return Outcomes(counts["passed"], counts["failed"], share)


def gap_answers(missing: Mapping[int, float], found: Outcomes | None = None) -> list[GapAnswer]:
    """For 80, 90 and 95 %; `missing` is {managers missing: its chance}."""
    found = found or outcomes()
    came, taken = evidence().all.rate, _taken()
    answers = []
    for certainty in CERTAINTIES:
        hires = rules.hires_for_gap(missing, max(found.stayed, 0.01), max(found.left, 0.01),
                                    certainty / 100)  # fmt: skip
        invited = rules.calls_needed(hires, [came, taken], certainty / 100) if came else 0
        answers.append(GapAnswer(certainty, hires, invited, came, taken))
    return answers


def _taken() -> float:
    """Of those who came to a session, who was hired in the end; people still under way left out."""
    came = Candidacy.objects.filter(seats__state__in=ATTENDED).exclude(state=CandidacyState.ACTIVE)
    counts = came.aggregate(
        all=Count("pk", distinct=True),
        hired=Count("pk", distinct=True, filter=Q(state=CandidacyState.HIRED)),
    )
    return (counts["hired"] + TAKEN) / (counts["all"] + TAKEN + NOT_TAKEN)


def need_under_way(reader: User) -> Need | None:
    """The one whose vacancy has not ended; there is one at a time."""
    rows = Need.objects.visible_to(reader).filter(UNDER_WAY).select_related("vacancy", "asked_by")
    return rows.first()


def need_of(vacancy: Vacancy) -> Need | None:
    return Need.objects.filter(vacancy=vacancy).select_related("asked_by").first()
