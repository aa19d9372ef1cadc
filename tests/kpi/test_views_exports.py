import csv
import io
import zipfile

import pytest

from tests.kpi.books import DAY, make_book

pytestmark = pytest.mark.django_db


def rows(response) -> list[list[str]]:
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content)))


def test_the_csv_holds_the_rows_of_the_page_in_its_order(cast, reader):
    make_book(cast)
    client = reader(cast.dora)
    table = rows(client.get("/portfolio/export/csv/"))
    page = client.get("/portfolio/").context["page"]
    assert table[0][:4] == ["No.", "Customer", "Manager", "Tier"]
    assert [row[1] for row in table[1:]] == [row.account.name for row in page.rows]
    assert [row[3] for row in table[1:]] == [row.tier for row in page.rows]
    assert table[1][2] == "Karl"


def test_a_manager_takes_away_own_accounts_only(cast, reader):
    make_book(cast, owners={0: cast.kim})
    names = [row[1] for row in rows(reader(cast.karl).get("/portfolio/export/csv/"))[1:]]
    assert "Firm 001" not in names and len(names) == 9


def test_the_spreadsheet_opens_and_names_its_day(cast, reader):
    make_book(cast)
    answer = reader(cast.dora).get("/portfolio/export/xlsx/", {"as_of": DAY.isoformat()})
    assert f"portfolio-{DAY.isoformat()}.xlsx" in answer["Content-Disposition"]
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert "xl/worksheets/sheet1.xml" in book.namelist()


def test_other_kinds_other_people_and_no_figures_are_not_found(cast, reader):
    client = reader(cast.dora)
    assert client.get("/portfolio/export/csv/").status_code == 404
    make_book(cast)
    assert client.get("/portfolio/export/pdf/").status_code == 404
    for user in (cast.anna, cast.adam, cast.sam):
        assert reader(user).get("/portfolio/export/csv/").status_code == 404
