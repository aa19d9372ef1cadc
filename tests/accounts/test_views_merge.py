import pytest
from django.test import Client
from django.urls import reverse

from accounts.commands.account import renew_search_text
from accounts.models import Merge, Source
from accounts.queries.duplicates import duplicate_pairs, lookalikes
from tests.cast import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(cast):
    client = Client()
    client.force_login(cast.dora)
    return client


def test_pairs_are_found_by_name_number_and_web_site(cast):
    erp, shop = Source.objects.create(name="erp"), Source.objects.create(name="shop")
    names = make_account("ООО «Молочный двор»"), make_account("Molochnyi Dvor")
    sites = (
        make_account("Vega", website="https://www.vega.example/"),
        make_account("Laboratorios", website="http://vega.example/es"),
    )
    numbers = make_account("Alpha"), make_account("Beta")
    for account, source in zip(numbers, (erp, shop), strict=True):
        account.external_ids.create(source=source, value="K-1")
    make_account("Quite another"), make_account("Old vega", status="merged")
    found = {
        (pair.reason, frozenset((pair.first, pair.second))) for pair in duplicate_pairs(cast.dora)
    }
    assert found == {
        ("name", frozenset(names)),
        ("website", frozenset(sites)),
        ("number", frozenset(numbers)),
    }


def test_what_the_reader_may_not_see_is_not_named(cast):
    account = make_account("Vega", owner=cast.kim)
    renew_search_text(account)
    seen = lookalikes(cast.karl, name="VEGA S.L.")
    assert (seen.accounts, seen.hidden) == ([], True)
    assert lookalikes(cast.kim, name="VEGA S.L.").accounts == [account]
    assert duplicate_pairs(cast.karl) == []


def test_two_accounts_are_compared_merged_and_parted(cast, director):
    survivor = make_account("Vega", owner=cast.karl)
    absorbed = make_account("VEGA S.L.", owner=cast.kim, city="Valencia")
    assert "Compare" in director.get("/accounts/duplicates/").content.decode()
    url = reverse("accounts:account_merge", args=[survivor.pk, absorbed.pk])
    assert "Valencia" in director.get(url).content.decode()
    director.post(url, {"take-city": "absorbed", "take-name": "survivor"})
    survivor.refresh_from_db()
    assert (survivor.name, survivor.city) == ("Vega", "Valencia")
    merge = Merge.objects.get()
    page = director.get(f"/accounts/{survivor.pk}/").content.decode()
    assert reverse("accounts:merge_undo", args=[merge.pk]) in page
    assert director.get(url).status_code == 404
    director.post(reverse("accounts:merge_undo", args=[merge.pk]))
    absorbed.refresh_from_db()
    assert (absorbed.status, absorbed.owner) == ("active", cast.kim)
    again = director.post(reverse("accounts:merge_undo", args=[merge.pk]), follow=True)
    assert "undone already" in again.content.decode()


def test_an_account_is_not_compared_with_itself(director):
    account = make_account("Vega")
    url = reverse("accounts:account_merge", args=[account.pk, account.pk])
    assert director.get(url).status_code == 404


def test_two_customers_are_not_asked_about_again_until_somebody_wants_to(cast, director):
    one, other = make_account("Hansa"), make_account("HANSA")
    said = reverse("accounts:account_distinct", args=[one.pk, other.pk])
    page = director.post(said, follow=True).content.decode()
    assert duplicate_pairs(cast.dora) == [] and "1 pair was said to be two" in page
    director.post(reverse("accounts:account_alike", args=[one.pk, other.pk]))
    assert len(duplicate_pairs(cast.dora)) == 1
