"""What the parts of health are read from, one account after the other."""

import datetime as dt

import pytest

from accounts.models import Account, Cadence, Handover, Merge, Pulse
from kpi.commands.health import refresh_health
from kpi.models import HealthOverride, Judgement
from kpi.queries.health import of
from kpi.queries.health.sheet import sheet
from kpi.rules.health.score import CAPS, PARTS, Cap, Part
from tests.cast import make_account
from tests.kpi.facts import make_day
from tests.kpi.health import (
    DAY,
    day_before,
    make_lines,
    make_orders,
    make_person,
    make_promise,
    make_score,
    make_scoring,
    make_talk,
    make_whole,
)

pytestmark = pytest.mark.django_db


def value(account: Account, part: Part) -> int:
    found = sheet(DAY)
    at = found.book.ids.tolist().index(account.pk)
    return int(found.values[at, PARTS.index(part)])


def inputs(account: Account, part: Part) -> dict:
    found = sheet(DAY)
    return found.told(found.book.ids.tolist().index(account.pk))[part]["inputs"]


def caps(account: Account) -> list[Cap]:
    found = sheet(DAY)
    row = found.capped[found.book.ids.tolist().index(account.pk)]
    return [cap for cap, holds in zip(CAPS, row, strict=True) if holds]


def test_orders_are_the_mean_of_silence_revenue_and_lines(account):
    make_scoring()
    make_score(account, last=40, amber=40, alarm=60)
    make_orders(account, now=75, before=100)
    make_lines(account, now=1, before=4)
    make_score(account, last=40)
    found = inputs(account, Part.ORDERS)
    assert (found["silence"], found["revenue"], found["breadth"]) == (60, 50, 25)
    assert (found["now_units"], found["before_units"]) == (750_000, 1_000_000)
    assert value(account, Part.ORDERS) == 45


def test_an_account_that_never_bought_has_no_orders_part(account):
    make_scoring()
    assert value(account, Part.ORDERS) == -1


def test_a_ledger_that_stopped_makes_the_orders_part_stale_and_raises_no_cap(account):
    make_scoring()
    make_score(account, last=200)
    make_orders(account)
    assert caps(account) == [Cap.SILENCE]
    account.days.all().delete()
    make_day(account, day_before(36), 100)
    assert value(account, Part.ORDERS) == -1
    assert caps(account) == []
    found = sheet(DAY)
    told = found.told(found.book.ids.tolist().index(account.pk))[Part.ORDERS]
    assert told["value"] is None and told["stale"] == 0
    assert told["day"] == day_before(36).isoformat()


def test_money_before_the_ledger_began_is_not_zero(account):
    scoring = make_scoring()
    scoring.first_day = day_before(100)
    scoring.save()
    make_orders(account, now=100, before=0)
    assert "before_units" not in inputs(account, Part.ORDERS)


def test_a_child_s_orders_count_for_its_parent_too(account):
    child = make_account(parent=account)
    make_scoring()
    make_score(account)
    make_score(child, counts_with=account)
    make_orders(account, now=50, before=100)
    make_orders(child, now=100, before=100)
    assert inputs(account, Part.ORDERS)["now_units"] == 1_500_000
    assert inputs(child, Part.ORDERS)["now_units"] == 1_000_000


def test_relationship_is_coverage_threads_and_sponsor(cast, account):
    make_talk(account, cast.karl)
    make_person(account, power=3, energy=12)
    make_person(account, power=2)
    found = inputs(account, Part.RELATIONSHIP)
    assert (found["coverage"], found["threads"], found["sponsor"]) == (42, 0, 100)
    assert (found["people"], found["powerful"], found["sponsors"]) == (2, 2, 1)
    assert value(account, Part.RELATIONSHIP) == 47


def test_nobody_recorded_is_unknown_and_not_a_bad_relationship(cast, account):
    make_talk(account, cast.karl)
    assert value(account, Part.RELATIONSHIP) == -1


def test_a_sponsor_who_left_caps_after_forty_five_days_until_somebody_follows(cast, account):
    make_talk(account, cast.karl)
    gone = make_person(account, power=3, left=46)
    assert caps(account) == [Cap.SPONSOR]
    found = inputs(account, Part.RELATIONSHIP)
    assert (found["left_contact"], found["left_on"]) == (gone.pk, day_before(46).isoformat())
    make_person(account, role="sponsor")
    assert caps(account) == []


def test_a_sponsor_who_left_last_month_is_no_cap_yet(cast, account):
    make_person(account, power=3, left=45)
    assert caps(account) == []


