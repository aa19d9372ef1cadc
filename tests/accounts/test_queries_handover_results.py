import pytest

from accounts.models import Pulse
from accounts.queries.handover_results import results
from tests.caring import make_watched
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def make_closed(taker, before: float, now: float, **fields):
    kept = None if not before else round(now / before, 4)
    result = {
        "retained": kept, "target": 0.8, "before": before, "now": now, "in_rhythm": 1,
        "with_rhythm": 2,
    }  # fmt: skip
    return make_watched(
        make_account(owner=taker), taker, days_ago=100, state="closed", result=result, **fields
    )


def test_several_handovers_weigh_by_what_there_was_to_lose(cast):
    first = make_closed(cast.karl, 100, 90)
    make_closed(cast.karl, 50, 25)
    make_closed(cast.karl, 0, 40)
    make_watched(make_account(owner=cast.karl), cast.karl)
    for day, answer in ((30, 5), (90, 3)):
        Pulse.objects.create(
            handover=first, day=day, digest=f"{day}", language="en", answer=answer,
            expires_at=first.made_at,
        )  # fmt: skip
    (row,) = results(cast.dora)
    assert row.retained == pytest.approx(115 / 150, abs=1e-4)
    assert (row.known, row.reached, row.running, row.answer) == (2, 1, 1, 4)
    assert sorted(str(line.is_reached) for line in row.lines) == ["False", "None", "True"]


def test_managers_see_their_own_and_others_none(cast):
    make_closed(cast.karl, 100, 90)
    make_closed(cast.kim, 100, 90)
    assert [row.user for row in results(cast.dora)] == [cast.karl, cast.kim]
    assert [row.user for row in results(cast.kim)] == [cast.kim]
    assert results(cast.anna) == results(cast.rita) == results(cast.lena) == []


def test_one_handover_and_many_cost_the_same(cast, django_assert_num_queries):
    for _ in range(4):
        make_closed(cast.karl, 100, 90)
    reader = type(cast.dora).objects.get(pk=cast.dora.pk)
    assert reader.is_director
    with django_assert_num_queries(3):
        results(reader)
