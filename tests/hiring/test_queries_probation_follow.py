"""The plan of handovers that follows a trial."""

import pytest

from accounts.models import HandoverPlan
from hiring.commands.probation_decision import attach_plan, pass_probation
from hiring.queries.probation_follow import following_plan, offered_plan
from people.models import company_day
from tests.cast import make_cast
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


def test_a_plan_made_since_is_offered_to_directors_until_it_is_noted():
    cast = make_cast()
    trial = make_probation(cast, "running", starts_on=company_day())
    HandoverPlan.objects.create(to_user=cast.karl, starts_on=company_day())
    assert offered_plan(trial, cast.dora) is None
    trial = pass_probation(actor=cast.dora, probation_id=trial.pk, reasons="Well done")
    assert offered_plan(trial, cast.dora) is None  # made before it was passed
    plan = HandoverPlan.objects.create(to_user=cast.karl, starts_on=company_day())
    assert offered_plan(trial, cast.dora) == plan and offered_plan(trial, cast.lena) is None
    trial = attach_plan(actor=cast.dora, probation_id=trial.pk, plan=plan)
    assert offered_plan(trial, cast.dora) is None
    assert following_plan(trial, cast.dora) == following_plan(trial, cast.karl) == plan
    assert following_plan(trial, cast.lena) is None
