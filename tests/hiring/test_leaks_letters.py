"""Letters, calls and offers reach nobody who may not read them, whatever address they ask."""

import pytest
from django.utils import timezone

from hiring.models import CallEntry, Candidacy, Letter, Offer
from tests.cast import make_cast
from tests.leaks_letters import plant_letters
from tests.recruiting import make_sheet
from tests.test_leaks import body_of, leaks

pytestmark = pytest.mark.django_db
MARK = "CNRY"


@pytest.fixture
def cast():
    made = make_cast()
    plant_letters(MARK, recruiter=made.rita)
    return made


def addresses() -> list[str]:
    row = Candidacy.objects.get()
    letter, offer, entry = Letter.objects.get(), Offer.objects.get(), CallEntry.objects.get()
    return [
        "/", "/hiring/", "/hiring/offers/", f"/hiring/offers/?q={MARK}", "/hiring/letters/",
        f"/hiring/letters/{letter.pk}/", f"/hiring/letters/write/?ids={row.pk}",
        f"/hiring/letters/write/?people={row.candidate_id}",
        f"/hiring/offers/{offer.pk}/", f"/hiring/offers/{offer.pk}/edit/",
        f"/hiring/offers/{offer.pk}/print/", f"/hiring/candidacies/{row.pk}/offer/",
        f"/hiring/{row.vacancy_id}/calls/", f"/hiring/{row.vacancy_id}/calls/now/",
        f"/hiring/{row.vacancy_id}/calls/rules/", f"/hiring/{row.vacancy_id}/calls/add/",
        f"/hiring/candidates/{row.candidate_id}/", f"/hiring/candidacies/{row.pk}/",
        f"/hiring/{row.vacancy_id}/", "/news/", f"/search/?q={MARK}", f"/palette/?q={MARK}",
        f"/hiring/calls/{entry.pk}/take/",
    ]  # fmt: skip


def read(client) -> list[str]:
    found = []
    for path in addresses():
        response = client.get(path)
        assert response.status_code < 500, path
        found += leaks(body_of(response), path)
    return found


@pytest.mark.parametrize("who", ["karl", "lena", "anna", "ivan", "adam", "sam"])
def test_nothing_reaches_who_does_not_hire(cast, reader, who):
    assert read(reader(getattr(cast, who))) == []


def test_the_crawl_notices_what_recruiters_may_read(cast, reader):
    found = "\n".join(read(reader(cast.rita)))
    for text in ("subject", "body", "script", "title", "commission", "7919133"):
        assert text in found, text


def test_directors_read_the_offer_and_neither_letters_nor_calls(cast, reader):
    found = "\n".join(read(reader(cast.dora)))
    assert f"{MARK}-commission" in found
    for text in ("subject", "body", "script", "note"):
        assert f"{MARK}-{text}" not in found, text


def test_an_interviewer_sees_the_person_and_never_the_pay(cast, reader):
    make_sheet(Candidacy.objects.get(), cast.ivan, held_at=timezone.now())
    found = "\n".join(read(reader(cast.ivan)))
    for text in ("subject", "body", "script", "note", "commission", "title"):
        assert f"{MARK}-{text}" not in found, text
    assert "7919133" not in found
