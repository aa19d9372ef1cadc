"""What the six parts weigh: a director adopts other weights, and takes them back."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import dbops
from common.errors import RuleBroken
from common.jobs import enqueue
from kpi.models import HealthWeights
from kpi.queries.reporting import reporting_day
from kpi.rules.health.score import are_weights
from people import verbs
from people.commands import record
from people.models import User

verbs.register({"health.weights_adopted": gettext_lazy("adopted other weights of health")})


@transaction.atomic
def adopt_weights(
    *, actor: User, weights: Sequence[int], note: str, seen: int | None
) -> HealthWeights:
    """From now on; `seen` is the row in force when they were chosen (None: ours).

    A job scores all accounts anew.
    """
    if not actor.is_director:
        raise RuleBroken(_("Only a sales director changes the weights."))
    if not are_weights(weights):
        raise RuleBroken(_("Six whole weights make 100 together. Nothing was changed."))
    if not note.strip():
        raise RuleBroken(_("Write why the weights change. Nothing was changed."))
    dbops.take_turn("health-weights")
    day = reporting_day()
    now = HealthWeights.on(day)
    if now.pk != seen:
        raise RuleBroken(_("Somebody adopted other weights meanwhile; look at theirs first."))
    if list(weights) == now.weights:
        raise RuleBroken(_("These are the weights in force."))
    found = HealthWeights.objects.create(
        weights=list(weights), note=note.strip(), adopted_on=day, by=actor
    )
    record(
        actor=actor, verb="health.weights_adopted", target=found,
        changes={"weights": [now.weights, found.weights]}, note=found.note,
    )  # fmt: skip
    enqueue("kpi.jobs.refresh_health", key=f"health-weights:{found.pk}")
    return found
