import pytest
from django.utils import timezone

from hiring.choices import StageKind
from hiring.commands.candidate import create_candidate
from hiring.models import Candidate
from hiring.queries.candidate_search import found_in
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(cast):
    create_candidate(name="Bo Berg", employer="Vega")
    return create_candidate(
        name="Анна Ёлкина", employer="Полюс", city="Тверь",
        reaches=[("phone", "+7 921 555-12-34"), ("email", "anna@b.example")],
    )  # fmt: skip


def found(user, text):
    return list(found_in(Candidate.objects.visible_to(user), user, text))


@pytest.mark.parametrize(
    "text",
    ["елкина", "Elkina", "anna elk", "Elkian", "елкнна", "polyus", "8 (921) 555-12-34", "5551234",
     "+7 921 555 12 34", "ANNA@b", "тверь"],
)  # fmt: skip
def test_somebody_is_found_in_either_script_by_number_employer_and_with_a_slip(anna, cast, text):
    assert found(cast.rita, text) == [anna]


def test_nothing_typed_finds_everybody_and_nonsense_nobody(anna, cast):
    assert len(found(cast.rita, " ")) == 2
    assert found(cast.rita, "xylophon") == found(cast.rita, "0049 30 0000") == []


def test_others_find_by_name_only(anna, cast):
    make_candidacy(make_vacancy(), anna, stage=StageKind.SESSION, shortlisted_at=timezone.now())
    assert found(cast.dora, "Elkina") == found(cast.dora, "Elkian") == [anna]
    for closed in ("polyus", "5551234", "anna@b", "тверь"):
        assert found(cast.dora, closed) == []
