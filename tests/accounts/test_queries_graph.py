import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.choices import Tier
from accounts.commands import map as commands
from accounts.models import Line, Tie
from accounts.queries.graph import picture_of
from accounts.queries.graph_answers import answers
from accounts.queries.graph_drawing import drawing
from people.models.company import company_known
from tests.cast import LONG_AGO, make_account
from tests.field import make_contact, make_observation, set_tier
from tests.maps import make_map

pytestmark = pytest.mark.django_db


def make_tie(account, contact, colleague, energy, *, days_ago=0):
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    return Tie.objects.create(
        account=account, contact=contact, colleague=colleague, energy=energy, as_of=day,
        half_life=45, touchpoints=1, last_on=day, last_two_way_on=day,
    )  # fmt: skip


@pytest.mark.parametrize("people", [60, 300])
def test_the_number_of_queries_does_not_grow_with_the_people(cast, people):
    few = make_map(cast.karl, [cast.lena], people=3)
    many = make_map(cast.karl, [cast.lena, cast.kim], people=people)

    def count(account) -> int:
        with company_known(), CaptureQueriesContext(connection) as asked:
            shown = picture_of(account, cast.karl)
            answers(shown, cast.karl)
            drawing(shown)
        return len(asked)

    assert count(many) <= count(few) + 1 <= 15  # one more where others than the assigned have ties


def test_people_holes_and_required_roles_stand_on_the_map(cast):
    account = make_account(owner=cast.karl)
    set_tier(account, Tier.C)
    make_contact(account, "Ada", role="decision_maker")
    shown = picture_of(account, cast.karl)
    assert [person.words for person in shown.people] == ["Ada"]
    assert [hole.role.code for hole in shown.holes] == ["purchasing"]
    make_contact(account, "", role="purchasing")
    shown = picture_of(account, cast.karl)
    assert [person.words for person in shown.people if person.is_hole] == [
        "Head of purchasing, name unknown"
    ]
    assert not shown.holes  # it has a place of its own now


def test_a_past_day_shows_who_was_there_and_the_lines_of_that_day(cast):
    account = make_account(owner=cast.karl)
    day = dt.date(2024, 6, 1)
    ada = make_contact(account, "Ada")
    ben = make_contact(account, "Ben", valid_to=dt.date(2025, 1, 1))
    cem = make_contact(account, "Cem", valid_from=dt.date(2025, 1, 1))
    common = {"account": account, "start": ada, "kind": "reports"}
    Line.objects.create(end=ben, valid_from=LONG_AGO, valid_to=dt.date(2025, 1, 1), **common)
    Line.objects.create(end=cem, valid_from=dt.date(2025, 1, 1), **common)
    make_observation(ada, "stance", "5")
    then, now = picture_of(account, cast.karl, day), picture_of(account, cast.karl)
    assert then.is_past and not now.is_past
    assert {one.name for one in then.people} == {"Ada", "Ben"}
    assert (then.superiors, now.superiors) == ({ada.pk: ben.pk}, {ada.pk: cem.pk})
    assert (then.by_id[ada.pk].stance, now.by_id[ada.pk].stance) == (0, 5)


def test_a_day_to_come_is_today(cast):
    account = make_account(owner=cast.karl)
    assert picture_of(account, cast.karl, dt.date(2999, 1, 1)).day == timezone.localdate()


def test_ties_make_strength_and_shares_weighted_by_power(cast):
    account = make_account(owner=cast.karl)
    ada, ben = make_contact(account, "Ada"), make_contact(account, "Ben")
    make_observation(ada, "power", "3")
    for contact, energy in ((ada, 10), (ben, 10)):
        make_tie(account, contact, cast.karl, energy)
        make_tie(account, contact, None, energy)
    make_tie(account, ben, cast.lena, 3, days_ago=120)
    shown = picture_of(account, cast.karl)
    assert round(shown.by_id[ada.pk].strength) == 63  # 100 x (1 - 1/e)
    assert shown.by_id[ada.pk].share == pytest.approx(0.75)
    karl, lena = shown.colleagues
    assert (karl.name, karl.is_owner, lena.name) == ("Karl", True, "Lena")
    assert karl.share > 0.97
    assert [bond.is_faded for bond in shown.bonds if bond.colleague_id == lena.id] == [True]


def test_ours_are_the_assigned_and_those_with_ties(cast):
    account = make_account(owner=cast.karl)
    shown = picture_of(account, cast.karl)
    assert [(one.name, one.function) for one in shown.colleagues] == [("Karl", "owner")]


def test_places_put_by_hand_come_with_their_version(cast):
    account = make_account(owner=cast.karl)
    ada = make_contact(account, "Ada")
    commands.place_card(actor=cast.karl, account_id=account.pk, key=ada.pk, x=4, y=-7, version=0)
    assert picture_of(account, cast.karl).places == {ada.pk: (4, -7, 1)}


def test_nothing_of_another_account_is_on_the_map(cast):
    account, other = make_account(owner=cast.karl), make_account(owner=cast.karl)
    ada, eve = make_contact(account, "Ada"), make_contact(other, "Eve")
    make_tie(other, eve, cast.karl, 9)
    Line.objects.create(account=other, kind="conflict", start=eve, end=ada, valid_from=LONG_AGO)
    shown = picture_of(account, cast.karl)
    assert [one.name for one in shown.people] == ["Ada"]
    assert not shown.edges and not shown.bonds
