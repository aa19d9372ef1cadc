"""Who may own what, who is on trial, what is handed over and who stands in for whom."""

from django.db import transaction
from django.utils import translation

from kpi.demo.write import World
from kpi.demo.write.care.absences import write_absences, write_control
from kpi.demo.write.care.handovers import write_handovers, write_watch
from kpi.demo.write.care.nights import write_past_nights
from kpi.demo.write.care.trials import write_trials
from people.models import Company


@transaction.atomic
def write_care(world: World) -> None:
    """After the first night, which says what is key; ties are reckoned after it."""
    with translation.override(Company.current().language):
        write_control(world)
        write_trials(world)
        write_handovers(world)
        write_absences(world)


@transaction.atomic
def write_course(world: World) -> None:
    """What follows from ties: what the watch measures against, and the nights of a quarter."""
    with translation.override(Company.current().language):
        write_watch(world)
        write_past_nights(world)
