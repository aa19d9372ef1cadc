import pytest

from people.commands import apply_changes, record
from people.models import Event
from people.queries import events
from tests.cast import make_cast, make_user

pytestmark = pytest.mark.django_db


def test_the_record_names_actor_verb_and_target():
    cast = make_cast()
    record(actor=cast.dora, verb="user.invited", target=cast.karl, email="x@example.org")
    row = events(cast.karl)[0]
    assert (row.actor, row.verb, row.data) == (
        cast.dora,
        "user.invited",
        {"email": "x@example.org"},
    )


def test_the_system_has_no_name():
    assert record(actor=None, verb="user.changed", target=make_user("Karl")).actor is None


def test_only_what_differs_is_saved_and_told():
    karl = make_user("Karl", title="KAM")
    assert apply_changes(karl, {"name": "Karl", "title": "Senior KAM"}) == {
        "title": ["KAM", "Senior KAM"]
    }
    karl.refresh_from_db()
    assert karl.title == "Senior KAM"
    assert apply_changes(karl, {"name": "Karl"}) == {}
    assert Event.objects.count() == 0
