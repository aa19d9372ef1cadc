from common.reading.layout import Layout, column_names


def test_rows_are_counted_as_a_spreadsheet_shows_them():
    assert Layout(skip=2, header=True).first_row == 4
    assert Layout(skip=0, header=False).first_row == 1


def test_an_order_is_set_for_one_column():
    layout = Layout(orders={1: "", 2: "ymd"}).with_order(1, "dmy")
    assert layout.orders == {1: "dmy", 2: "ymd"}


def test_names_that_repeat_are_counted():
    assert column_names(["a", "a", "a", ""]) == ("a", "a (2)", "a (3)", "D")
    assert column_names(["a", "a", "a (2)"]) == ("a", "a (2)", "a (2) (2)")
    assert column_names(["", "A", "\x00"]) == ("A", "A (2)", "C")


def test_names_hold_nothing_that_no_database_takes():
    assert column_names(["da\x00te"]) == ("date",)
