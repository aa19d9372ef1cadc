import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from accounts.views.guards import director_only, importer_only
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


def answer(guard, user):
    request = RequestFactory().get("/")
    request.user = user
    try:
        return guard(lambda request: HttpResponse("in"))(request).status_code
    except Http404:
        return 404


def test_guards_hide_pages_from_the_others():
    cast = make_cast()
    found = {
        name: (answer(director_only, user), answer(importer_only, user))
        for name, user in vars(cast).items()
    }
    assert found.pop("dora") == (200, 200)
    assert found.pop("adam") == (404, 200)
    managers = {found.pop(name) for name in ("lena", "karl", "kim")}
    assert managers == {(404, 200)}  # they bring the people of their own accounts
    assert set(found.values()) == {(404, 404)}
    assert answer(director_only, AnonymousUser()) == 302
