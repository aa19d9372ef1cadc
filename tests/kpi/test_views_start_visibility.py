"""Start pages before there are figures, and what they must not tell."""

import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import AccountDay
from tests.care import make_employment
from tests.cast import make_account, make_cast, make_company
from tests.kpi.test_views_start import words


def test_a_manager_reads_nothing_of_another_teams_accounts(client, db):
    cast = make_cast()
    make_employment(cast.kim)
    account = make_account("Fremdkunde GmbH", owner=cast.kim)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    AccountDay.objects.create(
        account=account, day=yesterday, net=Decimal(10), positive=Decimal(10), lines=1
    )
    call_command("recompute", stdout=StringIO())
    client.force_login(cast.karl)
    page = client.get("/book/").content.decode()
    assert "My accounts" in page
    assert "Fremdkunde" not in page
    client.force_login(cast.kim)
    assert "Fremdkunde" in client.get("/book/").content.decode()


@pytest.fixture
def cast(db):
    return make_cast()


def test_a_visitor_is_asked_to_sign_in(client, db):
    make_company()
    assert client.get("/").headers["Location"].startswith("/sign-in/")


def test_the_director_of_an_empty_company_sees_the_first_steps(client, cast):
    client.force_login(cast.dora)
    page = words(client.get("/"))
    assert "Three steps for Severpack" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count("btn-primary") == 1


def test_a_night_over_an_empty_company_leaves_the_first_steps(client, cast):
    call_command("recompute", stdout=StringIO())
    client.force_login(cast.dora)
    assert "Three steps for Severpack" in words(client.get("/"))


@pytest.mark.parametrize("name", ["karl", "anna"])
def test_before_the_first_night_a_manager_is_told_that_figures_are_missing(client, cast, name):
    client.force_login(getattr(cast, name))
    assert "No figures yet" in words(client.get("/"))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("rita", "Nothing waits for your decision"),
        ("ivan", "No interview is planned"),
        ("sam", "You have no role yet"),
        ("adam", "Is everything well"),
    ],
)
def test_roles_without_accounts_have_a_page_of_their_own(client, cast, name, sentence):
    client.force_login(getattr(cast, name))
    page = words(client.get("/"))
    assert sentence in page
    assert "Accounts without an owner" not in page
