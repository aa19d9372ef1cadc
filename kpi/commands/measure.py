"""What the company wants of a measure: a director sets it, and every setting stays on record."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import dbops
from common.errors import RuleBroken
from kpi.choices import Better, Unit
from kpi.models import MeasureSetting
from kpi.queries.measures import BY_CODE
from people import commands as people
from people import verbs
from people.models import Company, User

verbs.register({"kpi.measure_set": gettext_lazy("set what is wanted of a measure")})
LOCK = "measures"
NOTE = 300


@transaction.atomic
def set_measure(
    *,
    actor: User,
    code: str,
    target: Decimal | None,
    owner: User | None,
    is_shown: bool,
    note: str = "",
    seen: int = 0,
) -> MeasureSetting:
    """`seen`: the newest setting the actor knew of (0: none); nobody overwrites unseen."""
    definition = BY_CODE.get(code)
    if not actor.is_director or definition is None:
        raise RuleBroken(_("Only a director sets what is wanted of a measure."))
    dbops.take_turn(LOCK)
    newest = MeasureSetting.objects.filter(code=code).first()
    if newest is not None and newest.pk != seen:
        raise RuleBroken(
            _("Somebody changed this meanwhile. Read the newest setting below, then save again.")
        )
    if target is not None and definition.better == Better.NEITHER:
        raise RuleBroken(_("This figure is shown and never a quota, so it has no target."))
    if target is not None and definition.unit == Unit.SHARE and not 0 <= target <= 1000:
        raise RuleBroken(_("A target in percent lies between 0 and 1,000. Nothing was saved."))
    row = MeasureSetting.objects.create(
        code=code, target=target, owner=owner, is_shown=is_shown, note=note.strip()[:NOTE], by=actor
    )
    people.record(
        actor=actor,
        verb="kpi.measure_set",
        target=Company.current(),
        measure=code,
        wanted="" if target is None else str(target),
    )
    return row
