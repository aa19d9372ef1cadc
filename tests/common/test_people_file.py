import pytest

from common import imports
from common.models import Import
from common.people_file import PeopleFile
from common.reading import detect
from common.reading.cells import Cells
from common.reading.errors import FileUnusable, Reject, Rejected

pytestmark = pytest.mark.django_db


class Names(Cells):
    def read(self, number: int, cells: list[str]) -> str:
        if not (name := self.text("name", cells)):
            raise Rejected("missing", "name")
        return name


class NameFile(PeopleFile):
    fields, required, most_rows = ("name", "city"), ("name",), 3
    unmapped, too_many = "No name.", "Too many."

    def __init__(self, batch: Import):
        super().__init__(batch)
        self.survey()
        self.reader = Names(self.columns, {"name": 5})


def make_import(*rows: str, **mapping) -> Import:
    text = "\n".join(["who,where", *rows, ""])
    path, _size, _digest = imports.keep([text.encode()], imports.new_folder())
    return Import.objects.create(
        kind="names", filename="x.csv", path=imports.relative(path),
        dialect=detect.detect(path).as_dict(), mapping=mapping or {"name": "who"},
    )  # fmt: skip


def test_each_row_is_read_or_set_aside_with_its_number():
    file = NameFile(make_import("Jo,Kiel", ",Ulm"))
    assert (file.rows, list(file.people())) == (2, ["Jo", Reject(3, "name", "missing", "")])


def test_columns_that_do_not_fit_are_refused():
    for mapping in ({"city": "where"}, {"name": "nobody"}, {"other": "who"}):
        with pytest.raises(FileUnusable) as refusal:
            NameFile(make_import("Jo,Kiel", **mapping))
        assert refusal.value.code in ("unmapped", "unknown_column")


def test_too_many_rows_are_refused():
    with pytest.raises(FileUnusable) as refusal:
        NameFile(make_import(*["Jo,Kiel"] * 4))
    assert refusal.value.code == "too_many_people"
