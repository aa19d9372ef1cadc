import pytest
from django.urls import reverse

from accounts.models import CustomerLetter
from tests.caring import make_letter, make_powerful

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(cast, account):
    return make_letter(cast.karl, account, make_powerful(account, "Anna Neri"))


def test_drafts_are_let_go_together_once_read(cast, account, reader, run_jobs):
    letters = [make_letter(cast.karl, account, make_powerful(account, name)) for name in "AB"]
    make_letter(cast.karl, account, make_powerful(account, "C"), body="{old_manager}")
    client = reader(cast.karl)
    page = client.get(reverse("accounts:letter_review"), {"account": account.pk})
    assert page.content.count(b'name="read"') == 2 and page.content.count(b"<article") == 3
    read = [f"{row.pk}:{row.version}" for row in letters]
    client.post(reverse("accounts:letters_send"), {"read": read, "account": account.pk})
    run_jobs()
    assert CustomerLetter.objects.filter(state="sent").count() == 2


def test_only_those_ticked_go(cast, account, reader):
    make_letter(cast.karl, account, make_powerful(account, "A"))
    client = reader(cast.karl)
    client.post(reverse("accounts:letters_send"), {})
    assert client.post(reverse("accounts:letters_send"), {"read": "1:x"}).status_code == 404
    assert not CustomerLetter.objects.exclude(state="draft").exists()


def test_nobody_sends_anothers_letters(cast, letter, reader):
    read = {"read": f"{letter.pk}:{letter.version}"}
    for user in (cast.lena, cast.kim):
        assert reader(user).post(reverse("accounts:letters_send"), read).status_code == 404
    letter.refresh_from_db()
    assert letter.state == "draft"


def test_letters_are_printed_one_a_sheet_in_their_language(cast, account, reader):
    first = make_letter(cast.karl, account, make_powerful(account, "Anna", languages=["it"]))
    second = make_letter(cast.karl, account, make_powerful(account, "Olga", languages=["ru"]))
    client = reader(cast.karl)
    ids = [first.pk, second.pk]
    page = client.get(reverse("accounts:letters_print"), {"ids": ids})
    assert page.content.count(b'class="k-paper"') == 2
    assert b'lang="it"' in page.content and b'lang="ru"' in page.content
    client.post(reverse("accounts:letters_printed"), {"ids": ids})
    assert CustomerLetter.objects.filter(state="printed").count() == 2
