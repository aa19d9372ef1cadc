import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands.promise import make_promise
from accounts.models import Promise
from tests.cast import make_account, signed_in
from tests.field import make_contact

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(cast):
    return make_account("Vega", owner=cast.karl)


def make(cast, account, text="A trial", **fields) -> Promise:
    return make_promise(actor=cast.karl, account_id=account.pk, text=text, **fields)


def day(ago: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=ago)


def test_the_ledger_shows_both_directions_with_what_is_overdue_on_top(cast, account):
    make(cast, account, "Later", due=day(-9))
    make(cast, account, "Overdue", due=day(3), made_on=day(9))
    make(cast, account, "Their volumes", is_ours=False)
    page = signed_in(cast.lena).get(f"/accounts/{account.pk}/promises/").content.decode()
    assert page.index("Overdue") < page.index("Later")
    assert "3 days overdue" in page and "Their volumes" in page
    assert "/settle/" not in page  # a lead reads


def test_one_tap_keeps_a_promise_and_undo_opens_it_again(cast, account):
    row, client = make(cast, account), signed_in(cast.karl)
    client.post(f"/promises/{row.pk}/settle/", {"state": "kept"})
    row.refresh_from_db()
    assert row.state == "kept"
    client.post(f"/promises/{row.pk}/reopen/")
    row.refresh_from_db()
    assert row.state == "open"


def test_a_promise_is_written_down_in_the_drawer(cast, account):
    ann = make_contact(account, "Ann")
    data = {
        "promise_by": "theirs", "text": "Volumes", "contact": ann.pk, "colleague": cast.karl.pk,
        "made_on": day(1), "due": day(-5),
    }  # fmt: skip
    client = signed_in(cast.karl)
    answer = client.post(f"/accounts/{account.pk}/promises/new/", data, headers=HTMX)
    assert answer.status_code == 204
    row = Promise.objects.get()
    assert (row.is_ours, row.contact, row.made_on) == (False, ann, day(1))


def test_the_second_saver_sees_both_versions(cast, account):
    row = make(cast, account)
    data = {
        "promise_by": "ours", "colleague": cast.karl.pk, "made_on": row.made_on, "version": 1,
        "text": "Two trials",
    }  # fmt: skip
    signed_in(cast.karl).post(f"/promises/{row.pk}/edit/", data, headers=HTMX)
    answer = signed_in(cast.dora).post(
        f"/promises/{row.pk}/edit/", data | {"text": "Three trials"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "Two trials" in answer.content.decode() and "Three trials" in answer.content.decode()


def test_the_list_holds_open_promises_of_accounts_the_reader_may_open(cast, account):
    make(cast, account, "Karl's own")
    make_promise(actor=cast.kim, account_id=make_account(owner=cast.kim).pk, text="Kim's own")
    page = signed_in(cast.karl).get("/promises/").content.decode()
    assert "Karl&#x27;s own" in page and "Kim&#x27;s own" not in page
    assert (
        "Karl&#x27;s own"
        not in signed_in(cast.karl).get("/promises/?whose=theirs").content.decode()
    )
    assert "Karl&#x27;s own" not in signed_in(cast.dora).get("/promises/?mine=1").content.decode()
