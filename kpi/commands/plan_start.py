"""Ways to begin the plan of a year that somebody then goes on with."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from kpi.commands.plan import create_draft, only_the_director
from kpi.models import PlanVersion
from kpi.queries.plans.beginning import lines_from_last_year
from people.models import User

LEAST, MOST = Decimal(-90), Decimal(900)


@transaction.atomic
def draft_from_last_year(
    *, actor: User, year: int, percent: Decimal, day: dt.date, today: dt.date
) -> PlanVersion:
    """By whoever holds the accounts `today`; `day` is the figures' own."""
    only_the_director(actor)
    if not LEAST <= percent <= MOST:
        raise RuleBroken(_("Growth lies between −90 and +900 per cent. No draft was made."))
    lines = lines_from_last_year(year, day=day, today=today, percent=percent)
    if not lines:
        raise RuleBroken(
            _("Nobody who holds accounts today sold anything then. Begin with an empty plan.")
        )
    note = _("Last year’s sales %(percent)s %%") % {"percent": f"{percent.normalize():+f}"}
    return create_draft(
        actor=actor, year=year, note=note, lines=lines, how=f"last year {percent.normalize():+f}"
    )
