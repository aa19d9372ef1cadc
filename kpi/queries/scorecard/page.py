"""A scorecard put together: lines against the last one-to-one, the talks, the judgements."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Scoring
from accounts.models.coverage import people_led
from kpi.models import Appraisal, OneToOne
from kpi.queries.plans.standing import Line as PlanLine
from kpi.queries.scorecard.lines import Line, lines, readings_of
from kpi.queries.scorecard.plan import plan_line
from kpi.queries.scorecard.work import Work, work_of
from people.models import User, company_day

TALKS = 12


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`last` is the newest talk the reader took part in; it kept the figures of its day."""

    manager: User
    day: dt.date | None
    lines: list[Line]
    work: Work
    plan: PlanLine | None
    talks: list[OneToOne]
    appraisals: list[Appraisal]
    is_own: bool
    may_hold: bool
    may_assess: bool

    @property
    def last(self) -> OneToOne | None:
        return self.talks[0] if self.talks else None

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.is_changed]


def scorecard(reader: User, manager: User, currency: str) -> Scorecard:
    """The caller has obtained `manager` through scored_people. A constant number of queries."""
    is_own = reader.pk == manager.pk
    is_lead = reader.is_director or people_led(reader).filter(user=manager).exists()
    found = readings_of(manager, with_team=is_lead and not is_own)
    talks = OneToOne.objects.visible_to(reader).standing().filter(manager=manager)
    talks = list(talks.select_related("held_by", "manager").prefetch_related("points")[:TALKS])
    before = talks[0].readings if talks else {}
    today = company_day()
    as_of = Scoring.current().as_of or today
    shown = Appraisal.objects.visible_to(reader).filter(manager=manager).select_related("by")
    return Scorecard(
        manager=manager,
        day=found.day,
        lines=lines(found, before, currency),
        work=work_of(reader, manager, as_of=as_of, today=today),
        plan=plan_line(reader, manager, as_of),
        talks=talks,
        appraisals=list(shown[:TALKS]),
        is_own=is_own,
        may_hold=is_lead and not is_own,
        may_assess=reader.is_director and not is_own,
    )
