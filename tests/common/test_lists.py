import pytest
from hypothesis import given
from hypothesis import strategies as st

from common import lists
from common.lists import capped, capped_counts, place, token
from people.models import User


@given(st.text(max_size=60))
def test_any_text_is_a_place_of_three_parts_or_none(text):
    found = place(text)
    assert found is None or len(found) == 3


def test_a_number_that_no_column_holds_is_no_place():
    assert place(token("figure", 1, 2**63)) is None
    assert place(token("figure", -(2**63) - 1, 1)) is None


@pytest.mark.parametrize("text", ["\x00", "\ud800"])
def test_text_that_no_database_takes_is_no_place(text):
    assert place(token("name", text, 7)) is None


def test_a_token_is_read_back():
    assert place(token("figure", 12, 7)) == ["figure", 12, 7]


@pytest.mark.django_db
def test_sizes_are_counted_in_one_query_up_to_the_cap(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(lists, "CAP", 2)
    for number in range(4):
        User.objects.create(email=f"{number}@x.test")
    rows = {"all": User.objects.all(), "one": User.objects.filter(email="0@x.test"),
            "none": User.objects.none()}  # fmt: skip
    with django_assert_num_queries(1):
        assert capped_counts(rows) == {"all": 3, "one": 1, "none": 0}
    assert capped_counts({}) == {}
    assert (capped(2), capped(3)) == ("2", "2+")
