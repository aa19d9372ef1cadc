import io
import zipfile

import pytest

from accounts.commands.contact import create_contact
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = make_cast()
    account = make_account("Hansa", owner=made.karl)
    create_contact(
        actor=made.karl, account_id=account.pk, name="=cmd|' /C calc'!A1", title="@SUM(A1)",
        reaches=[("phone", "+49 40 300330")],
    )  # fmt: skip
    return made


def taken(client, kind: str) -> bytes:
    answer = client.get(f"/accounts/people/export.{kind}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_no_cell_of_a_csv_is_a_formula_and_phones_stay_phones(cast, reader):
    text = taken(reader(cast.karl), "csv").decode("utf-8-sig")
    assert "'=cmd" in text and "'@SUM" in text
    assert ",+49 40 300330," in text


def test_no_cell_of_a_workbook_is_a_formula(cast, reader):
    with zipfile.ZipFile(io.BytesIO(taken(reader(cast.karl), "xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "=cmd" in sheet


def test_assistants_take_nobody_away(cast, reader):
    for user in (cast.anna, cast.adam, cast.sam):
        assert reader(user).get("/accounts/people/export.csv").status_code == 404
