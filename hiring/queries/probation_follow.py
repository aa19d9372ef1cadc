"""What follows a trial that was passed: key accounts, one at a time, by a plan."""

from accounts.models import HandoverPlan
from hiring.choices import ProbationState
from hiring.models import Probation
from people.models import User


def following_plan(probation: Probation, reader: User) -> HandoverPlan | None:
    """The plan noted as following it, for whom that plan is there."""
    if probation.handover_plan_id is None:
        return None
    return HandoverPlan.objects.visible_to(reader).filter(pk=probation.handover_plan_id).first()


def offered_plan(probation: Probation, reader: User) -> HandoverPlan | None:
    """For directors: the newest plan for them made since, while none is noted."""
    is_open = probation.state == ProbationState.PASSED and probation.handover_plan_id is None
    if not (is_open and reader.is_director):
        return None
    rows = HandoverPlan.objects.visible_to(reader).filter(to_user=probation.user_id)
    return rows.filter(made_at__gte=probation.decided_at).order_by("-pk").first()
