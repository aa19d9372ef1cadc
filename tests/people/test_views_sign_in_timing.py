"""Nobody learns from the time an answer takes whether an address is known."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import PASSWORD, make_company, make_user

pytestmark = pytest.mark.django_db
HASHED = []


class CountingHasher(MD5PasswordHasher):
    def encode(self, password, salt):
        HASHED.append(1)
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def people(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    make_company()
    make_user("Karl", password=PASSWORD)
    make_user("Closed", password=PASSWORD, is_active=False)
    make_user("Bare")


@pytest.mark.parametrize("name", ["karl", "closed", "bare", "nobody"])
def test_a_failed_sign_in_hashes_once_whoever_it_is(client, name):
    HASHED.clear()
    client.post("/sign-in/", {"login": f"{name}@example.org", "password": "wrong"})
    assert len(HASHED) == 1


def test_asking_for_a_new_password_costs_the_same_queries_whoever_it_is(client):
    counts = set()
    for name in ("karl", "closed", "nobody"):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.post("/password/reset/", {"email": f"{name}@example.org"})
        counts.add(len(seen))
    assert len(counts) == 1
