import pytest
from django.urls import reverse

from hiring.commands.candidate import create_candidate
from hiring.commands.sourcing import add_companies, install_tiers
from hiring.models import TargetCompany
from tests.recruiting import make_candidate, make_off_limits

pytestmark = pytest.mark.django_db
OFF = "/hiring/off-limits/"


def text(response) -> str:
    return response.content.decode()


def undo_of(client, page: str) -> str:
    (said,) = client.get(page).context["messages"]
    return said.extra_tags.removeprefix("undo:")


@pytest.fixture
def page(vacancy):
    return reverse("hiring:sourcing_page", args=[vacancy.pk])


@pytest.fixture
def tiers(cast, vacancy):
    return install_tiers(actor=cast.rita, vacancy=vacancy)


def test_an_empty_page_offers_the_tiers(cast, reader, vacancy, page):
    client = reader(cast.rita)
    assert "No search tiers yet" in text(client.get(page))
    client.post(reverse("hiring:tiers_lay", args=[vacancy.pk]))
    shown = text(client.get(page))
    assert "Successful companies of our market" in shown and "Open early" in shown


def test_a_director_reads_and_changes_nothing(cast, reader, tiers, page):
    shown = text(reader(cast.dora).get(page))
    assert "Everyone who answers" in shown and "Open early" not in shown
    assert shown.count('aria-current="page">Sourcing<') == 1


def test_a_tier_opens_early_with_a_reason_and_shuts_again(cast, reader, tiers, page):
    client, url = reader(cast.rita), reverse("hiring:tier_open", args=[tiers[1].pk])
    assert "Why early" in text(client.get(url))
    assert client.post(url).status_code == 422
    client.post(url, {"because": "Nobody left"})
    tiers[1].refresh_from_db()
    assert tiers[1].opened_because == "Nobody left"
    client.post(undo_of(client, page))
    tiers[1].refresh_from_db()
    assert tiers[1].opened_at is None


def test_companies_are_pasted_and_taken_back(cast, reader, tiers, page):
    make_off_limits("Vega")
    client, url = reader(cast.rita), reverse("hiring:companies_add", args=[tiers[0].pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"lines": " "}).status_code == 422
    client.post(url, {"lines": "Polus; polus.example\nVega\nOrbita"})
    assert TargetCompany.objects.count() == 2
    said = [str(one) for one in client.get(page).context["messages"]]
    assert "Off limits, not added: Vega" in said
    ids = ",".join(str(one.pk) for one in TargetCompany.objects.all())
    client.post(f"{reverse('hiring:companies_undo', args=[tiers[0].pk])}?ids={ids}")
    assert not TargetCompany.objects.exists()


def test_a_company_is_removed_and_brought_back(cast, reader, tiers, page):
    (row,) = add_companies(actor=cast.rita, tier_id=tiers[0].pk, lines="Polus").added
    client = reader(cast.rita)
    client.post(reverse("hiring:company_remove", args=[row.pk]))
    client.post(undo_of(client, page))
    assert TargetCompany.objects.get().name == "Polus"


def test_people_known_at_a_company_are_put_forward_and_taken_back(cast, reader, tiers, page):
    (row,) = add_companies(actor=cast.rita, tier_id=tiers[0].pk, lines="Polus").added
    create_candidate(name="Jo", employer="Polus")
    client = reader(cast.rita)
    assert "Put 1 forward" in text(client.get(page))
    client.post(reverse("hiring:company_people", args=[row.pk]))
    assert tiers[0].candidacies.count() == 1
    client.post(undo_of(client, page))
    assert tiers[0].candidacies.count() == 0


def test_a_tier_is_edited_in_the_drawer(cast, reader, tiers):
    client, url = reader(cast.rita), reverse("hiring:tier_edit", args=[tiers[1].pk])
    assert client.get(url).status_code == 200
    client.post(url, {"note": "Food", "percent": "70"})
    tiers[1].refresh_from_db()
    assert tiers[1].note == "Food"
    assert client.post(url, {"percent": "0"}).status_code == 422


def test_somebody_hidden_is_not_counted_for_whom_they_report_to(cast, reader, vacancy, tiers, page):
    make_candidate("Hidden Lena", user=cast.lena)
    assert "Hidden Lena" not in text(reader(cast.dora).get(page))
