import pytest

from common.duplicates import MOST_SHARING, pairs_alike
from hiring.models import Candidate, CandidateReach
from tests.recruiting import add_reach, make_candidate

pytestmark = pytest.mark.django_db


def pairs(most: int = 10) -> list:
    people, reaches = Candidate.objects.all(), CandidateReach.objects.all()
    return pairs_alike(people, reaches, owner="candidate", most=most)


def sharing(number: int) -> list[int]:
    people = [make_candidate() for _n in range(number)]
    for one in people:
        add_reach(one, "+49 40 300330", "phone")
    return [one.pk for one in people]


def test_the_oldest_is_paired_with_each_of_the_others(cast):
    first, *others = sharing(3)
    assert pairs() == [((first, other), "phone") for other in others]
    assert len(pairs(most=1)) == 1


def test_who_was_told_apart_is_no_pair_and_is_compared_with_the_others(cast):
    first, second, third = sharing(3)
    people, reaches = Candidate.objects.all(), CandidateReach.objects.all()

    def found(*apart) -> list:
        alike = pairs_alike(people, reaches, owner="candidate", most=10, apart=set(apart))
        return [pair for pair, _why in alike]

    assert found((first, second)) == [(first, third)]
    assert found((first, third)) == [(first, second), (second, third)]
    assert found((first, second), (first, third), (second, third)) == []


def test_what_too_many_share_says_nothing(cast):
    sharing(MOST_SHARING + 1)
    assert pairs() == []


def test_a_name_is_met_in_either_script_and_a_number_says_more(cast):
    one = make_candidate(plain_name="anna elkina")
    other = make_candidate(plain_name="x", plain_other="anna elkina")
    make_candidate(plain_name="anna")
    make_candidate(plain_name="anna")
    assert pairs() == [((one.pk, other.pk), "name")]
    for person in (one, other):
        add_reach(person, "a@b.de", "email")
    assert pairs() == [((one.pk, other.pk), "email")]
