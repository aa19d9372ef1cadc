import datetime as dt

import pytest

from accounts.queries.power import powerful_at, strengths_of_power
from people.models import company_day
from tests.caring import make_powerful
from tests.field import make_contact, make_logged, make_observation

pytestmark = pytest.mark.django_db


def test_the_most_powerful_and_closest_come_first(cast, account):
    two = make_powerful(account, "Two", power="2")
    far, close = make_powerful(account, "Far"), make_powerful(account, "Close")
    make_powerful(account, "Watcher", power="1")
    make_contact(account, "Nobody knows")
    make_powerful(account, "")
    make_logged(cast.karl, account, close)
    assert [one.contact for one in powerful_at(account)][:2] == [close, far]
    assert two in [one.contact for one in powerful_at(account)]


def test_power_is_the_newest_seen_and_may_be_lost(account):
    contact = make_powerful(account, "Anna", power="3")
    make_observation(contact, "power", "1", account=account)
    assert powerful_at(account) == []
    before = company_day() - dt.timedelta(days=10)
    assert [one.contact for one in powerful_at(account, before)] == [contact]


def test_whoever_has_left_is_not_there(account):
    contact = make_powerful(account, "Anna")
    contact.positions.update(valid_to=company_day())
    assert powerful_at(account) == []


def test_strengths_are_kept_by_the_persons_number(cast, account):
    met, unmet = make_powerful(account, "Met"), make_powerful(account, "Unmet")
    make_logged(cast.karl, account, met)
    found = strengths_of_power(account)
    assert found[str(unmet.pk)] == 0.0 and 30 < found[str(met.pk)] < 45
