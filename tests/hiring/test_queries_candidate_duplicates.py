import pytest

from hiring.commands.candidate import create_candidate
from hiring.queries.candidate_duplicates import known_as, normals

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast):
    return create_candidate(
        name="Анна Ёлкина", reaches=[("phone", "+49 40 300330"), ("email", "A@b.de")]
    )


@pytest.mark.parametrize(
    ("name", "reaches"),
    [
        ("Somebody", [("phone", "+49 (40) 30-03-30")]), ("Somebody", [("email", "a@B.de")]),
        ("Anna Elkina", []), ("Elkina, Anna", [("email", "other@b.de")]),
    ],
)  # fmt: skip
def test_the_same_number_address_or_name_in_either_script(anna, name, reaches):
    assert known_as(name, reaches) == [anna]


def test_a_number_says_more_than_a_name(anna):
    other = create_candidate(name="Bo Berg", reaches=[("email", "bo@b.de")])
    assert known_as("Anna Elkina", [("email", "bo@b.de")]) == [other]


@pytest.mark.parametrize(
    ("name", "reaches"),
    [("Anna", []), ("", []), ("Bo", [("phone", "nonsense"), ("profile", "https://x.de/a")])],
)
def test_nobody_is_known_by_little(anna, name, reaches):
    assert known_as(name, reaches) == []


def test_who_was_merged_away_is_not_known(anna):
    other = create_candidate(name="Bo Berg")
    anna.merged_into = other
    anna.save()
    assert known_as("Anna Elkina", [("email", "a@b.de")]) == []


def test_only_phones_and_addresses_that_are_well_written_are_compared(cast):
    given = [("phone", "040 300330"), ("email", "x"), ("messenger", "@x"), ("email", "A@b.de")]
    assert normals(given, "DE") == [("phone", "4940300330"), ("email", "a@b.de")]
