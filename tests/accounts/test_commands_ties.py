"""Ties kept as touchpoints come and go are those that a count from nothing would find."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.commands import ties, touchpoint
from accounts.models import (
    AccountRhythm,
    AccountScore,
    FieldSettings,
    Scoring,
    Tie,
    TierSpan,
    Touchpoint,
)
from common.models import Job
from people.models import company_day
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_logged

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


def kept(account):
    """Ties and rhythm as plain values, the energies apart."""
    rows = Tie.objects.filter(account=account).order_by("contact", "colleague")
    plain = [
        (t.contact_id, t.colleague_id, t.as_of, t.half_life, t.touchpoints, t.last_on,
         t.last_two_way_on)
        for t in rows
    ]  # fmt: skip
    rhythm = AccountRhythm.objects.filter(account=account).values_list().first()
    return plain, [t.energy for t in rows], rhythm


def rate(account, tier):
    AccountScore.objects.update_or_create(account=account, defaults={"tier": tier, "as_of": NOW})


@pytest.fixture
def field():
    cast = make_cast()
    account = make_account(owner=cast.karl)
    people = [make_contact(account) for _ in range(5)]
    return SimpleNamespace(cast=cast, account=account, people=people)


steps = st.lists(
    st.tuples(
        st.sampled_from(["log", "log", "log", "plan", "edit", "hold", "cancel", "remove",
                         "restore", "tier", "renew"]),
        st.integers(0, 30),  # which touchpoint
        st.integers(0, 200),  # days ago
        st.lists(st.integers(0, 4), max_size=5, unique=True),  # whom
        st.sampled_from(["both", "both", "ours"]),
        st.sampled_from([None, -1, 0, 1]),
        st.integers(0, 200),  # hours late
        st.sampled_from("ABC"),
        st.booleans(),  # with a colleague
    ),
    min_size=1,
    max_size=14,
)  # fmt: skip


def do(field, step):
    verb, which, days, whom, direction, tone, late, tier, joint = step
    actor, account = field.cast.karl, field.account
    at = timezone.now() - dt.timedelta(days=days, hours=late + 1)
    rows = list(Touchpoint.objects.order_by("pk"))
    row = rows[which % len(rows)] if rows else None
    fields = {
        "at": at, "direction": direction, "tone": tone,
        "contact_ids": [field.people[n].pk for n in whom],
        "colleague_ids": [actor.pk, field.cast.lena.pk] if joint else [actor.pk],
    }  # fmt: skip
    if verb == "log":
        make_logged(actor, account, **fields, recorded_at=at + dt.timedelta(hours=late))
    elif verb == "plan":
        make_logged(actor, account, **fields, state="planned")
    elif verb == "tier":
        rate(account, tier)
    elif verb == "renew":
        ties.renew_stale_ties()
    elif row and verb == "edit" and row.state in ("done", "planned"):
        touchpoint.edit_touchpoint(actor=actor, touchpoint_id=row.pk, version=row.version, **fields)
    elif row and verb == "hold" and row.state == "planned":
        touchpoint.hold_touchpoint(actor=actor, touchpoint_id=row.pk, version=row.version, **fields)
    elif row and verb == "cancel" and row.state == "planned":
        touchpoint.cancel_touchpoint(actor=actor, touchpoint_id=row.pk)
    elif row and verb == "remove" and row.state in ("done", "planned"):
        touchpoint.remove_touchpoint(actor=actor, touchpoint_id=row.pk)
    elif row and verb == "restore" and row.state in ("cancelled", "removed"):
        touchpoint.restore_touchpoint(actor=actor, touchpoint_id=row.pk)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=steps)
def test_whatever_happens_the_kept_ties_are_those_counted_from_nothing(field, history):
    Touchpoint.objects.all().delete()
    Tie.objects.all().delete()
    AccountRhythm.objects.all().delete()
    for step in history:
        do(field, step)
    ties.renew_stale_ties()
    plain, energies, rhythm = kept(field.account)
    ties.rebuild_ties(field.account.pk)
    counted, counted_energies, counted_rhythm = kept(field.account)
    assert plain == counted
    assert energies == pytest.approx(counted_energies, rel=1e-9)
    assert rhythm == (counted_rhythm if rhythm else None)


def test_a_new_tier_brings_another_half_life_with_the_night(field, run_jobs):
    rate(field.account, "A")
    make_logged(field.cast.karl, field.account, field.people[0], days=45)
    make_logged(field.cast.karl, field.account, field.people[0])
    assert set(Tie.objects.values_list("half_life", flat=True)) == {45}
    rate(field.account, "C")
    assert ties.stale_accounts() == [field.account.pk]
    ties.enqueue_renewal()
    run_jobs()
    assert set(Tie.objects.values_list("half_life", flat=True)) == {90}
    assert ties.stale_accounts() == []


def test_the_night_sees_a_tier_that_began_and_one_that_only_ended(field, run_jobs):
    make_logged(field.cast.karl, field.account, field.people[0])
    today = company_day()
    Scoring.objects.update_or_create(pk=1, defaults={"as_of": today})
    rate(field.account, "A")
    TierSpan.objects.create(account=field.account, tier="A", reason="", valid_from=today)
    for tier, half_life in (("A", 45), ("N", 90)):
        rate(field.account, tier)
        ties.enqueue_renewal()
        run_jobs()
        assert set(Tie.objects.values_list("half_life", flat=True)) == {half_life}
        TierSpan.objects.all().delete()


def test_other_half_lives_of_the_company_are_seen_too(field):
    make_logged(field.cast.karl, field.account, field.people[0])
    assert ties.stale_accounts() == []
    FieldSettings.objects.create(pk=1, half_life_days={"A": 30, "B": 40, "C": 50, "N": 50})
    assert ties.stale_accounts() == [field.account.pk]


def test_where_nothing_changed_the_night_queues_nothing(field):
    make_logged(field.cast.karl, field.account, field.people[0])
    ties.enqueue_renewal()
    assert not Job.objects.exists()


def test_the_newest_of_many_is_taken_back_without_reading_the_others(field):
    karl, person = field.cast.karl, field.people[0]
    for days in (40, 20, 9):
        make_logged(karl, field.account, person, days=days)
    before = kept(field.account)
    newest = make_logged(karl, field.account, person, channel="call")
    with CaptureQueriesContext(connection) as asked:
        touchpoint.remove_touchpoint(actor=karl, touchpoint_id=newest.pk)
    joined = 'FROM "accounts_touchpointcontact" INNER JOIN "accounts_touchpoint"'
    assert not [one for one in asked if joined in one["sql"]]
    assert kept(field.account)[0] == before[0]
    assert kept(field.account)[1] == pytest.approx(before[1])
