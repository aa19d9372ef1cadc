import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import AccountScore, Scoring
from accounts.queries.list_state import COLUMNS
from people.models import SavedView
from tests.cast import make_account, make_cast, signed_in

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)
LIST = "/accounts/"


@pytest.fixture
def cast():
    Scoring.objects.create(pk=1, as_of=AS_OF, whole=True, total=Decimal(1000))
    return make_cast()


def scored(name, revenue, *, owner=None, **score):
    account = make_account(name, owner=owner)
    AccountScore.objects.create(
        account=account, as_of=AS_OF, revenue=Decimal(revenue), last_order=AS_OF, **score
    )
    return account


def test_a_director_sees_rows_figures_and_the_day_they_stand_for(cast):
    scored("Молочный двор", 2829559, owner=cast.karl, tier="A")
    page = signed_in(cast.dora).get(LIST, {"view": "all"}).content.decode()
    for words in ("Молочный двор", "2,829,559", "20 Nov 2026"):
        assert words in page.replace("\u00a0", " ")


def test_every_column_is_drawn_for_accounts_of_which_nothing_is_known(cast):
    make_account("New", owner=cast.karl)
    answer = signed_in(cast.karl).get(LIST, {"view": "all", "columns": list(COLUMNS)})
    assert answer.status_code == 200
    assert len(exported(signed_in(cast.karl), view="all", columns=list(COLUMNS))) == 2


def test_strangers_are_told_nothing_and_visitors_sign_in(cast):
    assert signed_in(cast.sam).get(LIST).status_code == 404
    assert Client().get(LIST)["Location"].startswith("/sign-in/")


def test_a_managers_list_opens_on_their_own_accounts(cast):
    scored("Karl's own", 10, owner=cast.karl), scored("Kim's own", 10, owner=cast.kim)
    page = signed_in(cast.karl).get(LIST).content.decode()
    assert "Karl&#x27;s own" in page and "Kim&#x27;s own" not in page


def test_an_empty_book_offers_the_import_to_a_director_and_patience_to_a_manager(cast):
    assert "/imports/" in signed_in(cast.dora).get(LIST, {"view": "all"}).content.decode()
    assert "assigns you" in signed_in(cast.karl).get(LIST, {"view": "all"}).content.decode()


def test_nothing_found_names_the_filters_to_drop(cast):
    scored("Vega", 10)
    page = signed_in(cast.dora).get(LIST, {"q": "zzz", "tier": "A"}).content.decode()
    assert "Nothing found" in page and "“zzz”" in page


def test_htmx_gets_the_list_without_the_shell(cast):
    scored("Vega", 10)
    part = signed_in(cast.dora).get(LIST, {"view": "all"}, headers={"HX-Request": "true"})
    assert b"Vega" in part.content and b"<html" not in part.content


def test_one_row_and_a_full_page_cost_the_same_queries_within_the_budget(cast):
    client = signed_in(cast.dora)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(LIST, {"view": "all", "columns": ["tags", "number", "revenue", "owner"]})
        return len(seen)

    scored("One", 1, owner=cast.karl)
    queries()
    few = queries()
    for number in range(100):
        scored(f"C{number}", number, owner=cast.kim)
    assert queries() <= few <= 15


def test_an_unknown_key_is_refused_without_an_error_of_ours(cast):
    client = signed_in(cast.dora)
    for query in ("margin__gte=1", "_connector=OR", "owner__email=x", "ordering=margin"):
        assert client.get(f"{LIST}?{query}").status_code == 400


names = st.sampled_from(
    ["view", "q", "tier", "key", "owner", "team", "segment", "country", "territory", "tag",
     "status", "silent", "sort", "columns", "after", "before"]
)  # fmt: skip
values = st.one_of(
    st.text(max_size=30), st.integers().map(str),
    st.sampled_from(["s1", "-change", "me", "none", "\x00", "'; --", "%27", "A", "９", "٣"]),
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(names, values), max_size=6))
def test_no_value_of_any_filter_breaks_the_list(cast, pairs):
    client = Client(raise_request_exception=False)
    client.force_login(cast.dora)
    assert client.get(LIST, pairs).status_code in (200, 400)


