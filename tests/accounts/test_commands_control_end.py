"""Who owns the account by now ends the personal control of who doesn't."""

import pytest

from accounts.commands import control, placing
from accounts.commands.assignment import assign_account
from tests.care import in_days, make_employment, make_key_account
from tests.cast import make_cast, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    cast = make_cast()
    make_employment(cast.kim)
    return cast


def taken(cast):
    account = make_key_account(owner=cast.karl)
    return control.take_control(
        actor=cast.dora, account_id=account.pk, director=cast.dora, reason="review"
    )


def owned_by(cast, row, user, start=0):
    account = row.account
    return assign_account(
        actor=cast.dora, account_id=account.pk, user=user, role="owner", start=in_days(start)
    )


def test_another_owner_ends_it_at_once_and_the_record_says_who(cast):
    row = taken(cast)
    owned_by(cast, row, cast.kim)
    row.refresh_from_db()
    assert row.ended_at is not None and row.outcome == "Handed over to Kim."


def test_another_director_too(cast):
    row = taken(cast)
    owned_by(cast, row, make_user("Doris", "director"))
    row.refresh_from_db()
    assert row.ended_at is not None


def test_a_change_of_owner_on_a_later_day_leaves_it_until_then(cast):
    row = taken(cast)
    owned_by(cast, row, cast.kim, start=3)
    row.refresh_from_db()
    assert row.ended_at is None


def test_it_goes_on_when_the_change_is_taken_back(cast):
    row = taken(cast)
    _made, undo = placing.place(
        row.account, user=cast.kim, role="owner", start=in_days(0), actor=cast.dora
    )
    assert undo.controls == [row.pk]
    placing.take_back(row.account, undo)
    row.refresh_from_db()
    assert (row.ended_at, row.outcome) == (None, "")
    assert row.account.assignments.owners().today().get().user == cast.dora
