import pytest

from accounts.queries.list_state import ListState, parse


def test_an_address_and_its_state_are_two_forms_of_one_thing():
    asked = {
        "view": ["key"], "q": ["vega"], "tier": ["A", "B"], "owner": ["me", "7"],
        "silent": ["60"], "sort": ["-revenue"], "columns": ["tier", "owner"],
    }  # fmt: skip
    state = parse(asked)
    assert state.query() == (
        "view=key&q=vega&tier=A&tier=B&owner=me&owner=7&silent=60&sort=-revenue"
        "&columns=tier&columns=owner"
    )


def test_unknown_keys_are_refused_and_senseless_values_left_out():
    with pytest.raises(ValueError, match="margin__gte"):
        parse({"margin__gte": ["1"]})
    state = parse({"tier": ["Z"], "owner": ["x"], "silent": ["-1"], "sort": ["password"]})
    assert state == ListState()


def test_a_filter_or_one_of_its_values_is_taken_out():
    state = ListState(tier=("A", "B"), silent=60, q="x")
    assert state.without("tier", "A").tier == ("B",)
    assert state.without("tier").tier == ()
    assert state.without("silent").silent is None
    assert state.without("q").q == ""


def test_the_page_is_part_of_the_address_only_where_wanted():
    state = ListState(after="abc")
    assert "after" not in state.query()
    assert "after=abc" in state.query(page=True)


@pytest.mark.parametrize("text", ["\x00", "\ud800"])
def test_text_that_no_database_takes_is_no_country(text):
    assert parse({"country": [f"{text}a", "\x00\x00", "DE"]}).country == ("DE",)
