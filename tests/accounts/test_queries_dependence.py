"""Ties, powers and money of many accounts as arrays, as the map of one account shows them."""

import datetime as dt
import random
from decimal import Decimal

import numpy as np
import pytest
from django.utils import timezone

from accounts.models import AccountScore, Contact, Observation, Tie
from accounts.queries.dependence import (
    FAINT,
    lively,
    our_parts,
    our_ties,
    pair,
    powers_seen,
    revenues,
    their_parts,
    ties_on,
    webs,
)
from accounts.queries.graph import picture_of
from accounts.rules import graph, strength
from common.money import to_units
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_observation
from tests.maps import make_map

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def make_tie(contact, colleague, energy, *, account=None, days_ago=0):
    account = account or contact.positions.get().account
    return Tie.objects.create(
        account=account, contact=contact, colleague=colleague, energy=energy, half_life=60,
        as_of=TODAY - dt.timedelta(days=days_ago), touchpoints=1,
    )  # fmt: skip


def test_parts_are_those_of_the_map():
    cast = make_cast()
    account = make_map(cast.karl, [cast.lena, cast.kim], people=20)
    picture = picture_of(account, cast.dora)
    ties = ties_on(picture.day)
    ours = {one.id: one.strength for one in picture.colleagues if one.strength >= 1}
    parts = our_parts(ties)
    found = dict(zip(parts.person.tolist(), parts.part.tolist(), strict=True))
    assert found == pytest.approx(graph.shares(ours), abs=0.01)
    theirs = {one.id: one.weight for one in picture.people if one.weight >= 1}
    parts = their_parts(ties)
    found = dict(zip(parts.person.tolist(), parts.part.tolist(), strict=True))
    assert found == pytest.approx(graph.shares(theirs), abs=0.001)
    web = webs(ties)[account.pk]
    assert web.threads == pytest.approx(graph.effective_threads(theirs.values()), abs=0.001)


def test_the_newest_power_counts_and_what_was_taken_back_does_not():
    cast = make_cast()
    contact = make_contact(make_account(owner=cast.karl))
    make_tie(contact, None, 10)
    make_observation(contact, "power", "1", days_ago=30)
    make_observation(contact, "power", "3", days_ago=20)
    wrong = make_observation(contact, "power", "2")
    make_observation(contact, "power", "2", retracts=wrong)
    assert ties_on(TODAY).power.tolist() == [3]


def test_ties_fade_and_those_of_people_who_left_are_gone():
    cast = make_cast()
    account = make_account(owner=cast.karl)
    here, gone = make_contact(account), make_contact(account, valid_to=TODAY)
    make_tie(here, None, 10, days_ago=60)
    make_tie(gone, None, 10)
    ties = ties_on(TODAY)
    assert ties.contact.tolist() == [here.pk]
    assert ties.strength.tolist() == pytest.approx([39.35], abs=0.01)


def test_money_of_what_was_merged_counts_with_the_survivor():
    account, absorbed = make_account(), make_account()
    absorbed.merged_into = account
    absorbed.save()
    for row, net in ((account, 100), (absorbed, 20)):
        AccountScore.objects.create(account=row, as_of=TODAY, own_revenue=Decimal(net))
    expected = {account.pk: to_units(Decimal(120))}
    assert revenues() == revenues([account.pk]) == expected
    assert revenues([absorbed.pk]) == {}


def test_the_number_of_queries_does_not_grow(django_assert_num_queries):
    cast = make_cast()
    accounts = [make_account(owner=cast.karl) for _ in range(5)]
    for account in accounts:
        contact = make_contact(account)
        make_tie(contact, cast.karl, 5)
        make_observation(contact, "power", "2")
    for ids in ([accounts[0].pk], [one.pk for one in accounts], None):
        with django_assert_num_queries(3):
            found = webs(ties_on(TODAY, ids))
            revenues(ids)
        assert len(found) == (5 if ids is None else len(ids))


def test_of_what_was_seen_of_a_power_the_newest_counts_and_an_empty_one_is_unknown():
    account = make_account()
    people = [Contact.objects.create(name=name) for name in ("Anna", "Boris", "Carl")]
    seen = [
        (0, "3", 9), (0, "1", 0), (0, "2", 5),
        (1, "2", 9), (1, "", 0),
        (2, "3", 9), (2, "1", -1),
    ]  # fmt: skip
    for who, value, ago in seen:
        Observation.objects.create(
            account=account, contact=people[who], fact="power", value=value,
            day=TODAY - dt.timedelta(days=ago),
        )  # fmt: skip
    slip = Observation.objects.get(contact=people[0], value="1")
    keys, values = powers_seen(TODAY, [account.pk])
    assert keys.tolist() == [pair(account.pk, one.pk) for one in people]
    assert values.tolist() == [1, 0, 3]
    Observation.objects.create(
        account=account, contact=people[0], fact="power", day=TODAY, retracts=slip
    )
    assert powers_seen(TODAY)[1].tolist() == [2, 0, 3]
    assert not len(powers_seen(TODAY, [])[0])


@pytest.mark.parametrize("few", [0, 50_000])
def test_what_is_not_read_of_ties_and_powers_changes_no_part(monkeypatch, few):
    """Of one colleague or several, strong or faint, with every power and with none."""
    monkeypatch.setattr("accounts.queries.dependence.FEW", few)
    cast, draw = make_cast(), random.Random(7)
    for energy in (0.0, 0.006, 0.012, 0.02, 0.03, 0.035, 0.05, 0.09, 0.11, 5) * 4:
        account = make_account(owner=cast.karl)
        for _ in range(draw.randrange(1, 5)):
            contact = make_contact(account, valid_to=draw.choice([None, None, TODAY]))
            make_tie(contact, draw.choice([cast.karl, cast.karl, cast.lena]), energy)
            make_tie(contact, None, energy)
            if power := draw.choice(["", "1", "3", "3"]):
                make_observation(contact, "power", power)
    for day in map(later, (0, 30, 60, 400, 2_000)):
        whole = ties_on(day)
        alive = lively(day)
        found, expected = our_parts(our_ties(day, alive)), our_parts(whole)
        for column in ("account", "person", "part"):
            assert getattr(found, column).tolist() == getattr(expected, column).tolist()
        lasting = their_parts(ties_on(day, named=False, above=FAINT))
        assert lasting.part.tolist() == their_parts(whole).part.tolist()
        assert alive is None or np.isin(lasting.account, alive.whole).all()


def test_a_tie_is_left_out_from_the_day_on_which_it_has_faded():
    cast = make_cast()
    contact = make_contact(make_account(owner=cast.karl))
    make_tie(contact, None, strength.energy_of(50))
    days = [day for day in range(400) if len(faded(day).account)]
    assert days == [day for day in range(400) if ties_on(later(day)).strength[0] > 5]
    assert len(days) > 60


def faded(days: int):
    return ties_on(later(days), above=5)


def later(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)
