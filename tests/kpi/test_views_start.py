"""Each role's own start page: what is there, what is not, and at how many queries."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import AccountDay
from kpi.demo.company import DAIRY, HANSA, UNOWNED
from people.models import User
from tests.cast import make_account, make_cast, make_company


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def severpack(db):
    call_command("seed_demo", accounts=40, months=30, as_of=timezone.localdate(), stdout=StringIO())


def page_of(client, role: str):
    client.force_login(next(u for u in User.objects.all() if u.preferences.get("demo") == role))
    return client.get("/")


def test_a_visitor_is_asked_to_sign_in(client, db):
    make_company()
    assert client.get("/").headers["Location"].startswith("/sign-in/")


def test_the_director_of_an_empty_company_sees_the_first_steps(client, cast):
    client.force_login(cast.dora)
    page = words(client.get("/"))
    assert "Three steps for Severpack" in page
    assert page.count("btn-primary") == 1


@pytest.mark.parametrize("name", ["karl", "anna"])
def test_before_the_first_night_a_manager_is_told_that_figures_are_missing(client, cast, name):
    client.force_login(getattr(cast, name))
    assert "No figures yet" in words(client.get("/"))


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("rita", "Vacancies are not part of this version"),
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


def test_the_director_reads_what_to_decide(client, severpack):
    page = words(page_of(client, "director"))
    assert f"{HANSA} has not ordered for 61 days." in page
    assert f"{UNOWNED} has no owner." in page
    assert f"{DAIRY} alone brings" in page
    assert "equal customers" in page
    assert "Rivoli" in page


def test_a_manager_sees_own_accounts_only(client, severpack):
    page = words(page_of(client, "kam"))
    assert HANSA not in page
    assert "My accounts" in page
    assert "Your team" not in page


def test_a_team_lead_sees_the_team(client, severpack):
    page = words(page_of(client, "lead"))
    assert f"{HANSA} has not ordered for 61 days." in page
    assert "Your team" in page
    assert "Jonas Weber" in page
    assert "Игорь Лебедев" not in page


def test_an_assistant_sees_silences_without_sums(client, severpack):
    page = words(page_of(client, "assistant"))
    assert f"{HANSA} has not ordered for 61 days." in page
    assert "Revenue" not in page
    assert "€" not in page


def test_the_administrator_sees_no_customer(client, severpack):
    page = words(page_of(client, "administrator"))
    assert HANSA not in page
    assert "18 people may sign in." in page


@pytest.mark.parametrize("role", ["director", "lead", "kam", "assistant", "administrator"])
def test_a_page_takes_few_queries(client, severpack, django_assert_max_num_queries, role):
    client.force_login(next(u for u in User.objects.all() if u.preferences.get("demo") == role))
    client.get("/")
    with django_assert_max_num_queries(17 if role == "director" else 13):
        client.get("/")


def test_a_managers_accounts_stay_hidden_from_a_manager_of_another_team(client, cast):
    account = make_account("Fremdkunde GmbH", owner=cast.kim)
    AccountDay.objects.create(
        account=account, day=timezone.localdate(), net=Decimal(10), positive=Decimal(10), lines=1
    )
    call_command("recompute", stdout=StringIO())
    client.force_login(cast.karl)
    page = words(client.get("/"))
    assert "My accounts" in page
    assert "Fremdkunde" not in page
