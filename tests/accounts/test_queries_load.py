import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import CoverState
from accounts.models import AccountScore, Assignment, CareSettings, Cover, ManagerProfile
from accounts.queries.load import (
    account_load,
    figures_of,
    loads,
    relationship_counts,
    relationships_at,
)
from accounts.rules.load import Over
from people.models import Absence
from tests.cast import LONG_AGO, make_account
from tests.field import make_contact, make_relationship, set_tier

DAY = dt.date(2026, 5, 20)
WEEK = {"valid_from": dt.date(2026, 5, 4), "valid_to": dt.date(2026, 5, 11)}


def make_key(account, tier: str = "A"):
    set_tier(account, tier)
    AccountScore.objects.filter(account=account).update(is_key=True)
    return account


def filled(owner, tier: str, people: int, *, key: bool = False, **fields):
    account = make_account(owner=owner, **fields)
    set_tier(account, tier)
    if key:
        make_key(account, tier)
    for _ in range(people):
        make_relationship(account)
    return account


def test_hours_come_from_the_relationships_by_tier(cast):
    filled(cast.karl, "A", 8, key=True)  # 32 + 6
    filled(cast.karl, "B", 5)  # 10 + 2
    found = loads([cast.karl.pk], DAY)[cast.karl.pk]
    assert (found.load.hours, found.load.capacity) == (50, 120)
    assert (found.key, found.regular, found.relationships) == (1, 1, 13)


def test_who_has_no_accounts_carries_nothing(cast):
    found = loads([cast.kim.pk], DAY)[cast.kim.pk]
    assert (found.load.hours, found.key, found.overs) == (0, 0, ())


def test_a_hole_and_who_has_left_or_not_come_yet_cost_nothing(cast):
    account = filled(cast.karl, "A", 1)
    make_relationship(account, "", on=DAY)
    make_relationship(account, valid_to=DAY, on=DAY)
    make_relationship(account, valid_from=DAY + dt.timedelta(days=1), on=DAY)
    assert loads([cast.karl.pk], DAY)[cast.karl.pk].relationships == 1


def test_only_people_one_speaks_with_or_who_have_just_come_take_hours(cast):
    account = filled(cast.karl, "A", 1)
    make_contact(account)
    make_relationship(account, on=DAY - dt.timedelta(days=365))
    make_relationship(account, on=DAY - dt.timedelta(days=364))
    make_contact(account, valid_from=DAY - dt.timedelta(days=89))
    make_contact(account, valid_from=DAY - dt.timedelta(days=90))
    assert loads([cast.karl.pk], DAY)[cast.karl.pk].relationships == 3


def test_what_one_of_ours_alone_had_is_counted_once(cast):
    account = filled(cast.karl, "A", 1)
    tie = account.ties.get()
    tie.pk, tie.colleague = None, cast.karl
    tie.save()
    assert loads([cast.karl.pk], DAY)[cast.karl.pk].relationships == 1


def test_closed_accounts_and_those_that_nobody_works_on_are_not_counted(cast):
    filled(cast.karl, "C", 2, status="closed")
    filled(cast.karl, "N", 0)
    filled(cast.karl, "N", 1)
    found = loads([cast.karl.pk], DAY)[cast.karl.pk]
    assert (found.load.hours, found.regular) == (0.5, 1)


def test_a_child_of_an_own_account_is_no_account_more_but_its_people_count(cast):
    head = filled(cast.karl, "B", 1)
    child = filled(cast.karl, "B", 1)
    AccountScore.objects.filter(account=child).update(counts_with=head)
    found = loads([cast.karl.pk], DAY)[cast.karl.pk]
    assert (found.load.hours, found.regular) == (2 + 2 + 2, 1)


def test_an_account_taken_over_within_the_watch_costs_more(cast):
    account = filled(cast.karl, "A", 8)
    rows = Assignment.objects.filter(account=account)
    handed_on = DAY - dt.timedelta(days=30)
    rows.update(valid_to=handed_on)
    Assignment.objects.create(account=account, user=cast.kim, role="owner", valid_from=handed_on)
    found = loads([cast.karl.pk, cast.kim.pk], DAY)
    assert found[cast.kim.pk].load.hours == 8 * 4 * 1.5 + 6
    assert (found[cast.kim.pk].fresh, found[cast.karl.pk].load.hours) == (1, 0)
    later = loads([cast.kim.pk], handed_on + dt.timedelta(days=90))
    assert later[cast.kim.pk].load.hours == 38


def test_an_absence_takes_its_part_of_the_month(cast):
    filled(cast.karl, "A", 15)
    Absence.objects.create(
        user=cast.karl,
        kind="holiday",
        valid_from=dt.date(2026, 5, 4),
        valid_to=dt.date(2026, 5, 11),
    )
    Absence.objects.create(
        user=cast.karl, kind="trip", valid_from=dt.date(2026, 5, 11), valid_to=dt.date(2026, 5, 30),
        cancelled_at=timezone.now(),
    )  # fmt: skip
    found = loads([cast.karl.pk], DAY)[cast.karl.pk]
    assert found.load.capacity == pytest.approx(120 * 16 / 21)


