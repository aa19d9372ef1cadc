import pytest

from accounts.commands.moving import Follower, move, move_back
from accounts.models import Cadence, MapPlace, Task
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact

pytestmark = pytest.mark.django_db
FOLLOWERS = (
    Follower(Task, "account", frees="cause"), Follower(MapPlace, "account"),
    Follower(Cadence, "account"),
)  # fmt: skip


@pytest.fixture
def both():
    cast = make_cast()
    accounts = [make_account(name, owner=cast.karl) for name in ("Old", "New")]
    contact = make_contact(accounts[0])
    for account in accounts:
        Task.objects.create(account=account, title="x", owner=cast.karl, cause="hole:finance")
        MapPlace.objects.create(account=account, contact=contact, x=account.pk, y=0)
        Cadence.objects.create(account=account, days=7, valid_from=LONG_AGO)
    return accounts


def state() -> list:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Task, MapPlace, Cadence)
    ]  # fmt: skip


def test_rows_follow_and_those_that_would_collide_are_kept_whole(both):
    old, new = both
    moved = move(FOLLOWERS, old=old.pk, new=new.pk)
    assert [task.cause for task in new.tasks.order_by("pk")] == ["", "hole:finance"]
    assert new.map_places.get().x == new.pk
    assert {row["model"] for row in moved["taken"]} == {"accounts.mapplace", "accounts.cadence"}


def test_undo_puts_every_row_back_and_leaves_what_came_since(both):
    old, new = both
    before = state()
    moved = move(FOLLOWERS, old=old.pk, new=new.pk)
    since = Task.objects.create(account=new, title="since", owner=new.owner)
    move_back(FOLLOWERS, moved, old=old.pk, new=new.pk)
    assert since in new.tasks.all()
    since.delete()
    assert state() == before


def test_a_row_whose_other_end_is_gone_stays_away(both):
    old, new = both
    moved = move(FOLLOWERS, old=old.pk, new=new.pk)
    new.map_places.get().contact.delete()
    move_back(FOLLOWERS, moved, old=old.pk, new=new.pk)
    assert not MapPlace.objects.exists()


def test_nothing_to_move_is_nothing_to_put_back(both):
    old, new = both
    move_back(FOLLOWERS, {}, old=old.pk, new=new.pk)
    assert old.tasks.count() == 1
