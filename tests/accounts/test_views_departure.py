"""The page a director opens in the two minutes after hearing that somebody is gone."""

import pytest

from accounts.models import Assignment, Control
from people.models import Departure, Session, User
from tests.care import in_days, make_employment, make_key_account
from tests.cast import make_account, signed_in
from tests.field import make_contact, make_logged
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(cast):
    make_employment(cast.karl)
    small = make_key_account("Small key", owner=cast.karl, revenue=100)
    large = make_key_account("Large key", owner=cast.karl, revenue=9_000)
    plain = make_account("Plain", owner=cast.karl)
    make_task("Offer", owner=cast.karl, account=large)
    return small, large, plain


def test_what_is_at_stake_stands_in_its_order_with_the_counts_before_the_button(cast, book):
    small, large, plain = book
    make_logged(cast.karl, large, make_contact(large))
    make_logged(cast.dora, small, make_contact(small))
    page = signed_in(cast.dora).get(f"/departures/people/{cast.karl.pk}/").content.decode()
    places = [page.index(f">{name}<") for name in ("Large key", "Small key", "Plain")]
    assert places == sorted(places)
    assert "<b>2</b> key accounts come under your personal control" in page
    assert "<b>1</b> other account goes" in page and "<b>1</b> open task goes" in page
    assert "100%" in page.replace("\xa0", "").replace(" ", "") and "no lived tie known" in page


def test_one_press_and_everything_is_settled_and_one_takes_it_back(cast, book):
    client, karl = signed_in(cast.dora), signed_in(cast.karl)
    url = f"/departures/people/{cast.karl.pk}/"
    assert karl.get("/accounts/").status_code == 200
    answer = client.post(f"{url}sudden/", {"days": 60, "heir": cast.lena.pk})
    assert answer["Location"] == url
    assert karl.get("/accounts/").status_code == 302 and not Session.objects.filter(user=cast.karl)
    page = client.get(url).content.decode()
    assert "Every account has somebody" in page and "2 key accounts are under your control" in page
    assert Control.objects.filter(ended_at=None).count() == 2
    departure = Departure.objects.get()
    client.post(f"/departures/{departure.pk}/undo/")
    assert User.objects.get(pk=cast.karl.pk).is_active
    assert Assignment.objects.owners().today().filter(user=cast.karl).count() == 3


def test_a_wrong_choice_is_said_and_nothing_happens(cast, book):
    client = signed_in(cast.dora)
    url = f"/departures/people/{cast.karl.pk}/sudden/"
    answer = client.post(url, {"days": 60, "heir": cast.karl.pk})
    assert answer.status_code == 422
    assert not Departure.objects.exists()


def test_a_last_day_is_noted_moved_and_called_off(cast, book):
    client, user = signed_in(cast.dora), f"/departures/people/{cast.karl.pk}/"
    client.post(f"{user}note/", {"last_day": in_days(20).isoformat(), "kind": "resigned"})
    row = Departure.objects.get()
    data = {"last_day": in_days(30).isoformat(), "kind": "other"}
    client.post(f"/departures/{row.pk}/change/", data)
    row.refresh_from_db()
    assert row.last_day == in_days(30)
    assert "Karl" in client.get("/departures/").content.decode()
    client.post(f"/departures/{row.pk}/cancel/")
    assert "Leaves on a known day" in client.get(user).content.decode()


def test_nobody_but_directors_finds_any_of_it(cast, book):
    row = Departure.objects.create(user=cast.karl, kind="other", last_day=in_days(5))
    for user in (cast.lena, cast.karl, cast.kim, cast.anna, cast.rita, cast.ivan, cast.adam):
        client = signed_in(user)
        for url in ("/departures/", f"/departures/people/{cast.karl.pk}/", "/control/"):
            assert client.get(url).status_code == 404, (user, url)
        for url in (f"/departures/people/{cast.karl.pk}/sudden/", f"/departures/{row.pk}/undo/",
                    f"/departures/{row.pk}/cancel/"):  # fmt: skip
            assert client.post(url, {"days": 60}).status_code == 404


def test_the_page_asks_as_often_for_many_accounts_as_for_one(cast, django_assert_max_num_queries):
    def count() -> int:
        with django_assert_max_num_queries(100) as queries:
            signed_in(cast.dora).get(f"/departures/people/{cast.karl.pk}/")
        return len(queries)

    def talked_with() -> None:
        account = make_key_account(owner=cast.karl, revenue=10)
        make_task(owner=cast.karl, account=account)
        make_logged(cast.karl, account, make_contact(account))

    talked_with()
    first = count()
    for _number in range(4):
        talked_with()
    assert count() <= first
