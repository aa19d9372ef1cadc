import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands import cadence as commands
from accounts.models import Account, Cadence, Contact
from accounts.queries.cadence import cadence_of
from common.errors import RuleBroken
from people import queries
from people.models import Event
from tests.cast import LONG_AGO, make_account
from tests.field_tasks import make_cadence, make_tier

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def account(cast):
    account = make_account("Hansa", owner=cast.karl)
    make_tier(account, "A")
    return account


def test_a_rhythm_agreed_ends_the_one_before_and_is_told(cast, account):
    before = make_cadence(account, 30)
    commands.agree_cadence(actor=cast.anna, account_id=account.pk, days=60, note="They travel")
    before.refresh_from_db()
    assert before.valid_to == TODAY
    assert cadence_of(account).every == 60
    told = queries.history(account, reader=cast.karl)[0].entries[0].sentence
    assert told == "Contact agreed every 60 days"


def test_agreeing_twice_a_day_keeps_the_last_word(cast, account):
    for days in (30, None):
        commands.agree_cadence(actor=cast.karl, account_id=account.pk, days=days)
    assert Cadence.objects.get().days is None
    assert cadence_of(account).every is None
    assert queries.history(account)[0].entries[0].sentence == "No rhythm of contact is wanted"


def test_forgetting_goes_back_to_the_tier(cast, account):
    make_cadence(account, 60)
    commands.forget_cadence(actor=cast.karl, account_id=account.pk)
    assert cadence_of(account).every == 14
    assert Event.objects.about(account).get().data["is_default"]


def test_a_person_may_have_a_rhythm_of_their_own(cast, account):
    person = Contact.objects.create(name="Jutta")
    person.positions.create(account=account, valid_from=LONG_AGO)
    commands.agree_cadence(actor=cast.karl, account_id=account.pk, contact_id=person.pk, days=7)
    assert cadence_of(account).every == 14
    assert account.cadences.get().contact == person
    with pytest.raises(Contact.DoesNotExist):
        commands.agree_cadence(
            actor=cast.karl, account_id=account.pk, days=7,
            contact_id=Contact.objects.create(name="Elsewhere").pk,
        )  # fmt: skip


@pytest.mark.parametrize("days", [0, 731])
def test_a_rhythm_is_between_a_day_and_two_years(cast, account, days):
    with pytest.raises(RuleBroken):
        commands.agree_cadence(actor=cast.karl, account_id=account.pk, days=days)


def test_strangers_agree_nothing(cast, account):
    for user in (cast.kim, cast.lena, cast.ivan):
        with pytest.raises(Account.DoesNotExist):
            commands.agree_cadence(actor=user, account_id=account.pk, days=7)


def test_a_rhythm_may_begin_later(cast, account):
    make_cadence(account, 30)
    start = TODAY + dt.timedelta(days=10)
    commands.agree_cadence(actor=cast.karl, account_id=account.pk, days=7, start=start)
    assert cadence_of(account).every == 30
    assert cadence_of(account, start).every == 7
