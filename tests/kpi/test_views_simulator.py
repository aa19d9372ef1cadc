"""/simulator/: whom one may think away, what the page says, what it keeps to itself."""

import pytest
from django.urls import reverse

from accounts.commands.dependence import write_dependence
from people.models import company_day
from tests.accounts.test_queries_leaving import book
from tests.cast import make_cast, signed_in, without_tokens
from tests.field import make_contact

pytestmark = pytest.mark.django_db
URL = reverse("kpi:simulator_page")


@pytest.fixture
def cast():
    return make_cast()


def page(user, **query) -> str:
    answer = signed_in(user).get(URL, query)
    assert answer.status_code == 200, query
    return without_tokens(answer)


def test_a_director_thinks_anybody_away(cast):
    book(cast.karl, 1_000, (cast.karl, 10), name="Alone")
    book(cast.lena, 3_000, (cast.lena, 10), name="Elsewhere")
    text = page(cast.dora, ours=cast.karl.pk)
    assert "If Karl leaves" in text and "Alone" in text and "Elsewhere" not in text
    assert "<b>25.0\xa0%</b> of the company’s revenue" in text
    assert "No relationship left" in text


def test_two_at_once_from_both_sides(cast):
    _account, (boss,) = book(cast.karl, 1_000, (cast.karl, 10))
    text = page(cast.dora, ours=cast.karl.pk, theirs=boss.pk)
    assert f"If Karl, {boss.name} leave," in text


def test_money_without_ties_is_said_to_be_unknown(cast):
    book(cast.karl, 500, name="Untouched")
    text = page(cast.dora, ours=cast.karl.pk)
    assert "no money is known to hang on it" in text
    assert "where nobody has a tie: not known" in text


def test_the_cover_plan_names_takers_and_waits_for_a_director(cast):
    account, _people = book(cast.karl, 100, (cast.karl, 10), (cast.kim, 10))
    assert "Every account has a taker" in page(cast.dora, ours=cast.karl.pk)
    account.score.is_key = True
    account.score.save()
    assert "A director, under control" in page(cast.dora, ours=cast.karl.pk)


@pytest.mark.parametrize(
    ("reader", "leaver", "status"),
    [
        ("dora", "kim", 200), ("lena", "karl", 200), ("lena", "kim", 404), ("karl", "karl", 200),
        ("karl", "lena", 404), ("anna", "karl", 404), ("rita", "karl", 404), ("adam", "karl", 404),
    ],
)  # fmt: skip
def test_who_may_think_whom_away(cast, reader, leaver, status):
    query = {"ours": getattr(cast, leaver).pk}
    assert signed_in(getattr(cast, reader)).get(URL, query).status_code == status


def test_people_of_foreign_customers_are_not_found(cast):
    _account, (mine,) = book(cast.karl, 100, (cast.karl, 10))
    _account, (foreign,) = book(cast.kim, 100, (cast.kim, 10))
    karl = signed_in(cast.karl)
    assert karl.get(URL, {"theirs": mine.pk}).status_code == 200
    for query in ({"theirs": foreign.pk}, {"theirs": 10**9}, {"ours": "x"}):
        assert karl.get(URL, query).status_code == 404


def test_the_search_finds_colleagues_and_people_one_may_think_away(cast):
    _account, (mine,) = book(cast.karl, 100, (cast.karl, 10))
    account, _people = book(cast.kim, 100, (cast.kim, 10))
    foreign = make_contact(account, "Ursula Boss")
    text = page(cast.lena, q="Karl")
    assert f"{URL}?ours={cast.karl.pk}" in text
    assert f"theirs={mine.pk}" in page(cast.lena, q=mine.name)
    assert "Nobody fits" in page(cast.lena, q=foreign.name)
    assert f"theirs={foreign.pk}" in page(cast.dora, q=foreign.name)
    part = signed_in(cast.lena).get(
        URL, {"q": "Karl"}, headers={"HX-Request": "true", "HX-Target": "found"}
    )
    assert "<html" not in part.content.decode()


def test_without_anybody_it_begins_where_most_hangs(cast):
    assert "Choose somebody" in page(cast.dora)
    _account, (boss,) = book(cast.karl, 100, (cast.karl, 10))
    book(cast.kim, 100, (cast.kim, 10), name="Foreign")
    write_dependence(day=company_day())
    assert f"{URL}?theirs={boss.pk}" in page(cast.karl)
    assert "Foreign" not in page(cast.karl) and "Foreign" in page(cast.dora)


def test_a_manager_reads_no_share_of_the_company_and_no_load_of_others(cast):
    book(cast.karl, 1_000, (cast.karl, 10))
    book(cast.lena, 3_000, (cast.lena, 10))
    text = page(cast.karl, ours=cast.karl.pk)
    assert "<b>100.0\xa0%</b> of the revenue of your accounts" in text
    assert "hours a month" not in text


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    book(cast.karl, 100, (cast.karl, 10))
    dora = signed_in(cast.dora)
    dora.get(URL)
    with django_assert_max_num_queries(60) as few:
        dora.get(URL, {"ours": cast.karl.pk})
    for _ in range(4):
        book(cast.karl, 100, (cast.karl, 10), (cast.kim, 3))
    with django_assert_max_num_queries(len(few)):
        dora.get(URL, {"ours": cast.karl.pk})
