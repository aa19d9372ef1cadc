import pytest

from accounts.models import Promise
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db


def test_promises_are_as_visible_as_their_account():
    cast = make_cast()
    account = make_account(owner=cast.karl)
    fields = {"account": account, "colleague": cast.karl, "made_on": "2026-11-02"}
    Promise.objects.create(text="open", **fields)
    Promise.objects.create(text="kept", state="kept", **fields)
    assert Promise.objects.visible_to(cast.lena).count() == 2
    assert not Promise.objects.visible_to(cast.kim).exists()
    assert not Promise.objects.editable_by(cast.lena).exists()
    assert Promise.objects.open().get().text == "open"
