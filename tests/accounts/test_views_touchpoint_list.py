import pytest
from django.test import Client

from tests.cast import make_account
from tests.field import make_contact, make_logged

pytestmark = pytest.mark.django_db


def page_of(user, query: str = "", **headers) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(f"/touchpoints/{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_of_the_accounts_they_may_open(cast):
    make_logged(cast.karl, make_account(owner=cast.karl), text="From Karl's account")
    make_logged(cast.kim, make_account(owner=cast.kim), text="From Kim's account")
    seen = {name: page_of(getattr(cast, name)) for name in ("dora", "lena", "karl", "anna", "kim")}
    assert {name for name, page in seen.items() if "From Karl&#x27;s" in page} == {
        "dora", "lena", "karl", "anna"
    }  # fmt: skip
    assert {name for name, page in seen.items() if "From Kim&#x27;s" in page} == {"dora", "kim"}


def test_one_of_ours_can_be_asked_for(cast):
    account = make_account(owner=cast.karl)
    make_logged(cast.karl, account, text="Karl was there")
    make_logged(cast.anna, account, text="Anna was there")
    page = page_of(cast.dora, f"?manager={cast.anna.pk}")
    assert "Anna was there" in page and "Karl was there" not in page


def test_filters_answer_with_the_entries_alone(cast):
    make_logged(cast.karl, make_account(owner=cast.karl), text="About pallets")
    part = page_of(cast.karl, "?q=pallets", **{"HX-Request": "true"})
    assert "About pallets" in part and "<html" not in part
    assert "Nothing like that" in page_of(cast.karl, "?q=films", **{"HX-Request": "true"})


def test_a_persons_timeline_holds_what_the_reader_may_open(cast):
    account, foreign = make_account(owner=cast.karl), make_account(owner=cast.kim)
    person = make_contact(account)
    person.positions.create(account=foreign, valid_from="2021-01-01")
    make_logged(cast.karl, account, person, text="At the new place")
    make_logged(cast.kim, foreign, person, text="At the old place")
    client = Client()
    client.force_login(cast.karl)
    part = client.get(f"/accounts/{account.pk}/people/{person.pk}/timeline/").content.decode()
    assert "At the new place" in part and "At the old place" not in part
    assert client.get(f"/accounts/{foreign.pk}/people/{person.pk}/timeline/").status_code == 404


def test_somebody_who_has_no_customers_is_not_named_by_number(cast, reader):
    karl = reader(cast.karl)
    for stranger in (cast.rita.pk, 10**9):
        assert karl.get(f"/touchpoints/?manager={stranger}").status_code == 404
