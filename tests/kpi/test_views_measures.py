"""/kpi/: every measure, one measure, its accounts and its target."""

import csv
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Assignment
from kpi.models import MeasureSetting, Reading, ReadingDay
from kpi.queries.measures import DEFINITIONS
from tests.cast import make_cast, signed_in, without_tokens
from tests.kpi.measures import make_measured

pytestmark = pytest.mark.django_db
URL = reverse("kpi:measures_page")
MOST_QUERIES = 15


def page(code: str) -> str:
    return reverse("kpi:measure_page", args=[code])


def test_a_director_reads_every_measure_of_the_company():
    cast = make_measured()
    text = without_tokens(signed_in(cast.dora).get(URL))
    for words in ("Customers kept", "1 of 2", "9 % to 91 %", "Not recorded yet", "Complaints"):
        assert words.replace(" %", "\u00a0%") in text or words.replace(" %", "%") in text, words


def test_a_manager_reads_their_own_and_no_foreign_figure():
    cast = make_measured()
    karl = signed_in(cast.karl)
    assert "1 of 2" in without_tokens(karl.get(URL))
    for of in ("company", f"manager:{cast.kim.pk}", "team:1", "tier:A"):
        assert karl.get(URL, {"of": of}).status_code == 404
        assert karl.get(page("revenue"), {"of": of}).status_code == 404


def test_a_lead_reads_the_team_and_who_is_in_it():
    cast = make_measured()
    lena = signed_in(cast.lena)
    team = cast.lena.teams_led.get()
    answer = lena.get(page("retention"), {"of": f"team:{team.pk}"})
    text = without_tokens(answer)
    assert "Karl" in text
    assert "Kim" not in text
    assert lena.get(URL, {"of": f"manager:{cast.karl.pk}"}).status_code == 200
    assert lena.get(URL, {"of": f"manager:{cast.kim.pk}"}).status_code == 404


@pytest.mark.parametrize("reader", ["rita", "adam", "ivan", "sam", "anna"])
def test_others_have_no_such_page(reader):
    cast = make_cast()
    client = signed_in(getattr(cast, reader))
    assert client.get(URL).status_code == 404
    assert client.get(page("revenue")).status_code == 404


def test_before_the_first_night_the_page_says_so():
    cast = make_cast()
    assert "No figures yet" in without_tokens(signed_in(cast.dora).get(URL))


@pytest.mark.parametrize("code", [one.code for one in DEFINITIONS])
def test_every_measure_has_a_page_that_says_how_it_is_made(code):
    cast = make_measured()
    text = signed_in(cast.dora).get(page(code)).content.decode()
    assert "How it is made" in text


def test_a_split_is_ordered_by_size_and_addressed_whole():
    cast = make_measured()
    answer = signed_in(cast.dora).get(page("revenue"), {"by": "manager"})
    text = without_tokens(answer)
    groups = text[text.index('id="groups"') :]
    assert groups.index("Karl") < groups.index("Kim")
    assert f"of=manager%3A{cast.karl.pk}" in text


@pytest.mark.parametrize(
    "query", [{"by": "moon"}, {"day": "2026-03-30"}, {"day": "2026-02-28", "base": "2026-03-31"}]
)
def test_a_choice_that_is_none_is_a_bad_request(query):
    cast = make_measured()
    assert signed_in(cast.dora).get(page("revenue"), query).status_code == 400


def test_what_was_corrected_stands_beside_what_was_known():
    cast = make_measured()
    row = Reading.objects.get(code="revenue", scope="company", day="2026-02-28")
    row.pk, row.is_restated, row.numerator, row.value = None, True, 7_770_000, 777.0
    row.save(force_insert=True)
    text = without_tokens(signed_in(cast.dora).get(page("revenue")))
    assert "Corrected later" in text
    assert "777.00" in text


def test_the_rows_behind_are_a_part_of_the_page():
    cast = make_measured()
    url = reverse("kpi:measure_rows", args=["retention"])
    text = without_tokens(signed_in(cast.dora).get(url, headers={"HX-Request": "true"}))
    assert "Kept" in text
    assert "Gone" in text
    assert "<html" not in text
    assert "<html" in signed_in(cast.dora).get(url).content.decode()


def test_of_an_earlier_day_a_page_says_that_nobody_knows_who_was_met_in_time():
    director = signed_in(make_measured().dora)
    url, words = reverse("kpi:measure_rows", args=["coverage"]), "known for the newest day only"
    days = [day.isoformat() for day in ReadingDay.objects.values_list("day", flat=True)]
    said = [words in without_tokens(director.get(url, {"day": day})) for day in sorted(days)]
    assert len(said) > 1
    assert said == [True] * (len(said) - 1) + [False]


def test_the_file_makes_the_figure_again():
    cast = make_measured()
    url = reverse("kpi:measure_export", args=["nrr", "csv"])
    answer = signed_in(cast.dora).get(url)
    lines = list(csv.reader(answer.getvalue().decode().lstrip("\ufeff").splitlines()))[1:]
    now, before = (sum(Decimal(line[at]) for line in lines) for at in (4, 5))
    reading = Reading.objects.get(
        code="nrr", scope="company", day="2026-03-31", is_restated=False
    )  # fmt: skip
    assert float(now / before) == pytest.approx(reading.value)


def test_a_file_for_a_spreadsheet_comes_too():
    cast = make_measured()
    url = reverse("kpi:measure_export", args=["revenue", "xlsx"])
    assert signed_in(cast.dora).get(url).status_code == 200
    assert signed_in(cast.dora).get(url.replace("xlsx", "pdf")).status_code == 404


def test_a_manager_who_lost_an_account_reads_it_without_its_name():
    cast = make_measured()
    karl = signed_in(cast.karl)
    url = reverse("kpi:measure_rows", args=["retention"])
    assert "Gone" in without_tokens(karl.get(url))
    Assignment.objects.filter(account__name="Gone").update(valid_to="2026-04-02")
    text = without_tokens(karl.get(url))
    assert "Gone" not in text
    assert "Accounts you may no longer open" in text


def test_a_director_sets_a_target():
    cast = make_measured()
    url = reverse("kpi:measure_set", args=["retention"])
    dora = signed_in(cast.dora)
    assert dora.get(url).status_code == 200
    data = {"target": "80", "owner": cast.lena.pk, "is_shown": "on", "note": "", "seen": "0"}
    assert dora.post(url, data).status_code == 302
    text = without_tokens(dora.get(URL))
    assert "80.0" in text
    assert "Lena" in text
    assert dora.post(url, {**data, "target": "70"}).status_code == 422  # seen before the newest
    assert MeasureSetting.objects.count() == 1


@pytest.mark.parametrize("address", [URL, page("retention"), page("revenue")])
def test_pages_ask_as_little_for_many_accounts_as_for_few(address):
    cast = make_measured(more=30)
    client = signed_in(cast.dora)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(address)
    assert len(found) <= MOST_QUERIES, "\n".join(q["sql"][:150] for q in found.captured_queries)


def test_splits_are_chosen_on_the_page_and_another_subject_takes_its_own():
    cast = make_measured()
    dora = signed_in(cast.dora)
    text = without_tokens(dora.get(page("revenue")))
    for way in ("team", "manager", "segment", "tier", "line"):
        assert f"by={way}" in text
    of = {"of": f"manager:{cast.karl.pk}", "by": "tier"}
    answer = dora.get(page("revenue"), of)
    assert answer.status_code == 200
    assert "of=company&amp;by=tier" in answer.content.decode()
    assert "Split by" not in without_tokens(signed_in(cast.karl).get(page("revenue")))
