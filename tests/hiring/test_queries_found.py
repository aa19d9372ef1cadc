import pytest
from django.utils import timezone

from hiring.choices import StageKind
from hiring.commands.candidate import create_candidate
from hiring.queries.found import candidates_found, candidates_url
from tests.recruiting import make_candidacy, make_sheet, make_vacancy

pytestmark = pytest.mark.django_db


def test_who_may_open_a_card_finds_it_and_nobody_else(cast, django_assert_max_num_queries):
    person = create_candidate(name="Анна Ёлкина", employer="Polus")
    made = make_candidacy(make_vacancy("KAM North"), person, stage=StageKind.CALL)
    with django_assert_max_num_queries(6):
        (found,) = candidates_found(cast.rita, "elkina", 6)
    assert (found.name, found.note) == ("Анна Ёлкина", "KAM North")
    for user in (cast.dora, cast.karl, cast.ivan, cast.adam, cast.sam):
        assert candidates_found(user, "elkina", 6) == []
    make_sheet(made, cast.ivan, held_at=timezone.now())
    assert len(candidates_found(cast.ivan, "elkina", 6)) == 1
    assert candidates_found(cast.ivan, "polus", 6) == []


def test_only_who_has_a_list_is_led_to_it(cast):
    assert candidates_url(cast.dora, "a b").endswith("?q=a+b")
    assert candidates_url(cast.ivan, "a") == ""
    assert candidates_found(cast.rita, " ", 6) == []
