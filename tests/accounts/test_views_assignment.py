import io
import re
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account, Tag
from accounts.views import assignment
from people.models import Event
from tests.cast import make_account, signed_in

pytestmark = pytest.mark.django_db


def choice(user, **more) -> dict:
    return {"user": user.pk, "role": "owner", "start": timezone.localdate().isoformat()} | more


def test_one_account_is_assigned_in_the_drawer(cast):
    account = make_account("Vega", owner=cast.karl)
    client = signed_in(cast.dora)
    url = reverse("accounts:assignment_create", args=[account.pk])
    assert client.post(url, choice(cast.anna)).status_code == 422
    assert client.post(url, choice(cast.kim)).status_code == 302
    account.refresh_from_db()
    assert account.owner == cast.kim
    row = account.assignments.get(user=cast.kim)
    end = reverse("accounts:assignment_end", args=[account.pk, row.pk])
    assert client.post(end, {"day": "2020-01-01"}).status_code == 422
    client.post(end, {"day": timezone.localdate().isoformat()})
    account.refresh_from_db()
    assert account.owner is None


def test_the_preview_counts_what_would_change(cast):
    held, orphan, same = make_account(owner=cast.karl), make_account(), make_account(owner=cast.kim)
    client = signed_in(cast.dora)
    url = reverse("accounts:assign_preview")
    ids = {"ids": [held.pk, orphan.pk, same.pk]}
    assert "Choose a person" in client.post(url, ids).content.decode()
    words = client.post(url, ids | choice(cast.kim)).content.decode()
    assert "2 accounts change" in words and "Karl" in words and "1 stays" in words
    assert not Event.objects.exists()


def test_a_selection_is_assigned_and_taken_back_by_one_button(cast):
    first, second = make_account(owner=cast.karl), make_account()
    client = signed_in(cast.dora)
    data = {"ids": [first.pk, second.pk]} | choice(cast.kim)
    client.post(reverse("accounts:assign_many"), data)
    first.refresh_from_db()
    assert first.owner == cast.kim
    event = Event.objects.get(verb="user.bulk_assigned")
    undo = reverse("accounts:assign_undo", args=[event.pk])
    assert signed_in(cast.kim).post(undo).status_code == 404
    client.post(undo)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.owner, second.owner) == (cast.karl, None)


@pytest.mark.parametrize(
    ("left", "back"),
    [
        ("http://testserver/accounts/?view=all&tier=A", "/accounts/?view=all&tier=A"),
        ("https://elsewhere.example/settings/?next=//x", "/accounts/"),
        ("http://[bad", "/accounts/"),
    ],
)
def test_the_list_comes_back_as_it_was_left(cast, left, back):
    data = {"ids": [make_account().pk]} | choice(cast.kim)
    client = signed_in(cast.dora)
    answer = client.post(reverse("accounts:assign_many"), data, headers={"referer": left})
    assert answer.headers["Location"] == back


@pytest.mark.parametrize("url", ["assign_preview", "assign_many", "tag_preview", "tag_many"])
def test_a_foreign_or_missing_id_among_the_chosen_stops_everything(cast, url):
    own, foreign = make_account(owner=cast.karl), make_account(owner=cast.kim)
    client = signed_in(cast.karl)
    for other in (foreign.pk, 10**9, "x", "９"):
        data = {"ids": [own.pk, other]} | choice(cast.lena, role="deputy")
        assert client.post(reverse(f"accounts:{url}"), data).status_code == 404
    assert own.assignments.count() == 1


def test_all_that_match_means_those_the_filters_show(cast):
    make_account("A", owner=cast.karl, country="IT"), make_account("B", owner=cast.karl)
    make_account("C", owner=cast.kim, country="IT")
    client = signed_in(cast.karl)
    data = {"all_matching": "1", "query": "view=all&country=IT"}
    answer = client.post(reverse("accounts:tag_preview"), data)
    assert len(answer.context["ids"]) == 1


def test_more_accounts_than_a_request_has_fields_are_assigned(cast, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 40
    accounts = Account.objects.bulk_create(Account(name=f"A{n}") for n in range(60))
    client = signed_in(cast.dora)
    answer = client.post(reverse("accounts:assign_preview"), {"all_matching": "1"})
    sent = re.findall(r'name="ids" value="([^"]*)"', answer.content.decode())
    client.post(reverse("accounts:assign_many"), choice(cast.kim, ids=sent))
    assert Account.objects.filter(owner=cast.kim).count() == len(accounts)
    tagging = client.post(reverse("accounts:tag_preview"), {"all_matching": "1"})
    sent = re.findall(r'name="ids" value="([^"]*)"', tagging.content.decode())
    assert len(",".join(sent).split(",")) == len(accounts)


def test_all_that_match_are_exported_however_many(cast, monkeypatch):
    monkeypatch.setattr(assignment, "MOST", 2)
    for name in "DACB":
        make_account(name, owner=cast.karl)
    answer = signed_in(cast.karl).post(
        reverse("accounts:selection_export"), {"all_matching": "1", "query": "columns=owner"}
    )
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/worksheets/sheet1.xml").decode())
    assert [text for text in texts if text != "Karl"] == ["Account", "Manager", *"ABCD"]


def test_filters_that_cannot_be_read_do_not_come_to_mean_all_accounts(cast):
    account = make_account(owner=cast.karl)
    data = {"all_matching": "1", "query": "view=all&nosuch=1"} | choice(cast.lena, role="deputy")
    for name in ("assign_preview", "assign_many", "tag_preview", "tag_many", "selection_export"):
        assert signed_in(cast.karl).post(reverse(f"accounts:{name}"), data).status_code == 400
    assert account.assignments.count() == 1


def test_a_selection_is_tagged(cast):
    Tag.objects.create(name="export")
    account = make_account(owner=cast.karl)
    client = signed_in(cast.karl)
    data = {"ids": [account.pk], "add": "export"}
    client.post(reverse("accounts:tag_many"), data)
    assert account.tags.get().name == "export"
    answer = client.post(reverse("accounts:tag_many"), {"ids": [account.pk], "add": "unheard of"})
    assert answer.status_code == 422


def test_the_export_of_a_selection_holds_visible_rows_only(cast):
    own, foreign = make_account(owner=cast.karl), make_account(owner=cast.kim)
    client = signed_in(cast.karl)
    url = reverse("accounts:selection_export")
    assert client.post(url, {"ids": [own.pk, foreign.pk]}).status_code == 404
    assert client.post(url, {"ids": [own.pk]})["Content-Disposition"].endswith('.xlsx"')
