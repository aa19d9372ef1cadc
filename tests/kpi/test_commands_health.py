"""The night's scoring of health: what it writes, what it leaves, and in which order."""

from threading import Thread

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AccountScore, Scoring, ShownHealth
from common.dbops import exclusive
from kpi.commands.health import LOCK, refresh_health
from kpi.commands.health_weights import adopt_weights
from kpi.models import Health, HealthDay, HealthOverride, Judgement
from kpi.queries.health import of
from kpi.queries.health.sheet import sheet
from people.choices import Role
from tests.cast import make_account, make_user
from tests.kpi.facts import make_day
from tests.kpi.health import (
    DAY,
    day_before,
    health,
    make_score,
    make_scoring,
    make_talk,
    make_whole,
)

pytestmark = pytest.mark.django_db
# Days since the last order and since the last talk, and the energy of the tie.
talks = st.tuples(st.integers(0, 60), st.integers(0, 40), st.integers(1, 30))


def everything() -> list:
    rows = list(Health.objects.order_by("account").values())
    days = list(HealthDay.objects.order_by("account", "day").values())
    shown = list(ShownHealth.objects.order_by("account").values_list("account", "points"))
    return [rows, [{**row, "id": None} for row in days], shown]


@pytest.fixture
def known(cast, account):
    make_whole(account, cast.karl)
    return account


def test_a_score_its_day_and_the_column_of_lists_are_written(known):
    assert refresh_health(day=DAY)["changed"] == 1
    row = health(known)
    assert (row.score, row.confidence, row.cap) == (820, 60, "")
    assert HealthDay.objects.get().score == 820
    assert ShownHealth.objects.values_list("points", "confidence").get() == (82, 60)


def test_unknown_is_stored_as_unknown(account):
    make_scoring()
    AccountScore.objects.create(account=account, as_of=DAY)
    refresh_health(day=DAY)
    assert (health(account).score, health(account).confidence) == (None, 0)
    assert ShownHealth.objects.values_list("points", "confidence").get() == (None, 0)


def test_a_second_run_of_the_same_day_changes_nothing(known):
    refresh_health(day=DAY)
    before = everything()
    assert refresh_health(day=DAY)["changed"] == 0
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_a_run_beside_another_does_nothing(known):
    found = []

    def second() -> None:
        found.append(refresh_health(day=DAY))
        connection.close()

    with exclusive(LOCK):
        thread = Thread(target=second)  # PostgreSQL's lock is the session's own
        thread.start()
        thread.join()
    assert found == [{"skipped": True}]
    assert not Health.objects.exists()


def test_the_history_gets_a_day_only_when_something_changed(cast, known):
    first = day_before(1)
    refresh_health(day=first)
    refresh_health(day=DAY)
    assert HealthDay.objects.count() == 1
    Judgement.objects.create(account=known, value=0, day=DAY, by=cast.karl)
    refresh_health(day=DAY)
    scores = list(HealthDay.objects.values_list("day", "score"))
    assert scores == [(first, 820), (DAY, 700)]


def test_a_part_that_drops_out_does_not_raise_the_score_however_often_the_night_runs(cast, known):
    said = Judgement.objects.create(account=known, value=0, day=day_before(1), by=cast.karl)
    refresh_health(day=day_before(1))
    assert health(known).score == 700
    said.delete()
    for _run in range(3):
        refresh_health(day=DAY)
        assert (health(known).score, health(known).ceiling) == (700, 700)
    Judgement.objects.create(account=known, value=100, day=DAY, by=cast.karl)
    refresh_health(day=DAY)
    assert (health(known).score, health(known).ceiling) == (850, None)


def test_a_night_of_an_earlier_day_goes_on_from_the_history_and_forgets_what_came_after(
    cast, known
):
    said = Judgement.objects.create(account=known, value=0, day=day_before(3), by=cast.karl)
    refresh_health(day=day_before(3))
    before = everything()
    said.delete()
    refresh_health(day=DAY)
    assert HealthDay.objects.count() == 2
    Judgement.objects.create(account=known, value=0, day=day_before(3), by=cast.karl)
    refresh_health(day=day_before(3))
    rows, days, shown = everything()
    assert (days, shown) == (before[1], before[2])
    assert rows[0]["score"] == before[0][0]["score"]


