"""No ground for a trial: each bar by an account that has only it."""

import pytest

from accounts.models import AccountScore, Control, Cover, Handover
from hiring.queries.probation_bars import WORDS, bars
from hiring.rules.picker import Bar
from people.models import Absence, company_day
from tests.trials import DAY, make_buyer, make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def trial(cast):
    return make_probation(cast, "empty")


def test_every_bar_has_its_words_and_its_account(cast, trial):
    today = company_day()
    made = {bar: make_buyer(bar.value) for bar in WORDS}
    AccountScore.objects.filter(account=made[Bar.KEY]).update(is_key=True)
    AccountScore.objects.filter(account=made[Bar.TIER_A]).update(tier="A")
    made[Bar.KIN].parent = made[Bar.KEY]
    made[Bar.KIN].save()
    made[Bar.CLOSED].status = "closed"
    made[Bar.CLOSED].save()
    Handover.objects.create(account=made[Bar.HANDOVER], to_user=cast.kim, cause="growth", tier="C",
                            planned_for=today)  # fmt: skip
    Control.objects.create(account=made[Bar.CONTROL], director=cast.dora, reason="Gone",
                           valid_from=today, valid_to=today + 30 * DAY)  # fmt: skip
    absence = Absence.objects.create(user=cast.kim, kind="trip", valid_from=today,
                                     valid_to=today + DAY)  # fmt: skip
    Cover.objects.create(absence=absence, account=made[Bar.COVER], substitute=cast.lena)
    other = make_probation(cast, "empty", user=cast.lena, lead=cast.dora)
    other.accounts.create(account=made[Bar.PROBATION])
    made[Bar.OWN].owner = cast.karl
    made[Bar.OWN].save()
    free = make_buyer("free")
    ids = [account.pk for account in (*made.values(), free)]
    assert bars(ids, probation=trial) == {account.pk: bar for bar, account in made.items()}
    assert bars([999_999]) == {999_999: Bar.CLOSED}


def test_a_child_and_a_parent_of_a_key_account_are_kin(cast):
    parent = make_buyer("Parent")
    key = make_buyer("Key", is_key=True, parent=parent)
    child = make_buyer("Child", parent=key)
    assert bars([parent.pk, child.pk]) == {parent.pk: Bar.KIN, child.pk: Bar.KIN}


def test_its_own_accounts_bar_nothing(cast):
    row = make_probation(cast)
    ids = [one.account_id for one in row.accounts.all()]
    assert bars(ids, probation=row) == {}
    assert set(bars(ids).values()) == {Bar.PROBATION}


def test_what_left_a_trial_is_free_again(cast):
    row = make_probation(cast)
    ids = [one.account_id for one in row.accounts.all()]
    row.accounts.update(left_at=row.made_at)
    assert bars(ids) == {}
