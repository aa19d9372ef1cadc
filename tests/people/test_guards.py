import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from people import guards
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
MANAGERS = {"lena", "karl", "kim"}


def answer(guard, user):
    request = RequestFactory().get("/")
    request.user = user
    try:
        return guard(lambda request: HttpResponse("in"))(request).status_code
    except Http404:
        return 404


@pytest.mark.parametrize(
    ("guard", "let_in"),
    [
        (guards.managers_only, {"dora", "adam"}),
        (guards.director_only, {"dora"}),
        (guards.sellers_only, {"dora", *MANAGERS}),
        (guards.accounts_reader, {"dora", *MANAGERS, "anna"}),
        (guards.importer_only, {"dora", *MANAGERS, "adam", "rita"}),
        (guards.recruiters_only, {"rita"}),
        (guards.hirers_only, {"dora", "rita"}),
    ],
)
def test_guards_hide_pages_from_the_others(guard, let_in):
    cast = vars(make_cast())
    found = {name: answer(guard, user) for name, user in cast.items()}
    assert found == {name: 200 if name in let_in else 404 for name in cast}


def test_strangers_are_asked_to_sign_in():
    assert answer(guards.director_only, AnonymousUser()) == 302
