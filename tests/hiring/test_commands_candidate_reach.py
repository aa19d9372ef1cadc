import pytest

from common.errors import RuleBroken
from hiring.commands.candidate_reach import normal_reaches, reaches_as_given, set_reaches
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


def test_a_number_follows_the_habits_of_the_country(cast):
    assert normal_reaches([("phone", "040 300330")], country="DE") == {
        ("phone", "4940300330"): "+49 40 300330"
    }


def test_too_many_numbers_are_refused(cast):
    with pytest.raises(RuleBroken):
        normal_reaches([("phone", str(1000 + n)) for n in range(31)])


def test_a_number_that_stays_keeps_what_calls_found_out(cast):
    person = make_candidate()
    assert set_reaches(person, normal_reaches([("phone", "1234"), ("email", "a@b.de")]))
    person.reaches.filter(kind="phone").update(is_wrong=True)
    assert set_reaches(person, normal_reaches([("email", "a@c.de"), ("phone", "1234")]))
    assert reaches_as_given(person) == [("email", "a@c.de"), ("phone", "1234")]
    assert person.reaches.get(kind="phone").is_wrong
    assert not set_reaches(person, normal_reaches([("email", "a@c.de"), ("phone", "1234")]))
