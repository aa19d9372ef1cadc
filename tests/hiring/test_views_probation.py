from django.urls import reverse

from tests.trials import make_probation

LIST = reverse("hiring:probation_list")


def test_the_list_says_who_is_on_trial_and_leads_to_the_plan_or_the_page(cast, client):
    row = make_probation(cast, "empty")
    client.force_login(cast.rita)

    page = client.get(LIST).content.decode()
    assert "Karl" in page and reverse("hiring:probation_plan", args=[row.pk]) in page
    assert "Nobody is on trial" not in page
    assert "No name fits the search" in client.get(LIST, {"q": "zzz"}).content.decode()
    assert "No probation has ended yet" in client.get(LIST, {"view": "ended"}).content.decode()


def test_an_empty_list_leads_to_the_first_plan_whoever_may_make_one(cast, client):
    new = reverse("hiring:probation_new")
    for person, may in ((cast.rita, True), (cast.lena, True), (cast.karl, False)):
        client.force_login(person)
        page = client.get(LIST).content.decode()
        assert "Nobody is on trial" in page
        assert (f'href="{new}"' in page) is may


def test_a_draft_is_not_in_the_newcomers_list_before_it_is_offered(cast, client):
    row = make_probation(cast)
    client.force_login(cast.karl)
    assert "Nobody is on trial" in client.get(LIST).content.decode()

    row.state = "offered"
    row.save(update_fields=["state"])
    page = client.get(LIST).content.decode()
    assert reverse("hiring:probation_page", args=[row.pk]) in page
    assert "Your word is awaited" in page


def test_colleagues_who_have_nothing_to_do_with_it_see_none(cast, client):
    make_probation(cast, "offered", mentor=cast.lena)
    client.force_login(cast.kim)
    assert "Karl" not in client.get(LIST).content.decode()
