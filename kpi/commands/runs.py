"""What a person may ask of the night's work."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands.policy import start_recompute
from common import jobs
from common.errors import RuleBroken
from common.models import Job
from people import commands as people
from people import verbs
from people.models import User

verbs.register(
    {
        "job.started": gettext_lazy("started the work"),
        "job.stopped": gettext_lazy("stopped the work"),
    }
)


@transaction.atomic
def compute_day(*, actor: User, day: dt.date, newest: dt.date) -> Job:
    """Start the night's work of `day` now; while it waits or runs, the same row is returned.

    A day before `newest` takes the figures back to that day, until the next night.
    """
    if not actor.is_director:
        raise RuleBroken(_("Only a sales director starts the computation."))
    if day >= newest:
        job = start_recompute(by=actor, day=newest)
    else:
        as_of = day.isoformat()
        job = jobs.enqueue("kpi.jobs.recompute", key=f"recompute:{as_of}", by=actor, as_of=as_of)
    people.record(actor=actor, verb="job.started", target=job, as_of=day.isoformat())
    return job


@transaction.atomic
def stop_job(*, actor: User, job: Job) -> None:
    """Ask a job to stop at its next safe point; its starter, directors, administrators may."""
    if not (actor.is_director or actor.is_administrator or job.created_by_id == actor.pk):
        raise RuleBroken(_("Only who started it, a director or an administrator stops it."))
    if job.is_finished:
        raise RuleBroken(_("It has ended already."))
    people.record(actor=actor, verb="job.stopped", target=job)
    jobs.cancel(job.pk)
