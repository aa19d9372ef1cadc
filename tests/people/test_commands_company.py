import threading

import pytest
from django.db import connection

from common.errors import RuleBroken
from people import commands
from people.models import Company, Event, User
from people.queries import events
from tests.cast import make_cast

pytestmark = pytest.mark.django_db
FIRST = {
    "email": "dora@example.org",
    "person": "Dora",
    "password": "a-long-enough-password",
    "company": "Severpack",
    "currency": "SEK",
    "language": "ru",
    "time_zone": "Europe/Stockholm",
}
USUAL = {
    "name": "Severpack",
    "language": "en",
    "time_zone": "UTC",
    "night_hour": 2,
    "second_factor_roles": [],
}


def test_set_up_makes_the_company_and_its_first_director():
    director = commands.set_up(**FIRST)
    company = Company.current()
    assert (company.name, company.currency, company.language) == ("Severpack", "SEK", "ru")
    assert company.time_zone == "Europe/Stockholm"
    assert director.roles == {"director", "administrator"}
    assert director.check_password(FIRST["password"])
    assert events(company)[0].verb == "company.set_up"


def test_set_up_happens_once():
    commands.set_up(**FIRST)
    with pytest.raises(RuleBroken):
        commands.set_up(**FIRST | {"email": "mallory@example.org", "company": "Evil"})
    assert User.objects.count() == 1
    assert Company.current().name == "Severpack"


@pytest.mark.parametrize("who", ["dora", "adam"])
def test_directors_and_administrators_change_the_company(who):
    cast = make_cast()
    commands.update_company(actor=getattr(cast, who), **USUAL | {"night_hour": 4})
    assert Company.current().night_hour == 4
    assert events(Company.current())[0].data["changes"] == {"night_hour": [2, 4]}


@pytest.mark.parametrize("who", ["karl", "rita", "anna", "sam"])
def test_others_change_nothing(who):
    cast = make_cast()
    with pytest.raises(RuleBroken):
        commands.update_company(actor=getattr(cast, who), **USUAL | {"name": "Mine"})
    with pytest.raises(RuleBroken):
        commands.change_currency(actor=getattr(cast, who), currency="USD")
    assert Company.current().name == "Severpack"
    assert Event.objects.count() == 0


def test_a_director_changes_the_currency():
    cast = make_cast()
    commands.change_currency(actor=cast.dora, currency="USD")
    assert Company.current().currency == "USD"
    assert events(Company.current())[0].data["changes"] == {"currency": ["EUR", "USD"]}


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_that_set_up_at_once_one_wins():
    barrier, outcomes = threading.Barrier(2), []

    def attempt(number: int) -> None:
        barrier.wait()
        try:
            commands.set_up(**FIRST | {"email": f"d{number}@example.org"})
            outcomes.append("won")
        except RuleBroken:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "won"]
    assert User.objects.count() == 1
