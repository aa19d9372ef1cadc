from hiring.queries import probation_list as lists
from tests.cast import Cast
from tests.trials import make_probation


def test_a_view_holds_its_states_and_the_numbers_say_how_many(cast: Cast):
    row = make_probation(cast, "empty")

    assert lists.listed(cast.rita, view="open") == [row]
    assert lists.listed(cast.rita, view="ended") == []
    assert lists.numbers(cast.rita) == [("open", 1), ("ended", 0)]


def test_the_names_of_newcomer_mentor_and_lead_are_searched(cast: Cast):
    row = make_probation(cast, "empty")

    for person in (cast.karl, cast.kim, cast.lena):
        assert lists.listed(cast.rita, view="open", q=person.name.upper()) == [row]
    assert lists.listed(cast.rita, view="open", q="nobody at all") == []


def test_who_has_nothing_to_do_with_a_trial_finds_none(cast: Cast):
    make_probation(cast, "empty")

    for person in (cast.anna, cast.sam, cast.ivan, cast.adam):
        assert lists.listed(person, view="open") == []
        assert lists.numbers(person) == [("open", 0), ("ended", 0)]
