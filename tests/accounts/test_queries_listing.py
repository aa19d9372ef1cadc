import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.commands.account import renew_search_text
from accounts.models import AccountScore, Scoring, Segment, ServiceLine, ServiceMonth, Source, Tag
from accounts.queries.list_state import ListState
from accounts.queries.listing import PAGE, account_list, page_of, team_list
from tests.cast import make_account

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)


@pytest.fixture
def scoring():
    return Scoring.objects.create(
        pk=1, as_of=AS_OF, whole=True, total=Decimal(1000), first_day=dt.date(2023, 1, 2)
    )


def scored(name, revenue, *, owner=None, last=AS_OF, fields=None, **score):
    account = make_account(name, owner=owner, **(fields or {}))
    renew_search_text(account)
    AccountScore.objects.create(
        account=account, as_of=AS_OF, revenue=Decimal(revenue), last_order=last, **score
    )
    return account


def names(user, **state):
    return [row.account.name for row in account_list(user, ListState(**state), {}).rows]


def test_rows_fall_by_revenue_and_those_without_figures_follow_by_name(cast, scoring):
    scored("Small", 10), scored("Large", 90), make_account("Zeta"), make_account("Alpha")
    assert names(cast.dora) == ["Large", "Small", "Alpha", "Zeta"]


def test_each_reader_sees_their_own(cast, scoring):
    scored("Karl's", 10, owner=cast.karl), scored("Kim's", 20, owner=cast.kim)
    scored("Lena's", 30, owner=cast.lena)
    assert names(cast.karl) == names(cast.anna) == ["Karl's"]
    assert names(cast.lena) == ["Lena's", "Karl's"]
    assert names(cast.dora) == ["Lena's", "Kim's", "Karl's"]
    for user in (cast.rita, cast.ivan, cast.adam, cast.sam):
        assert names(user) == []


@pytest.mark.parametrize(
    "sort", ["-revenue", "revenue", "name", "-name", "last_order", "-last_order", "-change",
             "order_days", "tier", "-margin", "revenue_before"],
)  # fmt: skip
def test_paging_forth_and_back_meets_every_row_once(cast, scoring, sort):
    for number in range(2 * PAGE + 7):
        last = AS_OF - dt.timedelta(days=number % 9) if number % 5 else None
        scored(f"C{number % 40:03}", number % 6, last=last, order_days=number % 4)
    for number in range(9):
        make_account(f"U{number}")
    forth, pages, state = [], [], ListState(sort=sort)
    while True:
        rows, following, _preceding = page_of(cast.dora, state, scoring)
        pages.append([account.pk for account, _score in rows])
        forth += pages[-1]
        if not following:
            break
        state = ListState(sort=sort, after=following)
    assert len(forth) == len(set(forth)) == 2 * PAGE + 16
    back = [pages[-1]]
    _rows, _following, preceding = page_of(cast.dora, state, scoring)
    while preceding:
        rows, _following, preceding = page_of(
            cast.dora, ListState(sort=sort, before=preceding), scoring
        )
        back.insert(0, [account.pk for account, _score in rows])
    assert [pk for page in back for pk in page] == forth


@pytest.mark.parametrize("token", ["", "x", "bm9wZQ", "WzEsMiwzXQ", "WyJmaWd1cmUiLCBbXSwgMV0", "é"])
def test_a_broken_place_in_the_list_begins_anew(cast, scoring, token):
    scored("Vega", 10)
    assert names(cast.dora, after=token) == ["Vega"]


@pytest.mark.parametrize(
    "typed", ["vega", "VÉGA", "крепеж", "КРЕПЁЖ", "krepezh", "k-17", "ур кре", "ve"]
)
def test_the_search_forgives_case_accents_yo_and_script(cast, scoring, typed):
    scored("Уральский крепёж", 10), scored("Laboratorios Véga", 20)
    number = scored("Other", 1)
    number.external_ids.create(source=Source.objects.create(name="erp"), value="K-17")
    renew_search_text(number)
    assert len(names(cast.dora, q=typed)) == 1


