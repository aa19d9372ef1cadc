import pytest

from common.errors import RuleBroken
from hiring.choices import Source
from hiring.commands.candidate import (
    Conflict,
    create_candidate,
    edit_candidate,
    set_opt_out,
)
from hiring.models import Candidate, CandidateMerge
from people.models import Event
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db
PHONE = ("phone", "+49 40 300330")


def test_somebody_is_written_down_with_what_they_are_found_by(cast):
    made = create_candidate(
        actor=cast.rita, name=" Анна  Ёлкина ", employer="Полюс", reaches=[PHONE, PHONE]
    )
    assert made.name == "Анна Ёлкина"
    assert "anna elkina" in made.search_text and "4940300330" in made.search_text
    assert [(row.kind, row.normal) for row in made.reaches.all()] == [("phone", "4940300330")]
    assert Event.objects.about(made).get().verb == "candidate.created"


def test_who_applies_is_written_down_by_nobody(cast):
    made = create_candidate(name="Jo", source=Source.FORM, reaches=[("email", "Jo@x.de")])
    assert made.created_by is None and made.source == Source.FORM


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"reaches": [("phone", "ab")]}, {"source": "nowhere"},
              {"reaches": [("pigeon", "1")]}]
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_writes_nothing(cast, wrong):
    with pytest.raises(RuleBroken) as refusal:
        create_candidate(actor=cast.rita, **{"name": "Jo", **wrong})
    assert str(refusal.value)
    assert not Candidate.objects.exists()


def test_only_recruiters_write_people_down(cast):
    with pytest.raises(RuleBroken):
        create_candidate(actor=cast.dora, name="Jo")


def test_fields_nobody_fills_in_are_a_mistake(cast):
    with pytest.raises(TypeError):
        create_candidate(actor=cast.rita, name="Jo", manager_may_know=True)


def test_an_edit_changes_what_differs_and_says_so_without_the_values(cast):
    person = create_candidate(actor=cast.rita, name="Jo", reaches=[PHONE])
    edit_candidate(
        actor=cast.rita, candidate_id=person.pk, version=1, name="Joanna", city="Kiel",
        reaches=[("email", "jo@x.de")],
    )  # fmt: skip
    person.refresh_from_db()
    assert (person.name, person.version) == ("Joanna", 2)
    assert "jo@x.de" in person.search_text and "4940300330" not in person.search_text
    event = Event.objects.about(person).get(verb="candidate.edited")
    assert event.data == {"fields": ["name", "city", "reaches"]}


def test_an_edit_of_nothing_writes_nothing(cast):
    person = create_candidate(actor=cast.rita, name="Jo", reaches=[PHONE])
    edit_candidate(actor=cast.rita, candidate_id=person.pk, version=1, name="Jo", reaches=[PHONE])
    person.refresh_from_db()
    assert person.version == 1


def test_the_second_of_two_editors_is_shown_what_stands(cast):
    person = make_candidate("Jo")
    edit_candidate(actor=cast.rita, candidate_id=person.pk, version=1, city="Kiel")
    with pytest.raises(Conflict) as conflict:
        edit_candidate(actor=cast.rita, candidate_id=person.pk, version=1, city="Ulm")
    assert conflict.value.candidate.city == "Kiel"


@pytest.mark.parametrize("who", ["dora", "karl", "ivan", "adam", "sam"])
def test_others_find_nobody_to_change(cast, who):
    person = make_candidate("Jo")
    with pytest.raises(Candidate.DoesNotExist):
        edit_candidate(actor=getattr(cast, who), candidate_id=person.pk, version=1, city="Ulm")


def test_candidates_correct_their_own_data(cast):
    person = make_candidate("Jo")
    edit_candidate(actor=None, candidate_id=person.pk, version=1, city="Ulm")
    assert Candidate.objects.get().city == "Ulm"


def test_who_was_merged_away_is_changed_in_the_other_record(cast):
    person = make_candidate("Jo", merged_into=make_candidate("Joanna"))
    assert not CandidateMerge.objects.exists()
    with pytest.raises(RuleBroken):
        edit_candidate(actor=cast.rita, candidate_id=person.pk, version=1, city="Ulm")


@pytest.mark.parametrize("what", ["letters", "calls"])
def test_an_opt_out_is_kept_and_taken_back(cast, what):
    person = make_candidate("Jo")
    field = f"wants_no_{what}"
    first = set_opt_out(actor=None, candidate_id=person.pk, what=what, stop=True)
    again = set_opt_out(actor=cast.rita, candidate_id=person.pk, what=what, stop=True)
    assert getattr(first, field) == getattr(again, field) is not None
    taken_back = set_opt_out(actor=cast.rita, candidate_id=person.pk, what=what, stop=False)
    assert getattr(taken_back, field) is None
    assert Event.objects.about(person).count() == 2
