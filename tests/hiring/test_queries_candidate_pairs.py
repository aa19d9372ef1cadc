import pytest

from hiring.commands.candidate import create_candidate
from hiring.queries.candidate_pairs import candidate_pairs, merge_preview

pytestmark = pytest.mark.django_db


def test_pairs_share_a_phone_an_address_or_a_name_in_either_script(cast):
    a = create_candidate(name="Анна Ёлкина", reaches=[("phone", "+49 40 300330")])
    b = create_candidate(name="Anna Elkina")
    c = create_candidate(name="Bo Berg", reaches=[("phone", "+49 (40) 300330")])
    create_candidate(name="Bo")
    create_candidate(name="Bo")
    found = {(pair.first, pair.second, pair.reason) for pair in candidate_pairs(cast.rita)}
    assert found == {(a, b, "name"), (a, c, "phone")}
    assert candidate_pairs(cast.dora) == []


def test_pairs_are_found_in_a_few_queries(cast, django_assert_max_num_queries):
    for _n in range(12):
        create_candidate(name="Anna Elkina")
    with django_assert_max_num_queries(7):
        assert len(candidate_pairs(cast.rita)) == 11


def test_a_preview_proposes_to_fill_blanks_only(cast):
    one = create_candidate(name="Jo", city="Kiel")
    other = create_candidate(name="Joanna", city="", title="KAM", reaches=[("email", "j@x.de")])
    preview = merge_preview(one, other)
    assert {(one.name, one.prefers_absorbed) for one in preview.choices} == {
        ("name", False), ("title", True)
    }  # fmt: skip
    assert preview.reaches == ["j@x.de"] and preview.clashes == []
