import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AccountScore, TierSpan
from accounts.queries.ties import half_lives, ties_of, with_us_all
from accounts.rules.strength import decay, strength
from tests.cast import make_account
from tests.field import make_contact, make_logged

pytestmark = pytest.mark.django_db


def day(ago):
    return timezone.localdate() - dt.timedelta(days=ago)


def test_a_tie_is_with_each_of_ours_and_with_us_all(cast):
    account = make_account(owner=cast.karl)
    person = make_contact(account)
    make_logged(cast.karl, account, person, colleague_ids=[cast.karl.pk, cast.lena.pk])
    found = {tie.colleague_id: tie for tie in ties_of(account)}
    assert set(found) == {None, cast.karl.pk, cast.lena.pk}
    assert round(found[None].strength, 1) == 39.3


def test_strength_fades_by_the_half_life_of_the_tier(cast):
    account = make_account(owner=cast.karl)
    AccountScore.objects.create(account=account, tier="A", as_of=day(0))
    make_logged(cast.karl, account, make_contact(account), days=45)
    tie = next(tie for tie in ties_of(account) if tie.colleague_id is None)
    assert round(tie.strength, 1) == 22.1  # 5 points, halved
    assert (tie.last_on, tie.touchpoints) == (day(45), 1)


def test_a_past_day_knows_nothing_of_what_came_later(cast):
    account = make_account(owner=cast.karl)
    person = make_contact(account)
    make_logged(cast.karl, account, person, days=40)
    make_logged(cast.karl, account, person, days=10)
    then = {tie.colleague_id: tie for tie in ties_of(account, day(30))}
    assert then[None].touchpoints == 1
    assert then[None].last_on == day(40)
    assert ties_of(account, day(50)) == []


def test_the_present_day_asked_for_as_a_past_one_answers_the_same(cast):
    account = make_account(owner=cast.karl)
    person = make_contact(account)
    for ago in (1, 20, 90):
        make_logged(cast.karl, account, person, days=ago, direction="both")
    kept = sorted(ties_of(account), key=str)
    yesterday = sorted(ties_of(account, day(1)), key=str)
    for now, then in zip(kept, yesterday, strict=True):
        assert now.touchpoints == then.touchpoints
        assert now.strength == pytest.approx(then.strength, rel=0.02)


def test_a_past_day_fades_by_the_tier_of_its_time(cast):
    account = make_account(owner=cast.karl)
    for tier, begin, end in (("C", day(400), day(100)), ("A", day(100), None)):
        TierSpan.objects.create(
            account=account, tier=tier, valid_from=begin, valid_to=end, reason="first",
            rule_version="1",
        )  # fmt: skip
    AccountScore.objects.create(account=account, tier="A", as_of=day(0))
    lives = half_lives()
    assert lives["A"] != lives["C"]
    make_logged(cast.karl, account, make_contact(account), days=110 + lives["C"])
    (then,) = (tie for tie in ties_of(account, day(110)) if tie.colleague_id is None)
    assert round(then.strength, 1) == 22.1  # 5 points, halved once
    (later,) = (tie for tie in ties_of(account, day(50)) if tie.colleague_id is None)
    assert later.strength == pytest.approx(strength(5 * decay(60 + lives["C"], lives["A"])))


def test_ties_with_us_all_are_as_strong_as_one_by_one(cast):
    account, other = make_account(owner=cast.karl), make_account(owner=cast.karl)
    for place in (account, other):
        make_logged(cast.karl, place, make_contact(place), days=3)
    accounts, contacts, held = with_us_all(day(0))
    assert sorted(accounts.tolist()) == sorted([account.pk, other.pk])
    (tie,) = (tie for tie in ties_of(account) if tie.colleague_id is None)
    assert with_us_all(day(0), [account.pk])[1].tolist() == [tie.contact_id]
    assert held[contacts.tolist().index(tie.contact_id)] == pytest.approx(tie.strength, abs=1e-4)
