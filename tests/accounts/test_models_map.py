import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import CoverageRule, Line, MapPlace
from people.models import User
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    account = make_account(owner=make_cast().karl)
    return account, make_contact(account, "Ada"), make_contact(account, "Ben")


def line(account, start, end, **fields) -> Line:
    plain = {"kind": "reports", "valid_from": LONG_AGO}
    return Line.objects.create(account=account, start=start, end=end, **{**plain, **fields})


def test_a_line_needs_two_people(people):
    account, ada, _ben = people
    with pytest.raises(IntegrityError), transaction.atomic():
        line(account, ada, ada)


def test_somebody_has_one_superior_at_a_time(people):
    account, ada, ben = people
    line(account, ada, ben, valid_to=dt.date(2021, 1, 1))
    line(account, ada, ben, valid_from=dt.date(2021, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        line(account, ada, make_contact(account, "Cem"), valid_from=dt.date(2022, 1, 1))


def test_the_same_line_stands_once(people):
    account, ada, ben = people
    line(account, ada, ben, kind="influences")
    line(account, ben, ada, kind="influences")
    with pytest.raises(IntegrityError), transaction.atomic():
        line(account, ada, ben, kind="influences")


def test_a_line_ends_after_it_begins(people):
    account, ada, ben = people
    with pytest.raises(ValidationError):
        Line(account=account, kind="reports", start=ada, end=ben, valid_from=LONG_AGO,
             valid_to=LONG_AGO).full_clean()  # fmt: skip


def test_lines_and_places_are_as_visible_as_their_account(people):
    account, ada, ben = people
    drawn = line(account, ada, ben)
    place = MapPlace.objects.create(account=account, contact=ada, x=1, y=2)
    kim = User.objects.get(name="Kim")
    assert list(Line.objects.visible_to(account.owner)) == [drawn]
    assert list(MapPlace.objects.editable_by(account.owner)) == [place]
    assert not Line.objects.visible_to(kim) and not MapPlace.objects.visible_to(kim)


def test_a_card_has_one_place(people):
    account, ada, _ben = people
    MapPlace.objects.create(account=account, contact=ada, x=1, y=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        MapPlace.objects.create(account=account, contact=ada, x=3, y=4)


def test_rules_come_in_their_order():
    later = CoverageRule.objects.create(tiers=["A"], position=2, role=make_role("finance"))
    first = CoverageRule.objects.create(tiers=["A"], position=1)
    assert list(CoverageRule.objects.all()) == [first, later]
    assert str(first) == "1 x power"
