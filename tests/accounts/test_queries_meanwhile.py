"""What happened while somebody was away: counted for those days, shown by rights of the moment."""

import pytest

from accounts.models import AccountDay, Cover, Promise
from accounts.queries.meanwhile import counted, meanwhile
from tests.care import in_days, make_absence
from tests.cast import make_account
from tests.field import make_touchpoint
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def cover(cast):
    account = make_account(owner=cast.karl)
    absence = make_absence(cast.karl, -10, -2)
    return Cover.objects.create(absence=absence, account=account, substitute=cast.kim)


def test_only_what_falls_into_the_days_counts(cast, cover):
    for days_ago in (1, 5, 20):
        make_touchpoint(cover.account, days_ago=days_ago)
        AccountDay.objects.create(account=cover.account, day=in_days(-days_ago), net=100, lines=1)
        Promise.objects.create(
            account=cover.account, text="x", colleague=cast.kim, made_on=in_days(-days_ago)
        )
    make_task(owner=cast.kim, account=cover.account, state="done")
    found = counted(cover)
    assert (found["touchpoints"], found["orders"], found["promises"]) == (1, 1, 1)
    assert (found["tasks"], found["files"]) == (0, 0)


def test_lines_are_for_who_may_open_the_account_now(cast, cover):
    assert meanwhile(cover, cast.karl).is_empty
    assert meanwhile(cover, cast.kim) is None and meanwhile(cover, cast.anna) is not None
