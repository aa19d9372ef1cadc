"""Tries the forecast on the company's own past once a quarter, and keeps what came of it."""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import jobs
from common.errors import RuleBroken
from common.jobs import silent
from common.models import Job
from kpi.commands.night import Progress
from kpi.models import Backtest
from kpi.queries import chances
from kpi.queries.backtest import Report, backtest
from kpi.rules.chance import VERSION
from people import commands as people
from people import verbs
from people.models import User

JOB = "kpi.jobs.backtest"

verbs.register({"backtest.asked": gettext_lazy("tried the forecast on the past")})


def keep_backtest(*, day: dt.date, again: bool = False, progress: Progress = silent) -> Backtest:
    """The back-test of the last quarter that ended before `day`; made unless it stands already.

    Safe to kill and to run twice: it is read for seconds and written in one row at the end.
    """
    found = None if again else chances.kept(day)
    return found or _write(backtest(chances.quarter_before(day), progress=progress))


def _write(report: Report) -> Backtest:
    trials = [
        {
            "day": dt.date.fromordinal(one.day).isoformat(),
            "everybody": {name: asdict(figures) for name, figures in one.everybody.items()},
            "told": {name: asdict(figures) for name, figures in one.told.items()},
        }
        for one in report.trials
    ]
    kept = {
        "horizon": report.horizon,
        "first_day": report.first_day,
        "known_until": report.known_until,
        "shown": report.gate.shown or "",
        "reason": report.gate.reason,
        "report": {
            "trials": trials,
            "dates": report.dates,
            "lost": report.lost,
            "deciles": report.deciles,
        },
        "learnt": report.learnt,
        "rule_version": VERSION,
    }
    return Backtest.objects.update_or_create(as_of=report.as_of, defaults=kept)[0]


@transaction.atomic
def try_again(*, actor: User) -> Job:
    """Try the last quarter anew now, as after an import; asked twice, it is done once."""
    if not actor.is_director:
        raise RuleBroken(_("Only a sales director tries the forecast again."))
    job = jobs.enqueue(JOB, key="backtest", by=actor)
    people.record(actor=actor, verb="backtest.asked", target=job)
    return job
