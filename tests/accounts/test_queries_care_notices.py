"""News of absences, departures and control: told to whom it concerns as long as it does."""

import pytest

from accounts.commands import cover as covers
from accounts.commands.control import end_control, take_control
from accounts.queries import care_notices as kinds
from people.commands import tell
from people.models import Departure
from people.queries import news
from tests.care import in_days, make_absence, make_key_account
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def sentences(user) -> list[str]:
    return [item.sentence for day in news(user) for item in day.news]


def test_who_is_asked_reads_it_until_they_are_no_longer(cast):
    account, absence = make_account(owner=cast.karl), make_absence(cast.karl)
    row = covers.propose_cover(
        actor=cast.karl, absence_id=absence.pk, chosen={account.pk: cast.kim.pk}
    )[0]
    assert any("Karl asks you to stand in" in words for words in sentences(cast.kim))
    covers.cancel_cover(actor=cast.karl, cover_id=row.pk)
    assert sentences(cast.kim) == []


@pytest.mark.parametrize(
    "kind",
    [kinds.COVER_AGREED, kinds.COVER_DECLINED, kinds.COVER_LOST, kinds.COVER_MISSING,
     kinds.COVER_BACK],
)  # fmt: skip
def test_news_of_an_absence_are_for_the_near_ones(cast, kind):
    absence = make_absence(cast.karl)
    for user in (cast.karl, cast.lena, cast.dora, cast.kim):
        tell(user=user, kind=kind, target=absence, cause=kind, n=2)
    assert [len(sentences(user)) for user in (cast.karl, cast.lena, cast.dora)] == [1, 1, 1]
    assert sentences(cast.kim) == []


def test_news_of_a_departure_are_for_directors_and_who_was_given_accounts(cast):
    row = Departure.objects.create(user=cast.karl, kind="other", last_day=in_days(0))
    make_account(owner=cast.kim)
    for user in (cast.dora, cast.kim, cast.anna):
        tell(user=user, kind=kinds.ACCOUNTS_LEFT, target=row, cause="left", n=1)
        tell(user=user, kind=kinds.DEPARTURE_NEAR, target=row, cause="near")
    assert len(sentences(cast.dora)) == 2 and sentences(cast.anna) == []
    assert any("1 account is yours now" in words for words in sentences(cast.kim))


def test_reminders_of_control_end_with_it(cast):
    control = take_control(
        actor=cast.dora, account_id=make_key_account("Volga", owner=cast.karl).pk,
        director=cast.dora, reason="Gone",
    )  # fmt: skip
    tell(user=cast.dora, kind=kinds.CONTROL_WEEK, target=cast.dora, cause="week", n=1)
    tell(user=cast.dora, kind=kinds.CONTROL_ENDS, target=control, cause="ends")
    assert len(sentences(cast.dora)) == 2 and any("Volga" in one for one in sentences(cast.dora))
    end_control(actor=cast.dora, control_id=control.pk, outcome="Kept")
    assert sentences(cast.dora) == []
