import pytest
from django.urls import reverse

from accounts.models import ManagerProfile, Segment
from tests.accounts.test_queries_takers import employ, make_key
from tests.cast import make_account, signed_in

pytestmark = pytest.mark.django_db


def profile_url(user) -> str:
    return reverse("accounts:manager_profile", args=[user.pk])


def test_a_director_sets_languages_and_limits_in_the_drawer(cast):
    Segment.objects.create(code="retail", names={"en": "Retail"})
    client = signed_in(cast.dora)
    page = client.get(profile_url(cast.karl)).content.decode()
    assert "Retail" in page and "120, as in the company" in page
    answer = client.post(profile_url(cast.karl), {"languages": "ru, it", "most_key": "2"})
    assert answer.status_code == 302
    profile = ManagerProfile.objects.get(user=cast.karl)
    assert (profile.languages, profile.most_key, profile.most_regular) == (["ru", "it"], 2, None)


def test_a_manager_has_their_own_without_limits(cast):
    client = signed_in(cast.karl)
    assert "most_key" not in client.get(profile_url(cast.karl)).content.decode()
    sent = {"languages": "ru", "phone": " +49 30 1234  5 ", "most_key": "50"}
    client.post(profile_url(cast.karl), sent)
    profile = ManagerProfile.objects.get(user=cast.karl)
    assert (profile.languages, profile.most_key) == (["ru"], None)
    assert profile.phone == "+49 30 1234 5"


@pytest.mark.parametrize("reader", ["karl", "lena", "anna", "rita", "adam", "sam"])
def test_the_others_do_not_exist(cast, reader):
    assert signed_in(getattr(cast, reader)).get(profile_url(cast.kim)).status_code == 404


def test_who_saves_second_sees_both(cast):
    client = signed_in(cast.dora)
    seen = client.get(profile_url(cast.karl)).context["seen"]
    client.post(profile_url(cast.karl), {"languages": "it", "seen": seen})
    answer = client.post(profile_url(cast.karl), {"languages": "es", "seen": seen})
    assert answer.status_code == 409
    assert ManagerProfile.objects.get(user=cast.karl).languages == ["it"]


def test_the_takers_stand_on_a_page_and_in_the_form(cast, account):
    make_key(account)
    employ(cast.kim, 3)
    url = reverse("accounts:takers_page", args=[account.pk])
    page = signed_in(cast.dora).get(url).content.decode()
    assert page.index("Kim") < page.index("Lena") and "no grade yet" in page
    part = signed_in(cast.dora).get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and f"?user={cast.kim.pk}" in part
    form = reverse("accounts:assignment_create", args=[account.pk])
    drawn = signed_in(cast.dora).get(f"{form}?user={cast.kim.pk}").content.decode()
    assert f'value="{cast.kim.pk}" selected' in drawn and url in drawn


def test_a_manager_reads_no_load_of_others(cast, account):
    page = signed_in(cast.karl).get(reverse("accounts:takers_page", args=[account.pk]))
    assert "hours a month" not in page.content.decode()


def test_of_a_foreign_account_nobody_is_ranked(cast):
    foreign = make_account(owner=cast.kim)
    url = reverse("accounts:takers_page", args=[foreign.pk])
    assert signed_in(cast.karl).get(url).status_code == 404
    assert signed_in(cast.anna).get(url).status_code == 404
