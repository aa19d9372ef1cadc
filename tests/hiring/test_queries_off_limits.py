import datetime as dt

import pytest
from django.utils import timezone

from hiring.queries.off_limits import marks, off_limits_of
from tests.recruiting import make_candidate, make_off_limits

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 1)


def test_an_entry_holds_to_its_last_day(cast):
    entry = make_off_limits("Polus GmbH", until=TODAY)
    assert off_limits_of("POLUS", TODAY) == entry
    assert off_limits_of("Polus", TODAY + dt.timedelta(days=1)) is None
    assert off_limits_of("", TODAY) is None


def test_what_was_lifted_holds_no_more(cast):
    make_off_limits("Polus", lifted_at=timezone.now())
    assert off_limits_of("Polus") is None


def test_people_are_marked_in_one_query(cast, django_assert_num_queries):
    entry = make_off_limits("Polus")
    people = [make_candidate(plain_employer=plain) for plain in ("polus", "vega", "", "polus")]
    with django_assert_num_queries(1):
        found = marks([*people, None])
    assert found == {people[0].pk: entry, people[3].pk: entry}
    with django_assert_num_queries(0):
        assert marks([people[2]]) == {}
