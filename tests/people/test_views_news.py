import datetime as dt

import pytest

from people import commands
from people.models import Notification
from tests.cast import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    account = make_account("Hansa", owner=cast.karl)
    commands.tell(user=cast.karl, kind="account_given", target=account, cause="a")
    return account


def test_the_bell_counts_and_the_page_lists(cast, account, reader):
    karl = reader(cast.karl)
    page = karl.get("/news/").content.decode()
    assert "Hansa was assigned to you" in page
    assert "News, 1 unread" in page
    assert "Hansa was assigned" in karl.get("/news/", HTTP_HX_REQUEST="true").content.decode()
    assert "No news" in reader(cast.kim).get("/news/").content.decode()


def test_opening_reads_it_and_goes_there(cast, account, reader):
    row = Notification.objects.get()
    assert reader(cast.kim).post(f"/news/{row.pk}/").status_code == 404
    answer = reader(cast.karl).post(f"/news/{row.pk}/")
    assert answer.url == f"/accounts/{account.pk}/"
    row.refresh_from_db()
    assert row.read_at


def test_all_are_read_at_once(cast, account, reader):
    reader(cast.karl).post("/news/read/")
    assert not Notification.objects.unread().exists()


def test_what_may_not_be_seen_any_more_is_not_there(cast, account, reader):
    account.assignments.update(valid_to=dt.date(2021, 1, 1))
    karl = reader(cast.karl)
    assert "Hansa" not in karl.get("/news/").content.decode()
    assert karl.post(f"/news/{Notification.objects.get().pk}/").status_code == 404
