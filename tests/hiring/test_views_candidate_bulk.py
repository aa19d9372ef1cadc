from django.urls import reverse

from hiring.models import CallEntry, Letter
from tests.recruiting import add_reach, make_candidate, make_vacancy

LIST = "/hiring/candidates/"


def text(response) -> str:
    return response.content.decode()


def undo(client):
    (said,) = client.get(LIST).context["messages"]
    return client.post(said.extra_tags.removeprefix("undo:"))


def test_several_are_put_forward_and_taken_back(cast, reader):
    vacancy, people = make_vacancy(), [make_candidate() for _n in range(3)]
    client, ids = reader(cast.rita), ",".join(str(one.pk) for one in people)
    preview = client.post(reverse("hiring:candidacies_preview"), {"ids": ids})
    assert "Add 3 candidates" in text(preview)
    client.post(reverse("hiring:candidacies_add"), {"ids": ids, "vacancy": vacancy.pk})
    assert vacancy.candidacies.count() == 3
    undo(client)
    assert vacancy.candidacies.count() == 0


def test_all_that_match_are_put_forward(cast, reader):
    make_candidate("Jo", city="Kiel"), make_candidate("Bo", city="Ulm")
    preview = reader(cast.rita).post(
        reverse("hiring:candidacies_preview"), {"all_matching": "1", "query": "city=Kiel"}
    )
    assert "Add 1 candidate to" in text(preview)


def test_nobody_is_put_forward_when_one_is_not_there(cast, reader):
    vacancy, person = make_vacancy(), make_candidate()
    data = {"ids": [person.pk, 10**9], "vacancy": vacancy.pk}
    assert reader(cast.rita).post(reverse("hiring:candidacies_add"), data).status_code == 404
    assert not vacancy.candidacies.exists()


def test_the_bar_of_the_list_offers_every_deed(cast, reader):
    make_candidate("Jo")
    page = text(reader(cast.rita).get(LIST))
    for name in ("candidacies_preview", "candidates_call", "candidates_write"):
        assert reverse(f"hiring:{name}") in page


def test_several_are_put_on_a_calling_list_and_taken_off(cast, reader):
    vacancy, people = make_vacancy(), [make_candidate() for _n in range(2)]
    client, address = reader(cast.rita), reverse("hiring:candidates_call")
    ids = ",".join(str(one.pk) for one in people)
    drawer = text(client.post(address, {"ids": ids}))
    assert "2 people" in drawer and "put forward first" in drawer
    assert client.post(address, {"ids": ids, "sure": "1"}).status_code == 422
    client.post(address, {"ids": ids, "sure": "1", "vacancy": vacancy.pk})
    assert CallEntry.objects.filter(list__vacancy=vacancy).count() == 2
    undo(client)
    assert not CallEntry.objects.exists() and not vacancy.candidacies.exists()


def test_a_letter_to_those_chosen_begins_with_them(cast, reader):
    people = [make_candidate(name) for name in ("Jo", "Bo")]
    for one in people:
        add_reach(one, f"{one.name}@mail.test")
    client = reader(cast.rita)
    page = client.post(reverse("hiring:candidates_write"), {"ids": [one.pk for one in people]})
    assert page.status_code == 200 and "To 2 people" in text(page)
    assert page.context["people"] == [one.pk for one in people]
    assert not Letter.objects.exists()


def test_only_recruiters_call_and_write_to_several(cast, reader):
    data = {"ids": make_candidate("Jo").pk, "sure": "1", "vacancy": make_vacancy().pk}
    for user in (cast.dora, cast.ivan, cast.karl):
        for name in ("candidates_call", "candidates_write"):
            assert reader(user).post(reverse(f"hiring:{name}"), data).status_code in (403, 404)
    assert not CallEntry.objects.exists()