def test_plan_is_promises_kept_and_contact_in_its_rhythm(cast, account):
    make_score(account, tier="A")
    make_talk(account, cast.karl, 21)
    make_promise(account, cast.karl, state="kept", settled_on=day_before(10))
    make_promise(account, cast.karl, due=day_before(3))
    make_promise(account, cast.karl, due=DAY)
    make_promise(account, cast.karl, is_ours=False, due=day_before(3))
    make_promise(account, cast.karl, state="broken", settled_on=day_before(200))
    found = inputs(account, Part.PLAN)
    assert (found["kept"], found["broken"], found["every"]) == (1, 1, 14)
    assert (found["promises"], found["cadence"]) == (50, 50)
    assert value(account, Part.PLAN) == 50


def test_an_agreed_rhythm_comes_before_the_tier_s(cast, account):
    make_score(account, tier="A")
    make_talk(account, cast.karl, 21)
    Cadence.objects.create(account=account, days=30, valid_from=day_before(90))
    assert value(account, Part.PLAN) == 100


def test_contact_that_was_never_recorded_is_unknown(account):
    make_score(account, tier="A")
    assert value(account, Part.PLAN) == -1


def test_a_judgement_counts_for_sixty_days_and_the_newest_of_them(cast, account):
    for days, said in ((70, 0), (60, 25), (20, 75)):
        Judgement.objects.create(account=account, value=said, day=day_before(days), by=cast.karl)
    assert value(account, Part.VOICE) == 75
    Judgement.objects.filter(value=75).update(removed_at=dt.datetime.now(dt.UTC))
    assert value(account, Part.VOICE) == 25
    Judgement.objects.filter(value=25).delete()
    assert value(account, Part.VOICE) == -1


def make_answer(cast, account, answer: int, days: int) -> Pulse:
    handover, _made = Handover.objects.get_or_create(
        account=account, to_user=cast.kim, cause="load", tier="A", planned_for=DAY, state="closed"
    )
    at = dt.datetime.combine(day_before(days), dt.time(9), tzinfo=dt.UTC)
    return Pulse.objects.create(
        handover=handover, day=30, seed="x", digest=f"{answer}-{days}", language="en",
        expires_at=at, answered_at=at, answer=answer, contact=make_person(account),
    )  # fmt: skip


def test_what_the_customer_answered_comes_before_what_ours_think(cast, account):
    Judgement.objects.create(account=account, value=100, day=DAY, by=cast.karl)
    make_answer(cast, account, 2, 80)
    make_answer(cast, account, 1, 91)
    assert value(account, Part.VOICE) == 25


def test_of_one_person_the_newest_answer_counts(cast, account):
    first = make_answer(cast, account, 1, 80)
    make_answer(cast, account, 5, 10)
    Pulse.objects.exclude(pk=first.pk).update(day=90, contact=first.contact)
    assert value(account, Part.VOICE) == 100
    assert inputs(account, Part.VOICE)["answers"] == 1


def test_what_was_said_of_a_merged_account_counts_for_its_survivor(cast, account):
    absorbed = make_account(status="merged", merged_into=account)
    Merge.objects.create(survivor=account, absorbed=absorbed)
    Judgement.objects.create(account=absorbed, value=25, day=DAY, by=cast.karl)
    HealthOverride.objects.create(
        account=absorbed, value=12, reason="x", valid_from=DAY, valid_to=day_before(-9)
    )
    make_whole(account, cast.karl)
    assert value(account, Part.VOICE) == 25
    refresh_health(day=DAY)
    account.score.refresh_from_db()
    assert account.shown_health.points == 12


def test_service_and_money_stay_unknown(cast, account):
    make_whole(account, cast.karl)
    assert value(account, Part.SERVICE) == value(account, Part.MONEY) == -1
    assert inputs(account, Part.PLAN)["cadence"] == 100


def test_closed_accounts_are_not_scored(account):
    account.status = "closed"
    account.save()
    assert not sheet(DAY).book.size


def test_as_many_queries_for_one_account_as_for_many(
    cast, account, django_assert_max_num_queries, django_assert_num_queries
):
    make_whole(account, cast.karl)
    with django_assert_max_num_queries(20) as one:
        sheet(DAY)
    for _number in range(5):
        make_whole(make_account(), cast.karl)
    with django_assert_num_queries(len(one)):
        sheet(DAY)


def test_one_account_alone_is_read_as_among_all(cast, account):
    for other in (account, make_account(), make_account()):
        make_whole(other, cast.karl)
    whole, alone = sheet(DAY), sheet(DAY, [account.pk])
    assert alone.book.ids.tolist() == [account.pk]
    assert alone.values[0].tolist() == whole.values[0].tolist()
    assert alone.told(0) == whole.told(whole.book.ids.tolist().index(account.pk))


def test_others_read_the_score_the_cap_and_what_is_set_over_it(cast, account):
    make_whole(account, cast.karl)
    refresh_health(day=DAY)
    found = of([account.pk])[account.pk]
    assert (found.computed, found.confidence, found.cap, found.tone) == (820, 60, "", "")
    assert found.shown == 82
