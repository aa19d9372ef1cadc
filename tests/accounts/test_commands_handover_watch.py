import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.commands import handover_watch as commands
from accounts.commands.assignment import assign_account
from accounts.models import CareSettings, Handover, HandoverMove, Pulse, Touchpoint
from accounts.queries import handover_watch as queries
from common.errors import RuleBroken
from people.models import Event, Notification, User, company_day
from tests.caring import make_powerful, make_watched
from tests.field import make_contact, make_logged, set_tier
from tests.field_tasks import make_cadence

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def anna(account):
    set_tier(account, "A")
    return make_powerful(account, "Anna Neri")


def met(cast, account, contact, days: int):
    return make_logged(cast.karl, account, contact, days=days)


def test_the_baseline_is_that_of_the_day_of_acceptance(cast, account, anna):
    met(cast, account, anna, 40)
    handover = make_watched(account, cast.karl, days_ago=30)
    met(cast, account, anna, 10)
    commands.watch_tick(company_day())
    handover.refresh_from_db()
    then = handover.baseline[str(anna.pk)]
    assert 30 < then < 40  # one meeting: 1 - e^(-5/10), ten days old
    commands.watch_tick(company_day())
    handover.refresh_from_db()
    assert handover.baseline[str(anna.pk)] == then


def test_a_relationship_that_thins_is_told_once_a_fortnight(cast, account, anna):
    handover = make_watched(account, cast.karl, days_ago=50, baseline={str(anna.pk): 60.0})
    Pulse.objects.create(
        handover=handover, day=30, digest="x", language="en", expires_at=timezone.now()
    )
    for _ in range(2):
        assert commands.watch_tick(company_day())["closed"] == 0
    told = Notification.objects.filter(kind="watch_below")
    assert set(told.values_list("user", flat=True)) == {cast.karl.pk, cast.dora.pk}
    assert told.count() == 2
    commands.watch_tick(company_day() + 14 * DAY)
    assert told.count() == 4


def test_one_that_holds_is_not_told(cast, account, anna):
    make_watched(account, cast.karl, days_ago=20, baseline={str(anna.pk): 30.0})
    met(cast, account, anna, 2)
    assert commands.watch_tick(company_day())["warned"] == 0


def test_the_customer_is_asked_on_its_day_and_not_before(cast, account, anna):
    handover = make_watched(account, cast.karl, days_ago=29)
    assert commands.watch_tick(company_day())["asked"] == 0
    assert commands.watch_tick(company_day() + DAY)["asked"] == 1
    assert commands.watch_tick(company_day() + DAY)["asked"] == 0
    assert Pulse.objects.get().day == 30 and handover.pulses.count() == 1


def test_days_slept_through_are_not_asked_all_at_once(cast, account, anna):
    make_watched(account, cast.karl, days_ago=90)
    assert commands.watch_tick(company_day())["asked"] == 1
    assert Pulse.objects.get().day == 90


def test_it_closes_with_what_was_kept(cast, account, anna):
    gone = make_powerful(account, "Bert", power="2")
    baseline = {str(anna.pk): 50.0, str(gone.pk): 40.0}
    handover = make_watched(account, cast.karl, days_ago=90, baseline=baseline)
    gone.positions.update(valid_to=company_day() - 5 * DAY)
    met(cast, account, anna, 3)
    assert commands.watch_tick(company_day())["closed"] == 1
    handover.refresh_from_db()
    assert handover.state == "closed" and handover.ended_at
    assert set(handover.kept) == {str(anna.pk)}
    strength = handover.kept[str(anna.pk)]
    assert handover.result["retained"] == pytest.approx(strength / 50, abs=1e-4)
    assert (handover.result["before"], handover.result["now"]) == (50.0, strength)
    move = HandoverMove.objects.get()
    assert (move.from_state, move.to_state, move.by) == ("watch", "closed", None)
    event = Event.objects.get(verb="account.handover_closed")
    assert event.data["retained"] == handover.result["retained"]
    assert Notification.objects.filter(kind="watch_result").count() == 2
    assert commands.watch_tick(company_day()) == {
        "watched": 0, "asked": 0, "warned": 0, "closed": 0,
    }  # fmt: skip


def test_it_closes_when_somebody_else_answers_for_the_account(cast, account, anna):
    """Not on the next morning: who left yesterday may be back today."""
    handover = make_watched(account, cast.karl, days_ago=20, baseline={str(anna.pk): 30.0})
    met(cast, account, anna, 2)
    assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.kim, role="owner", start=company_day()
    )
    assert commands.watch_tick(company_day() + DAY)["closed"] == 0
    assert commands.watch_tick(company_day() + 2 * DAY)["closed"] == 1
    handover.refresh_from_db()
    assert (handover.state, handover.result["days"]) == ("closed", 22)


