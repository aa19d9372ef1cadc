import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.choices import PinKind
from accounts.commands.dependence import write_dependence
from accounts.models import AccountDay, Pin
from kpi.commands import recompute
from kpi.models import PortfolioDay
from people.models import company_day
from tests.accounts.test_queries_leaving import book
from tests.cast import make_account
from tests.kpi.books import DAY, TEN, make_book, make_policy
from tests.kpi.facts import make_day

pytestmark = pytest.mark.django_db
PAGE = "/portfolio/"


@pytest.fixture
def director(cast, reader):
    return reader(cast.dora)


def text(response) -> str:
    return response.content.decode()


def test_the_title_is_the_finding_and_the_table_is_ranked(cast, director):
    make_book(cast)
    page = director.get(PAGE)
    assert page.status_code == 200
    assert page.context["finding"].startswith("Concentrated like ")
    rows = page.context["page"].rows
    assert [row.account.name for row in rows[:2]] == ["Firm 001", "Firm 002"]
    assert [row.rank for row in rows] == list(range(1, 11))
    assert rows[-1].running == pytest.approx(1)
    assert "".join(row.tier for row in rows) == "AAAABBBCCC"
    assert [row.account.name for row in rows if row.cut] == ["Firm 004", "Firm 007"]
    assert all(row.change == pytest.approx(1) for row in rows[1:])


def test_a_ledger_that_is_too_young_compares_with_nothing(cast, director):
    for size in (500, 300, 200, 100, 90):
        account = make_account(owner=cast.karl)
        make_day(account, DAY, size)
        make_day(account, DAY - dt.timedelta(days=380), 1)
    recompute(as_of=DAY)
    page = director.get(PAGE)
    assert not page.context["compares"]
    assert "does not hold the twelve months before" in text(page)
    assert "> +999" not in text(page)


def test_every_figure_of_concentration_says_how_it_was_made(cast, director):
    make_book(cast)
    page = director.get(PAGE)
    rows = page.context["concentration"]
    assert [row["label"] for row in rows][0] == "Largest customer"
    assert all(row["why"]["sentence"] and row["why"]["rule"] for row in rows)
    assert rows[0]["now"] == "40.0\u00a0%"


def test_equal_revenue_has_equal_rank_over_a_page_break(cast, director):
    make_book(cast, [500, *([100] * 30), 50])
    first = director.get(PAGE)
    following = first.context["page"].following
    second = director.get(PAGE, {"after": str(following)})
    rows = second.context["page"].rows
    assert [row.rank for row in rows] == [2] * 6 + [32]
    assert (second.context["page"].first, second.context["page"].last) == (26, 32)
    names = {row.account.name for row in (*first.context["page"].rows, *rows)}
    assert len(names) == 32


def test_the_next_page_comes_alone_when_a_script_asks(cast, director):
    make_book(cast, range(40, 0, -1))
    cursor = str(director.get(PAGE).context["page"].following)
    part = director.get(PAGE, {"after": cursor}, headers={"HX-Request": "true"})
    assert "<html" not in text(part)
    assert "Firm 026" in text(part)


@pytest.mark.parametrize("query", [{"after": "x"}, {"after": "1.2"}, {"sort": "margin"},
                                   {"as_of": "soon"}, {"after": "1.1.-99.1.1"},
                                   {"after": f"1.1.1.1.{10**50}"},
                                   {"after": "9" * 5000}])  # fmt: skip
def test_what_we_did_not_write_is_refused(cast, director, reader, query):
    make_book(cast)
    for client in (director, reader(cast.karl)):
        assert client.get(PAGE, query).status_code == 400


def test_a_manager_sees_own_accounts_and_no_figure_of_the_others(cast, reader):
    make_book(cast, owners={0: cast.kim, 1: cast.kim})
    page = reader(cast.karl).get(PAGE)
    view = page.context["view"]
    assert (view.is_whole, view.accounts) == (False, 8)
    assert view.parts[0].accounts == 2
    words = text(page)
    assert "Firm 001" not in words
    assert "10,000.00" not in words
    shares = [row.share for row in page.context["page"].rows]
    assert sum(shares) == pytest.approx(1)


def test_foreign_accounts_change_nothing_on_an_own_portfolio(cast, reader):
    """Nothing can be learnt by subtracting: the page is the same whatever others sell."""
    make_policy(single_share=None)
    accounts = make_book(cast, owners={9: cast.kim})
    before = text(reader(cast.karl).get(PAGE))
    AccountDay.objects.filter(account=accounts[9], day=DAY).update(net=51)
    recompute(as_of=DAY)
    after = text(reader(cast.karl).get(PAGE))
    assert without_tokens(after) == without_tokens(before)


