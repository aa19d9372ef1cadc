"""The table of a draft: cells save themselves, and nobody's figure is lost."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpi.queries.plans.cells import planned_cells
from tests.cast import make_account, make_cast, make_user, signed_in, without_tokens
from tests.kpi.plans import FLAT, make_plan

pytestmark = pytest.mark.django_db
YEAR = 2031
EDIT, CELLS = reverse("kpi:plan_edit", args=[YEAR]), reverse("kpi:plan_cells", args=[YEAR])


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def version(cast):
    return make_plan(YEAR, sales={cast.karl: FLAT})


def send(cast, cells, seen=None, *, script=True, measure="sales"):
    pk = cast.karl.pk
    data = {f"cell-{pk}-{month}": text for month, text in cells.items()}
    data |= {f"seen-{pk}-{month}": text for month, text in (seen or {}).items()}
    headers = {"accept": "application/json"} if script else {"accept": "text/html"}
    return signed_in(cast.dora).post(CELLS, {**data, "measure": measure}, headers=headers)


def month(version, cast, number=1, measure="sales"):
    return planned_cells(version).get((cast.karl.pk, measure, number))


def test_the_table_shows_managers_months_and_sums(cast, version):
    text = without_tokens(signed_in(cast.dora).get(EDIT))
    assert f'name="cell-{cast.karl.pk}-12" value="100"' in text
    assert "1,200" in text
    assert "Kim" in text


def test_a_cell_is_saved_and_everything_that_adds_up_comes_back(cast, version):
    said = send(cast, {1: "1,250.50"}, {1: "100"}).json()
    assert month(version, cast) == Decimal("1250.5")
    key = f"{cast.karl.pk}-1"
    assert said["cells"] == {key: {"text": "1,250.5", "seen": "1250.5"}}
    assert (said["rows"], said["total"]) == ({str(cast.karl.pk): "2,350.5"}, "2,350.5")
    assert said["months"][:2] == ["1,250.5", "100"]


def test_an_emptied_cell_is_no_plan_and_not_nought(cast, version):
    assert send(cast, {1: ""}, {1: "100"}).status_code == 200
    assert month(version, cast) is None


def test_a_figure_changed_meanwhile_is_answered_with_both(cast, version):
    answer = send(cast, {1: "120"}, {1: "90"})
    assert answer.status_code == 409
    assert answer.json()["theirs"] == {f"{cast.karl.pk}-1": {"text": "100", "seen": "100"}}
    assert month(version, cast) == 100


def test_without_a_script_both_figures_stand_on_the_page(cast, version):
    answer = send(cast, {1: "120"}, {1: "90"}, script=False)
    text = without_tokens(answer)
    assert answer.status_code == 409
    assert 'value="120"' in text
    assert "now 100" in text
    again = send(cast, {1: "120"}, {1: "100"}, script=False)
    assert again.status_code == 302
    assert month(version, cast) == 120


@pytest.mark.parametrize("text", ["abc", "-5", "1e9", "12.34567"])
def test_what_is_no_figure_is_refused_in_words(cast, version, text):
    answer = send(cast, {1: text}, {1: "100"})
    assert answer.status_code == 422
    assert answer.json()["error"]
    assert month(version, cast) == 100


def test_customers_have_a_table_of_their_own(cast, version):
    send(cast, {1: "7"}, measure="active")
    assert month(version, cast, measure="active") == 7
    text = without_tokens(signed_in(cast.dora).get(EDIT, {"measure": "active"}))
    assert 'value="7"' in text
    assert signed_in(cast.dora).get(EDIT, {"measure": "profit"}).status_code == 400


def test_a_cell_that_does_not_exist_is_refused(cast, version):
    data = {"cell-x-1": "5", "measure": "sales"}
    headers = {"accept": "application/json"}
    assert signed_in(cast.dora).post(CELLS, data, headers=headers).status_code == 422


def test_without_a_draft_there_is_nothing_to_edit(cast):
    assert signed_in(cast.dora).get(EDIT).status_code == 302
    assert send(cast, {1: "5"}).status_code == 404


def test_managers_neither_see_nor_change_a_draft(cast, version):
    for client in (signed_in(cast.lena), signed_in(cast.karl)):
        assert client.get(EDIT).status_code == 404
        assert client.post(CELLS, {"measure": "sales"}).status_code == 404


def test_more_managers_cost_no_more_queries(cast, version):
    client = signed_in(cast.dora)

    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(EDIT)
        return len(seen)

    count()
    one = count()
    for number in range(3):
        make_account(owner=make_user(f"More{number}", "kam"))
    assert count() == one