def test_with_no_tie_there_the_result_is_unknown(cast, account, anna):
    handover = make_watched(account, cast.karl, days_ago=90, baseline={str(anna.pk): 0.0})
    commands.watch_tick(company_day())
    handover.refresh_from_db()
    assert handover.state == "closed" and handover.result["retained"] is None


@pytest.mark.parametrize("state", ["planned", "joint", "undone", "cancelled", "closed"])
def test_only_handovers_under_watch_are_watched(cast, account, anna, state):
    make_watched(account, cast.karl, days_ago=95, state=state)
    assert commands.watch_tick(company_day())["watched"] == 0
    assert not HandoverMove.objects.exists()


def test_the_rhythm_is_that_of_the_person_else_of_the_account(cast, account, anna):
    bert = make_powerful(account, "Bert", power="2")
    make_cadence(account, 30)
    make_cadence(account, 10, contact=bert)
    baseline = {str(anna.pk): 20.0, str(bert.pk): 20.0}
    handover = make_watched(account, cast.karl, days_ago=25, baseline=baseline)
    met(cast, account, anna, 5)
    met(cast, account, bert, 12)
    watch = queries.watch_of(handover)
    by_name = {one.contact.name: one for one in watch.people}
    assert (by_name["Anna Neri"].every, by_name["Anna Neri"].in_rhythm) == (30, True)
    assert (by_name["Bert"].every, by_name["Bert"].in_rhythm) == (10, False)
    assert (watch.in_rhythm, watch.with_rhythm) == (1, 2)


def test_first_calls_are_counted_when_a_lead_or_director_sat_beside(cast, account, anna):
    handover = make_watched(account, cast.karl, days_ago=10)
    assert queries.companions_of(handover) == [cast.lena, cast.dora]
    make_logged(cast.karl, account, anna, days=3, colleague_ids=[cast.karl.pk, cast.lena.pk])
    make_logged(cast.karl, account, anna, days=2, colleague_ids=[cast.karl.pk, cast.kim.pk])
    make_logged(cast.dora, account, anna, days=1, colleague_ids=[cast.dora.pk])
    make_logged(
        cast.karl, account, anna, days=1, channel="mail",
        colleague_ids=[cast.karl.pk, cast.dora.pk],
    )  # fmt: skip
    make_logged(cast.karl, account, anna, days=20, colleague_ids=[cast.karl.pk, cast.lena.pk])
    found = queries.accompanied_of(handover)
    assert (found.held, found.planned, found.wanted, found.missing) == (1, 0, 3, 2)
    assert found.proposed == []


def plan(actor: User, handover: Handover, contact, companion: User, **fields):
    values = {"key": uuid.uuid4(), "at": timezone.now() + DAY, "contact_ids": [contact.pk]}
    return commands.plan_accompanied(
        actor=actor, handover_id=handover.pk, companion=companion, **(values | fields)
    )


def test_a_first_call_is_planned_for_both(cast, account, anna):
    handover = make_watched(account, cast.karl, days_ago=1)
    key = uuid.uuid4()
    touchpoint = plan(cast.karl, handover, anna, cast.lena, key=key)
    assert plan(cast.karl, handover, anna, cast.lena, key=key) == touchpoint
    assert (touchpoint.state, touchpoint.channel) == ("planned", "call")
    assert set(touchpoint.colleagues.all()) == {cast.karl, cast.lena}
    assert queries.accompanied_of(handover).planned == 1
    assert Event.objects.filter(verb="account.call_accompanied").count() == 1


def test_what_is_no_accompanied_call(cast, account, anna):
    handover = make_watched(account, cast.karl, days_ago=1)
    for actor, companion, fields, words in (
        (cast.lena, cast.dora, {}, "manager or a director"),
        (cast.karl, cast.kim, {}, "choose one of them"),
        (cast.karl, cast.lena, {"contact_ids": []}, "with whom"),
        (cast.karl, cast.lena, {"channel": "mail"}, "with whom"),
    ):
        with pytest.raises(RuleBroken, match=words):
            plan(actor, handover, anna, companion, **fields)
    Handover.objects.update(state="closed")
    with pytest.raises(RuleBroken, match="under watch"):
        plan(cast.dora, handover, anna, cast.lena)
    assert not Touchpoint.objects.exists()


def test_the_watch_costs_the_same_for_one_person_and_many(
    cast, account, anna, django_assert_max_num_queries
):
    CareSettings.objects.create(pk=1)
    people = [make_powerful(account, f"Person {n}") for n in range(6)]
    baseline = {str(one.pk): 20.0 for one in [anna, *people]}
    handover = make_watched(account, cast.karl, days_ago=5, baseline=baseline)
    make_contact(account, "Without power")
    with django_assert_max_num_queries(14):
        assert len(queries.watch_of(handover).people) == 7