def test_an_override_is_shown_and_the_computed_score_stays(cast, known):
    HealthOverride.objects.create(
        account=known, value=20, reason="They told me", valid_from=day_before(1), valid_to=DAY
    )
    refresh_health(day=day_before(1))
    assert ShownHealth.objects.get().points == 20
    assert health(known).score == 820
    refresh_health(day=DAY)
    assert ShownHealth.objects.get().points == 82


def test_a_closed_account_shows_no_health(known):
    refresh_health(day=DAY)
    known.status = "closed"
    known.save()
    refresh_health(day=DAY)
    assert not ShownHealth.objects.exists()
    assert HealthDay.objects.exists()


def test_the_red_alarm_holds_the_score_at_forty_and_says_so(known):
    AccountScore.objects.update(alarm_day=DAY, amber_day=day_before(5))
    refresh_health(day=DAY)
    row = health(known)
    assert (row.score, row.cap) == (400, "silence")
    assert row.mean > 400


def test_adopted_weights_score_the_next_night(cast, known, monkeypatch):
    refresh_health(day=day_before(1))
    monkeypatch.setattr("kpi.commands.health_weights.reporting_day", lambda: DAY)
    adopt_weights(actor=cast.dora, weights=[60, 40, 0, 0, 0, 0], note="No records", seen=None)
    refresh_health(day=DAY)
    row = health(known)
    assert (row.confidence, row.score) == (100, 830)
    assert row.weights.by == cast.dora


def test_as_many_queries_for_one_account_as_for_many(
    cast, known, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(50) as one:
        refresh_health(day=DAY)
    for _number in range(4):
        make_whole(make_account(), cast.karl)
    Health.objects.all().delete()
    HealthDay.objects.all().delete()
    with django_assert_num_queries(len(one)):
        refresh_health(day=DAY)


def test_a_ledger_that_goes_on_by_a_day_leaves_the_rows_of_others_alone(known):
    refresh_health(day=day_before(1))
    other = make_account()
    make_day(other, DAY, 100)
    refresh_health(day=DAY)
    assert health(known).as_of == day_before(1)
    assert Scoring.objects.get().ledger_until == DAY
    assert of([known.pk])[known.pk].sources["orders"] == DAY


def test_what_fades_by_less_than_a_point_changes_no_row(known):
    make_score(known, last=20)
    known.ties.update(half_life=9999)
    refresh_health(day=DAY)
    before, tomorrow = everything(), day_before(-1)
    assert sheet(tomorrow).values.tolist() != sheet(DAY).values.tolist()
    assert refresh_health(day=tomorrow)["changed"] == 0
    assert everything() == before


@given(st.lists(talks, min_size=1, max_size=4), st.integers(1, 4))
def test_nights_end_where_one_run_of_the_last_day_ends(drawn, nights):
    """Whatever faded between: rows that were left alone are those that a new run makes."""
    with transaction.atomic():
        user = make_user("Karl", Role.KAM)
        for talked in drawn:
            make_whole(account := make_account(), user)
            make_score(account, last=10 + talked[0], amber=talked[0] + 5, alarm=talked[0] + 20)
            make_talk(account, user, talked[1])
            account.ties.update(energy=talked[2], half_life=10)
        for ago in range(nights, -1, -1):
            refresh_health(day=day_before(ago))
        kept = reached()
        Health.objects.all().delete()
        HealthDay.objects.all().delete()
        ShownHealth.objects.update(points=None, confidence=77)
        refresh_health(day=DAY)
        assert reached() == kept
        assert kept[1] == shown_by_hand()
        transaction.set_rollback(True)


def reached() -> list:
    names = ("account", "score", "mean", "confidence", "known", "ceiling", "missing", "cap")
    shown = ShownHealth.objects.order_by("account").values_list("account", "points")
    return [list(Health.objects.order_by("account").values_list(*names)), list(shown)]


def shown_by_hand() -> list:
    """Newest days of the history, in the words of a list."""
    newest = {row.account_id: row for row in HealthDay.objects.order_by("day")}
    return [(pk, newest[pk].score and newest[pk].score // 10) for pk in sorted(newest)]


def test_a_row_that_was_spoilt_is_mended_by_the_next_night(known):
    refresh_health(day=day_before(1))
    Health.objects.update(score=10, mean=10)
    ShownHealth.objects.update(points=1)
    refresh_health(day=DAY)
    assert (health(known).score, ShownHealth.objects.get().points) == (820, 82)
