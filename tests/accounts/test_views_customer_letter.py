import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import CustomerLetter, Touchpoint
from tests.caring import make_letter, make_powerful, make_watched
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(cast, account):
    return make_letter(cast.karl, account, make_powerful(account, "Anna Neri"))


def url(name: str, letter: CustomerLetter) -> str:
    return reverse(f"accounts:letter_{name}", args=[letter.pk])


def test_the_manager_reads_a_draft_over_changes_it_and_lets_it_go(cast, letter, reader, run_jobs):
    client = reader(cast.karl)
    page = client.get(url("page", letter))
    assert page.status_code == 200 and b"hello." in page.content
    said = {"subject": "New", "body": "Dear Anna", "address": letter.address}
    client.post(url("edit", letter), said | {"version": letter.version})
    client.post(url("send", letter))
    run_jobs()
    letter.refresh_from_db()
    assert (letter.state, letter.subject) == ("sent", "New")
    assert Touchpoint.objects.get().subject == "New"


def test_whoever_saves_second_keeps_their_text(cast, letter, reader):
    said = {"subject": "Mine", "body": "My words", "version": letter.version - 1}
    answer = reader(cast.karl).post(url("edit", letter), said)
    assert answer.status_code == 409 and b"My words" in answer.content
    assert f'value="{letter.version}"'.encode() in answer.content


def test_a_lead_reads_it_but_cannot_change_it(cast, letter, reader):
    client = reader(cast.lena)
    page = client.get(url("page", letter))
    assert page.status_code == 200 and b"<textarea" not in page.content
    for name in ("edit", "send", "printed", "discard", "again"):
        assert client.post(url(name, letter)).status_code == 404


@pytest.mark.parametrize("who", ["anna", "kim", "rita", "adam", "sam"])
def test_for_others_it_does_not_exist(cast, letter, reader, who):
    client = reader(getattr(cast, who))
    assert client.get(url("page", letter)).status_code == 404
    assert client.post(url("send", letter)).status_code == 404
    assert client.get(reverse("accounts:letters_print"), {"ids": letter.pk}).status_code == 404


def test_what_stands_in_the_way_is_said(cast, account, reader):
    letter = make_letter(cast.karl, account, body="{old_manager} is away")
    page = reader(cast.karl).get(url("page", letter))
    assert b"Still open: {old_manager}" in page.content and b"disabled" in page.content


def test_going_back_leads_nowhere_else(cast, letter, reader):
    said = {"subject": "x", "body": "y", "version": letter.version}
    for where in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = reader(cast.karl).post(url("edit", letter), said | {"next": where})
        assert answer["Location"].startswith(reverse("accounts:letter_page", args=[letter.pk]))
        letter.refresh_from_db()
        said["version"] = letter.version


def test_letters_are_drafted_from_the_account(cast, account, reader):
    anna = make_powerful(account, "Anna Neri")
    elsewhere = make_contact(make_account(owner=cast.kim), "Foreign")
    address = reverse("accounts:account_letters", args=[account.pk])
    client = reader(cast.karl)
    draft = reverse("accounts:letters_draft", args=[account.pk])
    assert client.post(draft, {"kind": "absence", "people": [elsewhere.pk]}).status_code == 422
    answer = client.post(draft, {"kind": "absence", "people": [anna.pk]})
    assert answer["Location"].endswith(f"?account={account.pk}")
    assert CustomerLetter.objects.get().contact == anna
    assert b"Anna Neri" in client.get(address).content


def test_a_letter_written_by_hand_knows_what_it_is_about(cast, account, reader):
    anna = make_powerful(account, "Anna Neri")
    handover = make_watched(account, cast.karl, from_user=cast.kim)
    draft = reverse("accounts:letters_draft", args=[account.pk])
    reader(cast.karl).post(draft, {"kind": "handover", "people": [anna.pk]})
    letter = CustomerLetter.objects.get()
    assert letter.handover == handover and "Karl will look after you" in letter.body
    review = reverse("accounts:letter_review")
    assert b"Anna Neri" in reader(cast.karl).get(review).content
    type(handover).objects.update(state="undone")
    assert b"Anna Neri" not in reader(cast.karl).get(review).content


def test_assistants_and_others_draft_nothing(cast, account, reader):
    address = reverse("accounts:letters_draft", args=[account.pk])
    for user in (cast.anna, cast.kim, cast.lena):
        assert reader(user).post(address, {"kind": "absence"}).status_code == 404
    assert not CustomerLetter.objects.exists()


def test_the_list_shows_what_is_the_readers_and_finds(cast, letter, reader):
    make_letter(cast.dora, make_account("Foreign", owner=cast.kim))
    client = reader(cast.karl)
    page = client.get(reverse("accounts:letter_list"))
    assert b"Anna Neri" in page.content and b"Foreign" not in page.content
    assert b"Anna Neri" in client.get(reverse("accounts:letter_list"), {"q": "neri"}).content
    assert b"Anna Neri" not in client.get(reverse("accounts:letter_list"), {"q": "zzz"}).content


def test_one_letter_and_many_cost_the_same_queries(cast, account, reader):
    client = reader(cast.karl)
    pages = [(reverse("accounts:letter_list"), {}), (reverse("accounts:letter_review"), {})]
    make_letter(cast.karl, account, make_powerful(account, "Anna"))

    def cost() -> list[int]:
        numbers = []
        for address, data in pages:
            with CaptureQueriesContext(connection) as caught:
                assert client.get(address, data).status_code == 200
            numbers.append(len(caught))
        return numbers

    cost()
    one = cost()
    for name in "BCD":
        make_letter(cast.karl, account, make_powerful(account, name))
    assert cost() == one
