import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccountScore, GateOverride, ManagerProfile, Segment, Tie
from accounts.queries.takers import takers
from accounts.rules.choice import Part
from people.choices import Role
from people.models import Absence, Employment
from tests.cast import LONG_AGO, make_account, make_user
from tests.field import make_contact, make_relationship, set_tier

TODAY = timezone.localdate()


def make_key(account):
    set_tier(account, "A")
    AccountScore.objects.filter(account=account).update(is_key=True)
    account.refresh_from_db()
    return account


def employ(user, grade=None, *, on_probation=False):
    Employment.objects.create(
        user=user, grade=grade, on_probation=on_probation, valid_from=LONG_AGO
    )


def names(account, reader) -> list[str]:
    return [one.user.name for one in takers(account, reader)]


def line(account, reader, user, part) -> str:
    taker = next(one for one in takers(account, reader) if one.user == user)
    return next(one.words for one in taker.lines if one.part == part)


def test_all_managers_but_the_owner_are_ranked(cast, account):
    assert sorted(names(account, cast.dora)) == ["Kim", "Lena"]


def test_who_may_not_comes_last_and_is_told_why(cast, account):
    make_key(account)
    employ(cast.lena, 1)
    employ(cast.kim, 2)
    first, last = takers(account, cast.dora)
    assert (first.user, first.may) == (cast.kim, True)
    assert last.user == cast.lena and "lower grade" in last.refusal
    assert last.sentence == last.refusal


def test_probation_and_no_grade_are_reasons_of_their_own(cast, account):
    make_key(account)
    employ(cast.lena, 3, on_probation=True)
    found = {one.user: one.refusal for one in takers(account, cast.dora)}
    assert "probation" in found[cast.lena] and "no grade" in found[cast.kim]


def test_whom_a_director_let_through_may(cast, account):
    make_key(account)
    GateOverride.objects.create(
        account=account, user=cast.kim, reason="r",
        valid_until=timezone.now() + dt.timedelta(days=2),
    )  # fmt: skip
    found = {one.user: one for one in takers(account, cast.dora)}
    assert found[cast.kim].may and found[cast.kim].is_let_through
    assert not found[cast.lena].may


def test_an_account_that_is_not_key_asks_for_no_grade(cast, account):
    employ(cast.kim, None, on_probation=True)
    assert all(one.may for one in takers(account, cast.dora))


def test_earlier_ties_go_before_none(cast, account):
    contact = make_contact(account, "Ivan Petrov")
    Tie.objects.create(
        account=account, contact=contact, colleague=cast.lena, energy=10, as_of=TODAY, half_life=45
    )
    assert names(account, cast.dora) == ["Lena", "Kim"]
    assert "Ivan Petrov" in line(account, cast.dora, cast.lena, Part.TIES)
    assert "nobody" in line(account, cast.dora, cast.kim, Part.TIES)


def test_a_lighter_load_goes_before_a_heavier(cast, account):
    heavy = make_account(owner=cast.kim)
    set_tier(heavy, "A")
    for _ in range(30):
        make_relationship(heavy)
    assert names(account, cast.dora) == ["Lena", "Kim"]


def test_languages_of_the_profile_are_compared_with_the_customer_s(cast, account):
    make_contact(account, languages=["ru"])
    make_contact(account, languages=["en"])
    ManagerProfile.objects.create(user=cast.kim, languages=["ru", "en"])
    ManagerProfile.objects.create(user=cast.lena, languages=["it"])
    assert names(account, cast.dora) == ["Kim", "Lena"]
    assert "100" in line(account, cast.dora, cast.kim, Part.LANGUAGE)


def test_a_segment_is_known_by_the_profile_or_by_accounts_of_it(cast, account):
    account.segment = Segment.objects.create(code="retail", names={"en": "Retail"})
    account.save()
    assert "New" in line(account, cast.dora, cast.kim, Part.SEGMENT)
    make_account(owner=cast.kim, segment=account.segment)
    assert "Works" in line(account, cast.dora, cast.kim, Part.SEGMENT)
    ManagerProfile.objects.create(user=cast.lena).segments.add(account.segment)
    assert "Works" in line(account, cast.dora, cast.lena, Part.SEGMENT)


def test_who_is_away_soon_is_said_to_be(cast, account):
    Absence.objects.create(
        user=cast.kim, kind="holiday", valid_from=TODAY, valid_to=TODAY + dt.timedelta(days=14)
    )
    assert "10" in line(account, cast.dora, cast.kim, Part.PRESENCE)
    assert line(account, cast.dora, cast.lena, Part.PRESENCE) == ""


@pytest.mark.parametrize(("reader", "sees"), [("dora", True), ("karl", False)])
def test_what_others_carry_is_told_to_those_who_may_know(cast, account, reader, sees):
    found = takers(account, getattr(cast, reader))
    assert all((one.after is not None) is sees for one in found)
    Absence.objects.create(
        user=cast.kim, kind="illness", valid_from=TODAY, valid_to=TODAY + dt.timedelta(days=14)
    )
    for part in (Part.LOAD, Part.PRESENCE):
        assert bool(line(account, getattr(cast, reader), cast.kim, part)) is sees


def test_a_lead_reads_the_load_of_the_team(cast):
    account = make_account(owner=cast.kim)
    found = {one.user: one.after for one in takers(account, cast.lena)}
    assert found[cast.karl] is not None and found[cast.lena] is not None


def test_more_managers_take_no_more_queries(cast, account):
    make_key(account)
    make_contact(account)
    takers(account, cast.dora)
    with CaptureQueriesContext(connection) as few:
        takers(account, cast.dora)

    for number in range(3):
        employ(make_user(f"More {number}", Role.KAM), 2)
    with CaptureQueriesContext(connection) as many:
        takers(account, cast.dora)
    assert len(few) == len(many) <= 24