def test_filters_narrow_the_list(cast, scoring):
    segment = Segment.objects.create(code="pasta")
    tag = Tag.objects.create(name="export")
    old = AS_OF - dt.timedelta(days=61)
    one = scored(
        "One", 50, owner=cast.karl, tier="A", is_key=True, last=old,
        fields={"segment": segment, "country": "IT"},
    )  # fmt: skip
    one.tags.add(tag)
    scored("Two", 40, owner=cast.kim, tier="B", alarm_day=AS_OF)
    scored("Three", 30, tier="C", alarm_day=AS_OF + dt.timedelta(days=1))
    make_account("Closed", status="closed")
    team = cast.kim.memberships.get().team
    for state, expected in [
        ({"tier": ("A", "B")}, ["One", "Two"]),
        ({"key": "yes"}, ["One"]),
        ({"key": "no"}, ["Two", "Three"]),
        ({"view": "key"}, ["One"]),
        ({"owner": (str(cast.kim.pk), "none")}, ["Two", "Three"]),
        ({"view": "unowned"}, ["Three"]),
        ({"team": (team.pk,)}, ["Two"]),
        ({"segment": (segment.pk,)}, ["One"]),
        ({"country": ("IT",)}, ["One"]),
        ({"tag": (tag.pk,)}, ["One"]),
        ({"status": ("closed",)}, ["Closed"]),
        ({"silent": 60}, ["One"]),
        ({"silent": 62}, []),
        ({"view": "silent"}, ["Two"]),
    ]:
        assert sorted(names(cast.dora, **state)) == sorted(expected), state


def test_an_assistant_gets_neither_margin_nor_its_order(cast, scoring):
    scored("High margin", 10, owner=cast.karl, margin=Decimal(9))
    scored("Low margin", 20, owner=cast.karl, margin=Decimal(1))
    assert names(cast.karl, sort="-margin") == ["High margin", "Low margin"]
    assert names(cast.anna, sort="-margin") == ["Low margin", "High margin"]
    rows = account_list(cast.anna, ListState(), {}).rows
    assert [row.margin for row in rows] == [None, None]


def test_months_of_an_account_include_what_counts_with_it(cast, scoring):
    parent = scored("Parent", 100)
    child = make_account("Child", parent=parent)
    apart = make_account("Apart", parent=parent, rolls_up=False)
    merged = make_account("Merged", status="merged", merged_into=child)
    november = {
        "service_line": ServiceLine.objects.create(code="film"),
        "month": dt.date(2026, 11, 1),
        "lines": 1,
    }
    for account, net in ((parent, 1), (child, 2), (merged, 4), (apart, 8)):
        ServiceMonth.objects.create(account=account, net=Decimal(net), **november)
    rows = {row.account.name: row for row in account_list(cast.dora, ListState(), {}).rows}
    assert rows["Parent"].months[-1] == 7
    assert "Merged" not in rows


def test_silence_share_and_change_are_said_as_of_the_night(cast, scoring):
    scored("Vega", 150, last=AS_OF - dt.timedelta(days=61), revenue_before=Decimal(100))
    make_account("New")
    known, unknown = account_list(cast.dora, ListState(), {}).rows
    assert (known.silence.days, known.share, known.change) == (61, 0.15, 0.5)
    assert unknown.score is None and unknown.silence is None


def test_counts_stop_at_the_cap(cast, scoring, monkeypatch):
    monkeypatch.setattr("common.lists.CAP", 2)
    for number in range(5):
        scored(f"C{number}", number)
    counted = {"key": ListState(view="key"), "all": ListState()}
    found = account_list(cast.dora, ListState(), counted)
    assert found.counts == {"": 3, "key": 0, "all": 3}
    assert account_list(cast.sam, ListState(), counted).counts == {"": 0, "key": 0, "all": 0}


def test_one_row_and_many_cost_the_same_queries(cast, scoring):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            account_list(cast.dora, ListState(), {"key": ListState(view="key")})
        return len(seen)

    scored("One", 1)
    few = queries()
    for number in range(PAGE + 5):
        scored(f"C{number}", number, owner=cast.karl)
    assert queries() <= few <= 7


def test_the_team_is_known_by_name_and_owner_only(cast, scoring):
    own = scored("Karl's", 10, owner=cast.karl)
    mate = scored("Lena's", 30, owner=cast.lena, fields={"city": "Hamburg"})
    scored("Kim's", 20, owner=cast.kim)
    rows = team_list(cast.karl)
    assert [(row.account, row.may_open) for row in rows] == [(own, True), (mate, False)]
    assert team_list(cast.karl, "hamburg") == []
    assert [row.account for row in team_list(cast.karl, "lena")] == [mate]
