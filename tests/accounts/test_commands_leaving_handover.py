"""What is on its way to somebody who leaves is called off, told, and goes on when taken back."""

import pytest

from accounts.commands import departure as commands
from accounts.commands.handover import cancel_handover, move_on
from accounts.models import Account, Handover
from common.errors import RuleBroken
from people import commands as people
from people.choices import Role
from people.models import Departure, Notification, User
from tests.care import in_days
from tests.cast import make_account, make_user, signed_in
from tests.handovers import accept, begin, digest, make_road, meet, to_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def road(cast):
    """Lena's key account on its way to Karl, told and introduced."""
    return to_state(make_road(cast), "introduced")


def leave(cast) -> Departure:
    return commands.leave_suddenly(actor=cast.dora, user=cast.karl)


def told() -> set[tuple[str, str]]:
    rows = Notification.objects.filter(kind="handover_ended").select_related("user")
    return {(row.user.name, row.data["what"]) for row in rows}


def test_it_is_called_off_with_the_reason_and_the_right_to_read_ends(cast, road):
    leave(cast)
    row = Handover.objects.get()
    assert (row.state, row.ended_why) == ("cancelled", "Karl has left.")
    assert row.ended_at and row.moves.last().to_state == "cancelled"
    assert not road.account.assignments.today().filter(user=cast.karl).exists()
    assert Account.objects.get(pk=road.account.pk).owner == cast.lena


def test_the_former_manager_is_told_and_the_director_who_did_it_reads_it_on_the_page(cast, road):
    olga = make_user("Olga", Role.DIRECTOR)
    Handover.objects.update(agreed_by=olga)
    client = signed_in(cast.dora)
    page = f"/departures/people/{cast.karl.pk}/"
    assert "Hansa was to pass from Lena to this person" in client.get(page).content.decode()
    leave(cast)
    assert told() == {("Lena", "cancelled"), ("Olga", "cancelled")}
    assert "<b>1</b> handover to Karl was called off" in client.get(page).content.decode()
    for user in (cast.lena, olga):
        news = signed_in(user).get("/news/").content.decode()
        assert "The handover from Lena to Karl was called off" in news


def test_by_night_the_director_is_told_too(cast, road):
    Departure.objects.create(user=cast.karl, kind="resigned", last_day=in_days(-1))
    assert commands.close_due(day=in_days(0)) == 1
    assert told() == {("Lena", "cancelled"), ("Dora", "cancelled")}


def test_taken_back_it_goes_on_where_it_stood(cast, road):
    before = digest(road.account)
    departure = leave(cast)
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    row = Handover.objects.get()
    assert (row.state, row.ended_at, row.ended_why) == ("introduced", None, "")
    assert digest(road.account) == before
    assert signed_in(cast.karl).get(f"/accounts/{road.account.pk}/handover/").status_code == 200


def test_taken_back_it_leaves_a_newer_handover_of_the_account_alone(cast, road):
    departure = leave(cast)
    road.taker = cast.dora
    newer = begin(road)
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    assert set(Handover.objects.values_list("pk", "state")) == {
        (road.row.pk, "cancelled"), (newer.pk, "planned")
    }  # fmt: skip


def test_accepted_ones_stay_as_they_are_and_those_from_the_leaver_go_on(cast, road):
    commands.leave_suddenly(actor=cast.dora, user=cast.lena)
    row = Handover.objects.get()
    assert (row.state, row.from_user) == ("introduced", cast.lena)
    assert Account.objects.get(pk=road.account.pk).owner == cast.dora
    with pytest.raises(RuleBroken, match="a meeting or call with Karl and Dora"):
        move_on(actor=cast.karl, handover_id=row.pk, state="joint")
    for theirs in ((road.boss,), ()):
        meet(road, *theirs, ours=(cast.karl, cast.dora))
    move_on(actor=cast.karl, handover_id=row.pk, state="joint")
    accept(road)
    assert Account.objects.get(pk=road.account.pk).owner == cast.karl
    leave(cast)
    assert Handover.objects.get().state == "watch"
    assert Account.objects.get(pk=road.account.pk).owner == cast.dora


def test_a_sign_in_is_not_closed_while_an_account_is_on_its_way(cast, road):
    for change in (
        lambda: people.deactivate_person(actor=cast.dora, user=cast.karl),
        lambda: people.change_roles(actor=cast.dora, user=cast.karl, roles={Role.ASSISTANT}),
    ):
        with pytest.raises(RuleBroken, match="1 account is being handed over to Karl"):
            change()
    own = make_account("Own", owner=cast.karl)
    with pytest.raises(RuleBroken, match="answers for 1 account"):  # what weighs more, first
        people.deactivate_person(actor=cast.dora, user=cast.karl)
    own.assignments.all().delete()
    cancel_handover(actor=cast.dora, handover_id=road.row.pk, reason="Another way")
    people.deactivate_person(actor=cast.dora, user=cast.karl)
    assert not User.objects.get(pk=cast.karl.pk).is_active
