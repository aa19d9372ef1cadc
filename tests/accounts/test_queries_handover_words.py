import pytest

from accounts.models import CareSettings
from accounts.queries import handover_words as words
from accounts.queries.handover_lines import lines_of
from accounts.rules.handover import Gap, Refusal, Verb
from people.models import company_day
from tests.field import make_contact, make_observation
from tests.handovers import make_road, to_state

pytestmark = pytest.mark.django_db


def test_each_thing_that_is_missing_has_a_sentence_and_a_place(cast):
    road = make_road(cast)
    road.row.agreed_at = None
    found = {one.gap: one for one in words.missing_before(lines_of(road.row), "watch")}
    assert set(found) == set(Gap) - {Gap.POWER}
    assert all(one.sentence and one.sentence[0].isupper() or one.sentence[0].isdigit()
               for one in found.values())  # fmt: skip
    assert found[Gap.PROMISE].url.endswith("#promises")
    assert found[Gap.UNSEEN].url.endswith("#questions")
    assert "joint meetings held: 0 of 1" in found[Gap.JOINT].sentence


def test_many_people_are_named_by_the_first_three(cast):
    road = make_road(cast)
    for n in range(4):
        make_observation(make_contact(road.account, f"Person {n}"), "power", "2")
    (found,) = [
        one for one in words.missing_before(lines_of(road.row), "introduced")
        if one.gap == Gap.PERSON
    ]  # fmt: skip
    assert "Ursula Boss, Person 0, Person 1 and 2 more." in found.sentence
    assert "with Karl and Lena" in found.sentence


@pytest.mark.parametrize("refusal", [one for one in Refusal if one != Refusal.TOO_LATE])
def test_every_refusal_has_words(cast, refusal):
    road = make_road(cast)
    assert words.refusal_words(refusal, road.row, needed="it takes Lena").endswith((".", "”."))


def test_who_could_is_named(cast):
    road = make_road(cast)
    assert words.who_words(Verb.TELL, road.row) == "it takes Lena or a director"
    assert words.who_words(Verb.ACCEPT, road.row) == "it takes Karl"


def test_too_late_says_until_when_and_what_instead(cast):
    road = to_state(make_road(cast), "watch")
    said = words.too_late_words(road.row, CareSettings.current())
    assert "Plan a handover back to Lena instead." in said
    road.row.from_user = None
    assert "Plan a new handover" in words.too_late_words(road.row, CareSettings.current())
    assert road.row.accepted_on == company_day()
