"""The director's list of what is under personal control, and its ways out."""

import pytest

from accounts.commands.control import take_control
from accounts.commands.control_watch import watch_controls
from accounts.models import Control
from tests.care import in_days, make_employment, make_key_account
from tests.cast import signed_in

pytestmark = pytest.mark.django_db


def take(cast, name="Volga", days=60) -> Control:
    account = make_key_account(name, owner=cast.karl)
    return take_control(
        actor=cast.dora, account_id=account.pk, director=cast.dora, until=in_days(days),
        reason="Karl is gone",
    )  # fmt: skip


def test_the_list_shows_since_until_contact_and_the_call_that_is_due(cast):
    take(cast)
    take(cast, "Soon over", days=5)
    watch_controls(day=in_days(0))
    page = signed_in(cast.dora).get("/control/").content.decode()
    assert page.index("Soon over") < page.index("Volga")
    assert "5 days left" in page and page.count("Feedback call due") == 2 and "week 1 of 9" in page


def test_an_account_is_taken_prolonged_and_kept(cast):
    account = make_key_account(owner=cast.karl)
    client = signed_in(cast.dora)
    data = {"until": in_days(30).isoformat(), "reason": "Complaint"}
    assert client.get(f"/accounts/{account.pk}/control/").status_code == 200
    client.post(f"/accounts/{account.pk}/control/", data)
    row = Control.objects.get()
    answer = client.post(f"/control/{row.pk}/prolong/", {**data, "until": in_days(99).isoformat()})
    assert answer.status_code == 422 and "Three months" in answer.content.decode()
    client.post(f"/control/{row.pk}/prolong/", {**data, "until": in_days(60).isoformat()})
    row.refresh_from_db()
    assert row.valid_to == in_days(60)
    client.post(f"/control/{row.pk}/end/", {"outcome": "Mine for good"})
    assert "Mine for good" in client.get("/control/?look=ended").content.decode()


def test_taken_today_it_can_be_taken_back(cast):
    make_employment(cast.karl)
    row = take(cast)
    client = signed_in(cast.dora)
    client.post(f"/control/{row.pk}/undo/")
    assert row.account.assignments.owners().today().get().user == cast.karl


def test_nobody_but_directors_finds_it(cast):
    row = take(cast)
    for user in (cast.lena, cast.karl, cast.anna, cast.rita, cast.adam, cast.sam):
        client = signed_in(user)
        for verb in ("prolong", "end", "undo"):
            assert client.post(f"/control/{row.pk}/{verb}/").status_code == 404
        assert client.post(f"/accounts/{row.account_id}/control/").status_code == 404


def test_the_list_asks_as_often_for_many_as_for_one(cast, django_assert_max_num_queries):
    def count() -> int:
        with django_assert_max_num_queries(100) as queries:
            signed_in(cast.dora).get("/control/")
        return len(queries)

    take(cast)
    first = count()
    for number in range(3):
        take(cast, f"More {number}")
    watch_controls(day=in_days(0))
    assert count() <= first + 1
