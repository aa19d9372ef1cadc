"""What the writers of hiring share: the plan and the rows made so far."""

from dataclasses import dataclass, field

from hiring.models import Candidacy, SearchTier, Session, Stage, Vacancy
from kpi.demo.hiring import CandidatePlan, HiringPlan


@dataclass
class Book:
    """`stages` and `tiers` by (vacancy, kind); `candidacies` by the candidate's number."""

    plan: HiringPlan
    vacancies: dict[str, Vacancy] = field(default_factory=dict)
    stages: dict[tuple[str, str], Stage] = field(default_factory=dict)
    tiers: dict[tuple[str, str], SearchTier] = field(default_factory=dict)
    candidacies: dict[int, Candidacy] = field(default_factory=dict)
    sessions: list[Session] = field(default_factory=list)

    def people(self, vacancy: str) -> list[tuple[CandidatePlan, Candidacy]]:
        """The planned people of a vacancy with their rows."""
        return [(row, self.candidacies[row.number]) for row in self.plan.by_vacancy[vacancy]]
