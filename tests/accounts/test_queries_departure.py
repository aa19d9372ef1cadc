"""What somebody who leaves would leave behind, and who would follow."""

import pytest

from accounts.commands.departure import deed_of, leave_suddenly
from accounts.models import Cover
from accounts.queries import departure as queries
from people.choices import Role
from people.models import Departure, Team
from tests.care import in_days, make_absence, make_employment, make_key_account
from tests.cast import make_account, make_user
from tests.field import make_contact, make_logged
from tests.handovers import make_road

pytestmark = pytest.mark.django_db


def test_the_director_who_leads_the_team_follows_else_the_longest_serving(cast):
    olga = make_user("Olga", Role.DIRECTOR)
    assert queries.director_after(cast.kim) == cast.dora
    Team.objects.filter(name="South").update(lead=olga)
    assert queries.director_after(cast.kim) == olga
    assert queries.director_after(cast.dora) == olga
    assert queries.heir_of(cast.karl) == cast.lena and queries.heir_of(cast.kim) == olga


def test_key_accounts_first_then_the_money_that_hangs_on_the_person(cast):
    make_employment(cast.karl)
    plain = make_account("Plain", owner=cast.karl)
    known = make_key_account("Known by others", owner=cast.karl, revenue=900)
    alone = make_key_account("His alone", owner=cast.karl, revenue=100)
    make_logged(cast.dora, known, make_contact(known))
    make_logged(cast.karl, alone, make_contact(alone))
    stakes = queries.stakes_of(cast.karl, cast.dora)
    assert [line.account for line in stakes.lines] == [alone, known, plain]
    assert (stakes.key, stakes.others) == (2, 1)
    first, second, third = stakes.lines
    assert (first.money, first.stake.is_single) == (100, True)
    assert (second.money, second.stake.is_single) == (0, False)
    assert third.stake.part is None and third.stake.is_single
    assert stakes.revenue == 1000 and stakes.money == 100


def test_what_else_hangs_on_them(cast):
    road = make_road(cast)
    account = make_account("Foreign", owner=cast.kim)
    cover = Cover.objects.create(
        absence=make_absence(cast.kim), account=account, substitute=cast.karl
    )
    stakes = queries.stakes_of(cast.karl, cast.dora)
    assert stakes.covers == [cover] and stakes.coming == [road.row] and stakes.leads == []
    assert [team.name for team in queries.stakes_of(cast.lena, cast.dora).leads] == ["North"]


def test_whom_it_may_be_about_the_most_key_accounts_first(cast):
    make_employment(cast.kim)
    make_key_account("Key", owner=cast.kim)
    for name in ("One", "Two"):
        make_account(name, owner=cast.karl)
    found = queries.people_with_accounts(cast.dora)
    assert [(one.user, one.key, one.accounts) for one in found] == [
        (cast.kim, 1, 1), (cast.karl, 0, 2)
    ]  # fmt: skip
    assert [one.user for one in queries.people_with_accounts(cast.dora, "kar")] == [cast.karl]


def test_how_it_was_settled_is_read_from_the_record(cast):
    make_employment(cast.karl)
    make_key_account("Key", owner=cast.karl)
    make_account("Plain", owner=cast.karl)
    departure = leave_suddenly(actor=cast.dora, user=cast.karl)
    settled = queries.settled(departure, deed_of(departure), cast.dora)
    assert [row.account.name for row in settled.controls] == ["Key"]
    assert (settled.others, settled.heir, settled.handovers) == (1, cast.lena, 0)
    assert queries.departure_of(cast.dora, cast.karl) == departure
    assert queries.departures(cast.kim) == []


def test_noted_ones_come_before_those_who_have_left(cast):
    leave_suddenly(actor=cast.dora, user=cast.karl)
    later = Departure.objects.create(user=cast.kim, kind="resigned", last_day=in_days(20))
    assert queries.departures(cast.dora)[0] == later
