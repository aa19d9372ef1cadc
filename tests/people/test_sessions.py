import pytest

from people.models import Session
from people.sessions import SessionStore
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def test_a_row_knows_person_device_and_times():
    karl = make_user("Karl")
    store = SessionStore()
    store.update(
        {
            "_auth_user_id": str(karl.pk),
            "signed_in_at": 1e9,
            "seen_at": 1e9 + 60,
            "device": "D" * 99,
        }
    )
    store.create()
    row = Session.objects.get()
    assert (row.user, row.device) == (karl, "D" * 80)
    assert (row.seen_at - row.started_at).seconds == 60


def test_before_sign_in_a_row_has_nobody():
    store = SessionStore()
    store["anything"] = 1
    store.create()
    row = Session.objects.get()
    assert (row.user, row.seen_at) == (None, None)
    assert Session.get_session_store_class() is SessionStore
