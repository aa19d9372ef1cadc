"""The one page of a probation: to whom it is there, and the newcomer's own word."""

import pytest

from hiring.models import Probation
from tests.cast import make_cast, signed_in
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def url(row: Probation, part: str = "") -> str:
    return f"/hiring/probations/{row.pk}/{part}"


def status(user, row: Probation) -> int:
    return signed_in(user).get(url(row)).status_code


def test_those_of_the_trial_see_it_and_nobody_else(cast):
    row = make_probation(cast, "offered")
    for user in (cast.karl, cast.kim, cast.lena, cast.dora, cast.rita):
        assert status(user, row) == 200
    for user in (cast.anna, cast.ivan, cast.adam, cast.sam):
        assert status(user, row) == 404


def test_the_newcomer_sees_no_draft(cast):
    row = make_probation(cast)
    assert status(cast.karl, row) == 404
    assert status(cast.lena, row) == 302


def test_a_recruiter_reads_shares_but_no_account(cast):
    row = make_probation(cast, "offered")
    told = signed_in(cast.rita).get(url(row)).content.decode()
    assert "Alder" not in told
    assert "Alder" in signed_in(cast.karl).get(url(row)).content.decode()


def test_the_newcomer_accepts_by_an_own_press(cast):
    row = make_probation(cast, "offered")
    client = signed_in(cast.karl)
    assert "Accept the plan" in client.get(url(row)).content.decode()
    assert client.post(url(row, "accept/"), {"version": row.version}).status_code == 302
    row.refresh_from_db()
    assert row.accepted_at


def test_nobody_else_accepts_for_them(cast):
    row = make_probation(cast, "offered")
    client = signed_in(cast.dora)
    assert "Accept the plan" not in client.get(url(row)).content.decode()
    client.post(url(row, "accept/"), {"version": row.version})
    row.refresh_from_db()
    assert row.accepted_at is None


def test_the_newcomer_asks_for_another_plan(cast):
    row = make_probation(cast, "offered")
    client = signed_in(cast.karl)
    answer = client.post(url(row, "send-back/"), {"words": "Fewer accounts"}, follow=True)
    row.refresh_from_db()
    assert answer.status_code == 200 and row.state == "draft"
