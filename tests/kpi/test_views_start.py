"""Each role's own start page: what is there, what is not, and at how many queries."""

import pytest

from kpi.demo.company import HANSA, UNOWNED
from people.models import User


def words(response) -> str:
    return " ".join(response.content.decode().split())


def page_of(client, role: str, path: str = "/"):
    client.force_login(next(u for u in User.objects.all() if u.preferences.get("demo") == role))
    return client.get(path)


def test_the_director_reads_what_to_decide(client, severpack):
    page = words(page_of(client, "director"))
    assert "Hansa Feinkost GmbH has been silent for 61 days." in page
    assert f"{UNOWNED} has no owner." in page
    assert "Игорь Лебедев has had more work than hours two months running." in page
    assert "Key accounts kept" in page


def test_what_came_of_warnings_comes_after_the_page(client, severpack):
    page = words(page_of(client, "director", "/later/"))
    assert "did not order within 90 days" in page
    assert "Where growth is" in page
    assert page_of(client, "kam", "/later/").status_code == 404


def test_a_manager_sees_own_accounts_only(client, severpack):
    page = words(page_of(client, "kam", "/book/"))
    assert HANSA not in page
    assert "My accounts" in page
    assert "Your team" not in page


def test_a_team_lead_sees_the_team(client, severpack):
    page = words(page_of(client, "lead", "/book/"))
    assert f"{HANSA} has not ordered for 61 days." in page
    assert "Your team" in page
    assert "Jonas Weber" in page
    assert "Игорь Лебедев" not in page


def test_an_assistant_sees_silences_without_sums(client, severpack):
    page = words(page_of(client, "assistant", "/book/"))
    assert f"{HANSA} has not ordered for 61 days." in page
    assert "Revenue" not in page
    assert "€" not in page


def test_the_administrator_sees_no_customer(client, severpack):
    page = words(page_of(client, "administrator"))
    assert HANSA not in page
    assert "21 people may sign in." in page


@pytest.mark.parametrize(
    ("role", "most"),
    [("director", 15), ("lead", 28), ("kam", 27), ("assistant", 27), ("administrator", 20)],
)
def test_a_page_takes_few_queries(client, severpack, django_assert_max_num_queries, role, most):
    client.force_login(next(u for u in User.objects.all() if u.preferences.get("demo") == role))
    client.get("/")
    with django_assert_max_num_queries(most):
        client.get("/")


@pytest.mark.parametrize("role", ["lead", "kam", "assistant"])
def test_a_book_takes_few_queries(client, severpack, django_assert_max_num_queries, role):
    client.force_login(next(u for u in User.objects.all() if u.preferences.get("demo") == role))
    client.get("/book/")
    with django_assert_max_num_queries(18):
        client.get("/book/")
