import pytest

from common.reading.errors import FileUnusable
from common.reading.layout import Layout
from common.reading.rows import open_rows


def rows(tmp_path, text, **layout):
    path = tmp_path / "file"
    path.write_text(text, newline="")
    with open_rows(path, Layout(**layout)) as found:
        return list(found)


def test_numbers_are_those_of_the_file_and_empty_rows_are_passed_over(tmp_path):
    assert rows(tmp_path, "x\na,b\n\n1,2\n", skip=1) == [(4, ["1", "2"])]


def test_a_quotation_mark_that_never_closes_is_named(tmp_path):
    for tail in ("x\n" * 2, "x\n" * 500):
        with pytest.raises(FileUnusable, match="Row 3"):
            rows(tmp_path, 'a,b\n1,2\n3,"4\n' + tail)


def test_a_cell_of_several_lines_is_one_row(tmp_path):
    assert rows(tmp_path, 'a,b\n1,"x\ny"\n2,z\n') == [(2, ["1", "x\ny"]), (3, ["2", "z"])]