def test_an_assistant_never_meets_the_margin(cast):
    scored("Vega", 10, owner=cast.karl, margin=Decimal(777777))
    client = signed_in(cast.anna)
    query = {"view": "all", "columns": ["margin", "revenue"], "sort": "-margin"}
    assert "777,777" in signed_in(cast.karl).get(LIST, query).content.decode()
    page = client.get(LIST, query).content.decode()
    assert "777,777" not in page and "Margin" not in page
    assert client.get("/accounts/export.csv", query).status_code == 404


def exported(client, kind="csv", **query) -> list[list[str]]:
    response = client.get(f"/accounts/export.{kind}", query)
    body = b"".join(response.streaming_content)
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))


def test_the_export_holds_exactly_the_rows_and_columns_of_the_list(cast):
    scored("Small", 10, owner=cast.karl, tier="C"), scored("Large", 90, owner=cast.karl, tier="A")
    make_account("Unknown", owner=cast.karl), scored("Foreign", 50, owner=cast.kim)
    client = signed_in(cast.karl)
    rows = exported(client, view="all", columns=["tier", "revenue"])
    assert rows[0] == ["Account", "Tier", "12 months, EUR"]
    assert [row[0] for row in rows[1:]] == ["Large", "Small", "Unknown"]
    assert [row[0] for row in exported(client, view="all", tier="A")[1:]] == ["Large"]


def test_no_name_becomes_a_formula_in_a_file(cast):
    scored("=HYPERLINK(1)", 10), scored(" @SUM(A1)", 9)
    client = signed_in(cast.dora)
    rows = exported(client, view="all")
    assert [row[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "' @SUM(A1)"]
    book = b"".join(client.get("/accounts/export.xlsx", {"view": "all"}).streaming_content)
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "=HYPERLINK(1)" in sheet


def test_columns_and_density_are_remembered(cast):
    client = signed_in(cast.dora)
    client.post(reverse("accounts:columns_choose"), {
        "columns": ["country", "nonsense"], "density": "compact", "query": "view=all&tier=A",
    })  # fmt: skip
    cast.dora.refresh_from_db()
    assert cast.dora.preferences["accounts_columns"] == ["country"]
    assert cast.dora.density == "compact"
    assert "Country" in client.get(LIST, {"view": "all"}).content.decode()


def test_a_shared_view_opens_for_colleagues_and_shows_each_their_own(cast):
    scored("Karl's", 10, owner=cast.karl, tier="A"), scored("Kim's", 10, owner=cast.kim, tier="A")
    view = SavedView.objects.create(
        owner=cast.dora, page="accounts", name="Top", query="tier=A", is_shared=True
    )
    private = SavedView.objects.create(owner=cast.dora, page="accounts", name="Secret plan")
    page = signed_in(cast.karl).get(LIST, {"view": f"s{view.pk}"}).content.decode()
    assert "Top" in page and "Karl&#x27;s" in page and "Kim&#x27;s" not in page
    assert "Secret plan" not in page
    assert signed_in(cast.karl).get(f"/accounts/views/{private.pk}/").status_code == 404
    assert signed_in(cast.karl).get(f"/accounts/views/{view.pk}/").status_code == 404


def test_the_filter_menu_offers_only_countries_one_has(cast):
    (
        make_account("A", owner=cast.karl, country="IT"),
        make_account("B", owner=cast.kim, country="EE"),
    )
    menu = signed_in(cast.karl).get("/accounts/filters/").content.decode()
    assert "Italy" in menu and "Estonia" not in menu


def test_a_book_without_accounts_says_how_they_come_in_every_view(cast):
    dora = signed_in(cast.dora)
    for query in ("", "?view=all", "?view=key"):
        page = dora.get(LIST + query).content.decode()
        assert "No accounts yet" in page and "Import a ledger" in page
    assert "Nothing found" in dora.get(LIST + "?view=all&q=Rivoli").content.decode()
