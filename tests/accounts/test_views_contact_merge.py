import pytest

from accounts.models import Contact, ContactMerge
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(cast):
    account = make_account("Hansa", owner=cast.karl)
    return make_contact(account, "Jutta Krämer"), make_contact(account, "Krämer Jutta")


def test_a_pair_is_found_compared_merged_and_parted(cast, pair, reader):
    client = reader(cast.karl)
    url = f"/accounts/people/{pair[0].pk}/merge/{pair[1].pk}/"
    assert url in client.get("/accounts/people/duplicates/").content.decode()
    assert "Krämer Jutta" in client.get(url).content.decode()
    page = client.post(url, {"take-name": "absorbed"}, follow=True)
    merge = ContactMerge.objects.get()
    undo = f"/accounts/people/merges/{merge.pk}/undo/"
    assert undo in page.content.decode()
    assert Contact.objects.get(pk=pair[0].pk).name == "Krämer Jutta"
    assert "No two people look alike" in client.get("/accounts/people/duplicates/").content.decode()
    client.post(undo)
    assert Contact.objects.get(pk=pair[0].pk).name == "Jutta Krämer"
    answer = client.post(undo, follow=True)
    assert "undone already" in answer.content.decode()


def test_a_foreign_person_is_like_a_missing_one(cast, pair, reader):
    foreign = make_contact(make_account(owner=cast.kim), "CNRY")
    for other in (foreign.pk, 999_999, pair[0].pk):
        url = f"/accounts/people/{pair[0].pk}/merge/{other}/"
        assert reader(cast.karl).post(url).status_code == 404
    assert not ContactMerge.objects.exists()


def test_two_people_are_not_asked_about_again_until_somebody_wants_to(cast, pair, reader):
    pairs = "/accounts/people/duplicates/"
    client, url = reader(cast.karl), f"/accounts/people/{pair[0].pk}/not/{pair[1].pk}/"
    page = client.post(url, follow=True).content.decode()
    assert "No two people look alike" in page and "1 pair was said to be two" in page
    assert "said to be two" not in reader(cast.kim).get(pairs).content.decode()
    client.post(f"{url}undo/")
    assert "No two people look alike" not in client.get(pairs).content.decode()
