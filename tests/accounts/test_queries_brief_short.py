import pytest

from accounts.queries.brief.short import what_to_know
from tests.care import in_days, make_absence
from tests.cast import make_account
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db


def test_what_to_know_names_what_is_due_in_these_days_only(cast):
    account, absence = make_account(owner=cast.karl), make_absence(cast.karl, 5, 9)
    make_task("Soon", owner=cast.karl, account=account, due=in_days(7))
    make_task("Later", owner=cast.karl, account=account, due=in_days(9))
    words = what_to_know(account, absence)
    assert "Soon" in words and "Later" not in words