def without_tokens(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrf" not in line.lower()]


def test_only_directors_and_managers_have_a_portfolio(cast, reader, client):
    make_book(cast)
    for user in (cast.anna, cast.rita, cast.ivan, cast.adam, cast.sam):
        assert reader(user).get(PAGE).status_code == 404
    assert client.get(PAGE).status_code == 302


def test_a_past_day_is_shown_as_it_was(cast, director):
    accounts = make_book(cast)
    make_day(accounts[9], DAY + dt.timedelta(days=5), 9000)
    recompute(as_of=DAY + dt.timedelta(days=10))
    now = director.get(PAGE)
    assert now.context["page"].rows[0].account == accounts[9]
    past = director.get(PAGE, {"as_of": DAY.isoformat()})
    assert past.context["page"].rows[0].account == accounts[0]
    assert past.context["view"].day == DAY
    assert "".join(row.tier for row in past.context["page"].rows) == "AAAABBBCCC"
    assert "You are looking at" in text(past)


def test_a_day_that_was_never_computed_shows_the_one_before_it(cast, director):
    make_book(cast)
    page = director.get(PAGE, {"as_of": "2026-03-15"})
    assert page.context["view"].day == PortfolioDay.objects.filter(
        day__lte="2026-03-15"
    ).latest("day").day  # fmt: skip


def test_before_the_first_import_the_page_says_what_to_do(cast, director):
    page = director.get(PAGE)
    assert "Who carries the business?" in text(page)
    assert "/imports/" in text(page)


def test_before_the_first_night_the_director_can_compute(cast, director, reader):
    make_day(make_account(owner=cast.karl), DAY, 100)
    assert "Compute now" in text(director.get(PAGE))
    assert "Compute now" not in text(reader(cast.karl).get(PAGE))


def test_three_customers_have_a_curve_and_no_cuts(cast, director):
    make_book(cast, [300, 200, 100])
    page = director.get(PAGE)
    assert page.context["chart"]["cuts"] == []
    assert len(page.context["chart"]["columns"]) == 3
    assert "fewer than five customers" in text(page)


def test_a_book_without_positive_revenue_is_said_to_be_empty(cast, director):
    make_book(cast, [0, -20])
    assert "Nobody bought" in text(director.get(PAGE))


def test_an_old_ledger_and_a_missing_rate_are_said(cast, director):
    make_book(cast, day=dt.date(2024, 3, 31))
    assert "The ledger ends on" in text(director.get(PAGE))


def test_moves_come_with_their_reasons(cast, director):
    accounts = make_book(cast)
    Pin.objects.create(
        account=accounts[8],
        kind=PinKind.TIER_A,
        reason="Opens the north",
        by=cast.dora,
        valid_from=DAY,
        valid_to=DAY + dt.timedelta(days=90),
    )
    recompute(as_of=DAY + dt.timedelta(days=2))
    moves = director.get(PAGE, {"since": "month"}).context["moves"]
    pinned = next(move for move in moves.listed if move.account == accounts[8])
    assert (pinned.old, pinned.new) == ("C", "A")
    assert "Opens the north" in pinned.why and "Dora" in pinned.why
    assert "as_of" not in director.get(PAGE, {"since": "year"}).context["moves"].listed


def queries(client) -> int:
    client.get(PAGE)  # the first visit of a session notes that it was seen
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(PAGE).status_code == 200
    return len(captured)


def test_a_large_book_costs_as_many_queries_as_a_small_one(cast, director):
    make_policy()
    make_book(cast)
    make_day(make_account(), DAY, 70)  # somebody who moves
    recompute(as_of=DAY)
    few = queries(director)
    for size in range(40):
        make_day(make_account(), DAY, size + 1)
    recompute(as_of=DAY)
    assert queries(director) == few
    assert few <= 13


def test_an_own_portfolio_keeps_the_budget_too(cast, reader):
    make_book(cast)
    assert queries(reader(cast.karl)) <= 12


def test_the_page_of_ten_has_the_same_totals_as_its_rows(cast, director):
    make_book(cast)
    view = director.get(PAGE).context["view"]
    assert view.net == sum(TEN)
    assert sum(part.accounts for part in view.parts) == len(TEN)


def test_the_card_of_dependence_names_whose_figures_the_reader_may_see(cast, reader):
    for owner in (cast.karl, cast.kim):
        book(owner, 1_000, (owner, 10))
    write_dependence(day=company_day())
    page = f"{PAGE}dependence/"
    seen = text(reader(cast.dora).get(page))
    assert "Karl" in seen and "Kim" in seen and "As a table" in seen
    seen = text(reader(cast.karl).get(page))
    assert "Karl" in seen and "Kim" not in seen
    assert reader(cast.anna).get(page).status_code == 404
