import pytest
from django.test import Client

from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["rita", "ivan", "adam", "sam"])
def test_roles_without_accounts_find_no_such_pages(who):
    cast = make_cast()
    client = Client()
    client.force_login(getattr(cast, who))
    for path in ("/accounts/", "/accounts/new/", "/accounts/duplicates/", "/accounts/export.csv"):
        assert client.get(path).status_code == 404