def test_who_stands_in_carries_the_account_for_those_days(cast):
    account = filled(cast.karl, "A", 8)
    absence = Absence.objects.create(
        user=cast.karl,
        kind="holiday",
        valid_from=dt.date(2026, 5, 4),
        valid_to=dt.date(2026, 5, 11),
    )
    cover = Cover.objects.create(absence=absence, account=account, substitute=cast.kim)
    assert loads([cast.kim.pk], DAY)[cast.kim.pk].load.hours == 0  # proposed only
    Cover.objects.filter(pk=cover.pk).update(state=CoverState.AGREED)
    found = loads([cast.karl.pk, cast.kim.pk], DAY)
    assert found[cast.kim.pk].load.hours == pytest.approx(38 * 5 / 21)
    assert found[cast.karl.pk].load.hours == pytest.approx(38 * 16 / 21)
    assert found[cast.kim.pk].key + found[cast.kim.pk].regular == 0


def test_own_limits_go_before_the_company_s(cast):
    CareSettings.objects.create(pk=1, most_key=2, hours_a_month=100)
    ManagerProfile.objects.create(user=cast.karl, most_key=1, hours_a_month=10)
    found = figures_of([cast.karl.pk, cast.kim.pk])
    assert (found[cast.karl.pk].most_key, found[cast.karl.pk].hours_a_month) == (1, 10)
    assert (found[cast.karl.pk].most_regular, found[cast.kim.pk].most_key) == (25, 2)


def test_every_limit_that_is_passed_is_named(cast):
    for _ in range(4):
        filled(cast.karl, "A", 8, key=True)
    assert loads([cast.karl.pk], DAY)[cast.karl.pk].overs == (Over.HOURS, Over.KEY)


def test_what_if_moves_hours_and_counts(cast):
    account = filled(cast.karl, "A", 8, key=True)
    found = loads([cast.karl.pk, cast.kim.pk], DAY)
    account.refresh_from_db()
    row = account_load(account, found[cast.kim.pk].figures, 8)
    after = found[cast.kim.pk].taking(row)
    assert (after.load.hours, after.key) == (8 * 4 * 1.5 + 6, 1)
    assert found[cast.karl.pk].without(account.pk).load.hours == 0


def test_an_assignment_whose_minute_is_past_is_not_carried(cast):
    account = filled(cast.karl, "A", 8)
    Assignment.objects.filter(account=account).update(expires_at=timezone.now())
    assert loads([cast.karl.pk], DAY)[cast.karl.pk].load.hours == 0


def test_many_managers_take_as_many_queries_as_one(cast):
    filled(cast.karl, "A", 2)
    with CaptureQueriesContext(connection) as one:
        loads([cast.karl.pk], DAY)
    for owner in (cast.kim, cast.lena, cast.dora):
        filled(owner, "B", 3)
    with CaptureQueriesContext(connection) as many:
        loads([cast.karl.pk, cast.kim.pk, cast.lena.pk, cast.dora.pk], DAY)
    assert len(one) == len(many) <= 7


def test_long_ago_is_a_day_like_any_other(cast):
    filled(cast.karl, "A", 1)
    assert loads([cast.karl.pk], LONG_AGO)[cast.karl.pk].relationships == 1


def test_who_took_over_midway_carries_only_the_days_of_their_right(cast):
    account = filled(cast.karl, "A", 8)
    first, switch, last = (dt.date(2026, 5, day) for day in (4, 6, 11))
    absence = Absence.objects.create(
        user=cast.karl, kind="holiday", valid_from=first, valid_to=last
    )
    for user, start, end, state in (
        (cast.kim, first, switch, CoverState.ENDED), (cast.lena, switch, last, CoverState.AGREED),
    ):  # fmt: skip
        row = Assignment.objects.create(
            account=account, user=user, role="deputy", valid_from=start, valid_to=end
        )
        Cover.objects.create(
            absence=absence, account=account, substitute=user, assignment=row, state=state
        )
    found = loads([cast.kim.pk, cast.lena.pk], DAY)
    assert found[cast.kim.pk].load.hours == pytest.approx(38 * 2 / 21)
    assert found[cast.lena.pk].load.hours == pytest.approx(38 * 3 / 21)


def test_who_was_spoken_to_and_has_two_places_or_came_again_is_one_relationship(cast):
    account = filled(cast.karl, "A", 1)
    for spoken in (DAY, LONG_AGO):
        person = make_relationship(account, on=spoken, valid_from=DAY - dt.timedelta(days=30))
        person.positions.update(valid_to=DAY - dt.timedelta(days=10))
        person.positions.create(account=account, valid_from=DAY - dt.timedelta(days=5))
    other = filled(cast.kim, "A", 2)
    expected = {account.pk: 3, other.pk: 2}
    assert relationships_at(expected, DAY) == dict(relationship_counts(None, DAY).tolist())
    assert relationships_at(expected, DAY) == expected
    assert relationships_at([other.pk], DAY) == {other.pk: 2}
