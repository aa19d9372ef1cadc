import pytest
from django.test import Client

from tests.cast import make_account, make_cast, signed_in
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = make_cast()
    make_contact(make_account("Hansa", owner=made.karl), "Anna Berg")
    return made


def test_the_owner_finds_the_person_and_a_stranger_nobody(cast):
    assert "Anna Berg" in signed_in(cast.karl).get("/search/", {"q": "berg"}).content.decode()
    for user in (cast.kim, cast.sam):
        page = signed_in(user).get("/search/", {"q": "berg"}).content.decode()
        assert "Anna Berg" not in page
        assert "Nothing found" in page


def test_the_anonymous_sign_in_first(cast):
    assert Client().get("/search/", {"q": "berg"}).status_code == 302


def test_a_page_without_a_question_asks_for_one(cast):
    assert "Look for anything" in signed_in(cast.karl).get("/search/").content.decode()


@pytest.mark.parametrize(
    "asked", [{"kind": "notes"}, {"page": "0"}, {"page": "9"}, {"page": "x"}, {"page": "1e3"}]
)
def test_what_does_not_exist_is_not_found(cast, asked):
    assert signed_in(cast.karl).get("/search/", {"q": "berg", **asked}).status_code == 404


@pytest.mark.parametrize("typed", ["\x00'; --", "%", "_", "\\", "<script>", "x" * 5_000, "a " * 90])
def test_whatever_is_typed_is_answered(cast, typed):
    assert signed_in(cast.karl).get("/search/", {"q": typed}).status_code == 200
    assert signed_in(cast.karl).get("/palette/", {"q": typed}).status_code == 200


@pytest.mark.parametrize("who", ["karl", "dora"])
def test_the_page_costs_at_most_fifteen_queries(cast, who, django_assert_max_num_queries):
    client = signed_in(getattr(cast, who))
    for typed in ("berg", "bergg"):
        with django_assert_max_num_queries(15):
            assert client.get("/search/", {"q": typed}).status_code == 200
