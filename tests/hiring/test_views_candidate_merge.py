import pytest
from django.urls import reverse

from hiring.commands.candidate import create_candidate
from hiring.models import Candidate
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db


def test_a_pair_is_found_compared_merged_and_taken_apart(cast, reader):
    one = create_candidate(name="Анна Ёлкина", city="Kiel")
    other = create_candidate(name="Anna Elkina", city="Ulm", reaches=[("phone", "1234")])
    make_candidacy(make_vacancy("KAM North"), other)
    client = reader(cast.rita)
    url = reverse("hiring:candidate_merge", args=[one.pk, other.pk])
    page = client.get(reverse("hiring:candidate_duplicates")).content.decode()
    assert url in page and "same name" in page
    page = client.get(url).content.decode()
    assert "KAM North" in page and "1234" in page
    client.post(url, {"take-city": "absorbed"})
    one.refresh_from_db()
    assert one.city == "Ulm" and one.candidacies.count() == 1
    card = client.get(reverse("hiring:candidate_page", args=[one.pk])).content.decode()
    assert "Undo the merge" in card
    merge = one.merges.get()
    client.post(reverse("hiring:candidate_merge_undo", args=[merge.pk]))
    assert Candidate.objects.present().count() == 2


def test_an_empty_page_says_so_and_nobody_is_merged_with_themselves(cast, reader):
    one = create_candidate(name="Jo")
    client = reader(cast.rita)
    assert "Nobody stands here twice" in (
        client.get(reverse("hiring:candidate_duplicates")).content.decode()
    )
    url = reverse("hiring:candidate_merge", args=[one.pk, one.pk])
    assert client.get(url).status_code == 404


def test_two_people_are_not_asked_about_again_until_somebody_wants_to(cast, reader):
    one, other = create_candidate(name="Anna Elkina"), create_candidate(name="Anna Elkina")
    client = reader(cast.rita)
    said = reverse("hiring:candidate_distinct", args=[one.pk, other.pk])
    page = client.post(said, follow=True).content.decode()
    assert "Nobody stands here twice" in page and "1 pair was said to be two" in page
    client.post(reverse("hiring:candidate_alike", args=[other.pk, one.pk]))
    page = client.get(reverse("hiring:candidate_duplicates")).content.decode()
    assert "same name" in page and "said to be two" not in page
    itself = reverse("hiring:candidate_distinct", args=[one.pk, one.pk])
    assert client.post(itself).status_code == 404
