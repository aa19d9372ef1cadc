"""What a substitute has to do for others, in the days of the week."""

import pytest

from accounts.commands import cover as covers
from accounts.queries.cover import duties
from tests.care import in_days, make_absence
from tests.cast import make_account, signed_in
from tests.field import make_touchpoint
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast):
    account = make_account("Volga", owner=cast.karl)
    make_task("Offer", owner=cast.karl, account=account, due=in_days(1))
    make_task("Of another", owner=cast.lena, account=account, due=in_days(1))
    make_touchpoint(account, days_ago=-2, state="planned", subject="Review")
    absence = make_absence(cast.karl, -1, 5)
    row = covers.propose_cover(
        actor=cast.karl, absence_id=absence.pk, chosen={account.pk: cast.kim.pk}
    )[0]
    assert duties(cast.kim, in_days(-7), in_days(7)) == []  # asked is not agreed
    covers.agree_cover(actor=cast.kim, cover_id=row.pk)
    return account


def test_tasks_and_planned_contacts_of_who_is_away_are_the_substitutes(cast, account):
    found = duties(cast.kim, in_days(0), in_days(4))
    assert [(one.words, one.of, one.day) for one in found] == [
        ("Offer", cast.karl, in_days(1)), ("Review", cast.karl, in_days(2))
    ]  # fmt: skip
    assert duties(cast.lena, in_days(0), in_days(4)) == []


def test_they_stand_in_the_substitutes_week(cast, account):
    page = signed_in(cast.kim).get("/").content.decode()
    assert "For others, while they are away" in page and "for Karl" in page


def test_rights_that_are_gone_take_the_duties_with_them(cast, account):
    account.assignments.filter(user=cast.kim).update(valid_to=in_days(0), valid_from=in_days(-1))
    assert duties(cast.kim, in_days(0), in_days(4)) == []
