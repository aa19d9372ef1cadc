import pytest

from common.errors import RuleBroken
from common.models import Job
from kpi.commands.health_weights import adopt_weights
from kpi.models import HealthWeights
from kpi.queries.reporting import reporting_day
from kpi.rules.health.score import WEIGHTS
from people.models import Event

pytestmark = pytest.mark.django_db
OTHERS = [40, 30, 0, 0, 20, 10]


def adopt(user, **fields):
    return adopt_weights(actor=user, **{"weights": OTHERS, "note": "Ours", "seen": None} | fields)


def test_adopted_weights_are_in_force_and_a_job_scores_anew(cast):
    assert HealthWeights.on(reporting_day()).weights == list(WEIGHTS)
    row = adopt(cast.dora)
    assert HealthWeights.on(reporting_day()) == row
    assert Event.objects.get().verb == "health.weights_adopted"
    assert Job.objects.get().name == "kpi.jobs.refresh_health"


@pytest.mark.parametrize(
    "wrong",
    [{"weights": [50] * 6}, {"weights": [100]}, {"note": " "}, {"weights": list(WEIGHTS)},
     {"seen": 99}],
)  # fmt: skip
def test_what_is_no_change_or_unsaid_is_refused(cast, wrong):
    with pytest.raises(RuleBroken):
        adopt(cast.dora, **wrong)
    assert not HealthWeights.objects.exists() and not Job.objects.exists()


def test_who_comes_second_sees_the_others_weights_first(cast):
    adopt(cast.dora)
    with pytest.raises(RuleBroken, match="meanwhile"):
        adopt(cast.dora, weights=[100, 0, 0, 0, 0, 0])


def test_only_directors_change_weights(cast):
    with pytest.raises(RuleBroken):
        adopt(cast.karl)
