"""The night's scoring of health: what it writes, what it leaves, and in which order."""

from threading import Thread

import pytest
from django.db import connection

from accounts.models import AccountScore, Scoring
from common.dbops import exclusive
from kpi.commands.health import LOCK, refresh_health
from kpi.commands.health_weights import adopt_weights
from kpi.models import Health, HealthDay, HealthOverride, Judgement
from kpi.queries.health import of
from tests.cast import make_account
from tests.kpi.facts import make_day
from tests.kpi.health import DAY, day_before, health, make_scoring, make_whole

pytestmark = pytest.mark.django_db


def everything() -> list:
    rows = list(Health.objects.order_by("account").values())
    days = list(HealthDay.objects.order_by("account", "day").values())
    shown = list(AccountScore.objects.order_by("account").values_list("account", "health"))
    return [rows, [{**row, "id": None} for row in days], shown]


@pytest.fixture
def known(cast, account):
    make_whole(account, cast.karl)
    return account


def test_a_score_its_day_and_the_column_of_lists_are_written(known):
    assert refresh_health(day=DAY)["changed"] == 1
    row = health(known)
    assert (row.score, row.confidence, row.cap, row.version) == (821, 60, "", "health-1")
    assert row.parts["orders"]["value"] == 100 and row.parts["voice"]["value"] is None
    assert HealthDay.objects.get().score == 821
    score = AccountScore.objects.get()
    assert (score.health, score.health_confidence) == (82, 60)


def test_unknown_is_stored_as_unknown(account):
    make_scoring()
    AccountScore.objects.create(account=account, as_of=DAY)
    refresh_health(day=DAY)
    assert (health(account).score, health(account).confidence) == (None, 0)
    score = AccountScore.objects.get()
    assert (score.health, score.health_confidence) == (None, 0)


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
    assert scores == [(first, 821), (DAY, 704)]


def test_a_part_that_drops_out_does_not_raise_the_score_however_often_the_night_runs(cast, known):
    said = Judgement.objects.create(account=known, value=0, day=day_before(1), by=cast.karl)
    refresh_health(day=day_before(1))
    assert health(known).score == 704
    said.delete()
    for _run in range(3):
        refresh_health(day=DAY)
        assert (health(known).score, health(known).ceiling) == (704, 704)
    Judgement.objects.create(account=known, value=100, day=DAY, by=cast.karl)
    refresh_health(day=DAY)
    assert (health(known).score, health(known).ceiling) == (846, None)


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
    assert AccountScore.objects.get().health == 20
    assert health(known).score == 821
    refresh_health(day=DAY)
    assert AccountScore.objects.get().health == 82


def test_a_closed_account_shows_no_health(known):
    refresh_health(day=DAY)
    known.status = "closed"
    known.save()
    refresh_health(day=DAY)
    assert AccountScore.objects.get().health is None
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
    assert (row.confidence, row.score) == (100, 828)
    assert row.weights.by == cast.dora


def test_as_many_queries_for_one_account_as_for_many(
    cast, known, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(40) as one:
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


def test_a_ledger_that_stopped_keeps_its_day_in_the_row(known):
    stopped = health_of(known, day_before(-36))
    assert (stopped["value"], stopped["day"]) == (None, day_before(1).isoformat())


def health_of(account, day) -> dict:
    refresh_health(day=day)
    return health(account).parts["orders"]
