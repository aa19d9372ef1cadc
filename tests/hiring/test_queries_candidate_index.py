import pytest

from hiring.commands.candidate import create_candidate
from hiring.queries.candidate_duplicates import known_as, normals
from hiring.queries.candidate_index import Known

pytestmark = pytest.mark.django_db

GIVEN = [
    ("Анна Ёлкина", []), ("Elkina Anna", []), ("Anna", []), ("", []),
    ("Nobody", [("email", "A@b.de")]), ("Bo Berg", [("phone", "+49 40 300330")]),
    ("Anna Elkina", [("email", "bo@b.de")]), ("Nobody", [("phone", "123")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "reaches"), GIVEN)
def test_a_file_is_matched_by_the_same_rule_as_one_person(cast, name, reaches):
    create_candidate(name="Анна Ёлкина", reaches=[("email", "a@b.de")])
    create_candidate(name="Bo Berg", reaches=[("email", "bo@b.de")])
    create_candidate(name="Jo", reaches=[("phone", "+49 40 300330")])
    found = Known().find([name], normals(reaches))
    assert found == {one.pk for one in known_as(name, reaches)}


def test_whom_the_file_has_brought_is_known_too(cast):
    known = Known()
    known.learn(-1, ["Anna Elkina"], [("email", "a@b.de"), ("profile", "x.de")])
    assert known.find(["Анна Елкина"], []) == {-1} == known.find([], [("email", "a@b.de")])
    assert known.find([], [("profile", "x.de")]) == set()


def test_a_namesake_with_another_phone_is_somebody_else(cast):
    one = create_candidate(name="Иван Соколов", reaches=[("phone", "+7 921 555-12-34")])
    known = Known()
    other = normals([("phone", "+7 921 555-00-00")])
    assert known.find(["Ivan Sokolov"], other) == set()
    assert known.find(["Ivan Sokolov"], normals([("email", "i@b.de")])) == {one.pk}
    known.learn(-1, ["Ivan Sokolov"], other)
    assert known.find(["Ivan Sokolov"], []) == {one.pk, -1}
