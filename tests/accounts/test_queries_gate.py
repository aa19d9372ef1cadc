import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Account, CareSettings
from accounts.queries import gate
from people.models import RoleGrant, User, company_day
from tests.cast import LONG_AGO, make_account, make_user
from tests.gate import employ, let_through, make_key_account

pytestmark = pytest.mark.django_db


def answer(account, user, role="owner"):
    return gate.gate_answer(account, user, role=role, day=company_day(), at=timezone.now())


def test_nobody_without_a_row_is_graded(cast):
    row = employ(cast.karl, 3)
    found = gate.standings([cast.karl.pk, cast.kim.pk], company_day())
    assert found[cast.karl.pk].grade == row.grade
    assert found[cast.kim.pk] == gate.Standing(None, False)
    assert (
        gate.standings([cast.karl.pk], LONG_AGO - dt.timedelta(days=1))[cast.karl.pk].grade is None
    )


def test_the_answer_says_why_and_who_can_or_that_only_a_director_may(cast):
    employ(cast.karl, 1)
    account = make_key_account(owner=cast.dora)
    said = answer(account, cast.karl)
    assert not said.allowed and "Only a director may take it" in said.sentence
    for number in range(5):
        employ(make_user(f"Able {number}", "kam"), 3)
    assert "Able 0, Able 1, Able 2 …" in answer(account, cast.karl).sentence
    let_through(cast.dora, account, cast.karl)
    assert answer(account, cast.karl).allowed and not answer(account, cast.karl).sentence


def test_may_own_names_active_managers_of_the_grade_past_their_probation(cast):
    employ(cast.lena, 3), employ(cast.karl, 2), employ(cast.kim, 3, on_probation=True)
    employ(cast.rita, 3)
    account = make_key_account()
    assert list(gate.may_own(account)) == [cast.karl, cast.lena]
    account.grade_needed = 3
    assert list(gate.may_own(account)) == [cast.lena]
    CareSettings.objects.update_or_create(pk=1, defaults={"key_grade": 3})
    account.grade_needed = None
    assert list(gate.may_own(account)) == [cast.lena]


def test_breaches_take_the_same_queries_for_one_account_and_for_many(
    cast, django_assert_max_num_queries
):
    employ(cast.lena, 2)
    for _ in range(3):
        make_key_account(owner=cast.karl), make_key_account(owner=cast.lena)
        make_account(owner=cast.karl)
    make_key_account()
    with django_assert_max_num_queries(8):
        found = gate.breaches(company_day(), timezone.now())
    assert [owner for _account, owner in found] == [cast.karl] * 3


def test_the_director_of_the_team_or_the_longest_here(cast):
    assert gate.director_for(make_account(), cast.karl.pk) == cast.dora
    second = RoleGrant.objects.create(user=cast.sam, role="director").user
    team = cast.kim.memberships.get().team
    team.lead = second
    team.save()
    assert gate.director_for(make_account(), cast.kim.pk) == second
    assert gate.director_for(make_account(), cast.karl.pk) == cast.dora


def test_the_gate_is_asked_of_each_person_with_the_grade_of_each_account(cast):
    employ(cast.karl, 2)
    free, stopped = make_key_account(owner=cast.karl), make_key_account(owner=cast.karl)
    carried = make_key_account(owner=cast.karl)
    Account.objects.filter(pk__in=[stopped.pk, carried.pk]).update(grade_needed=3)
    let_through(cast.dora, carried, cast.karl)
    assert gate.breaches(company_day(), timezone.now()) == [(stopped, cast.karl)]
    User.objects.filter(pk=cast.karl.pk).update(is_active=False)
    found = gate.breaches(company_day(), timezone.now())
    assert [account for account, _owner in found] == [free, stopped, carried]
