import datetime as dt

import pytest
from django.utils import timezone

from hiring.choices import Source
from hiring.models import Candidate
from hiring.queries.off_limits import barred, marks, off_limits_of
from tests.recruiting import (
    add_reach,
    make_candidacy,
    make_candidate,
    make_off_limits,
    make_vacancy,
)  # fmt: skip

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
        found = marks([*people, None], TODAY)
    assert found == {people[0].pk: entry, people[3].pk: entry}
    with django_assert_num_queries(0):
        assert marks([people[2]]) == {}


def is_barred(person: Candidate) -> bool:
    return person.pk in barred([person.pk])


def test_people_of_a_company_off_limits_are_barred_by_its_name_and_by_their_address_there(cast):
    entry = make_off_limits("ООО «Полюс»", aliases=["Polus Trade"], domain="polus.example")
    by_name = make_candidate(plain_employer="polius")
    by_alias = make_candidate(plain_employer="polus trade")
    by_address = make_candidate()
    add_reach(by_address, "jo@polus.example", "email")
    others = [make_candidate(plain_employer="vega"), make_candidate()]
    add_reach(others[1], "jo@notpolus.example", "email")
    people = [by_name, by_alias, by_address, *others]
    assert entry.plain_names == ["polius", "polus trade"]
    found = barred([person.pk for person in people])
    assert found == {person.pk: entry for person in people[:3]}


def test_who_applied_or_came_by_themselves_may_be_approached(cast):
    make_off_limits("Polus")
    person = make_candidate(plain_employer="polus")
    assert is_barred(person)
    make_candidacy(make_vacancy(), person, applied_at=timezone.now())
    assert not is_barred(person)
    assert not is_barred(make_candidate(plain_employer="polus", source=Source.FORM))


def test_without_entries_nobody_is_asked_for(cast, django_assert_num_queries):
    person = make_candidate(plain_employer="polus")
    with django_assert_num_queries(1):
        assert not barred([person.pk], TODAY)
