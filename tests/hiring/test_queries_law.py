import datetime as dt

import pytest
from django.utils import timezone

from hiring.commands.access import note_access
from hiring.commands.erasure import ask_erasure
from hiring.models import CandidateAccess
from hiring.queries.law import acts, looks, people_seen, wishes
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


def test_whoever_asked_cannot_confirm(cast):
    ask_erasure(actor=cast.rita, candidate_id=make_candidate().pk)
    assert [wish.may_confirm for wish in wishes(cast.rita)] == [False]
    assert [wish.may_confirm for wish in wishes(cast.dora)] == [True]
    assert wishes(cast.karl) == []


def test_acts_are_for_those_who_hire(cast):
    assert not acts(cast.karl).exists()


def test_days_are_whole_and_the_last_one_counts(cast):
    row = make_candidate()
    note_access(actor=cast.rita, candidate_id=row.pk, act="viewed")
    today = timezone.localdate()
    one = dt.timedelta(days=1)

    def seen(first, last):
        return people_seen(looks(cast.rita, by=None, first=first, last=last))

    assert seen(today, today) == 1
    assert seen(today + one, None) == 0
    assert seen(None, today - one) == 0


def test_a_person_seen_twice_is_one_and_an_erased_one_none(cast):
    row = make_candidate()
    for _time in "ab":
        note_access(actor=cast.rita, candidate_id=row.pk, act="viewed")
    rows = looks(cast.rita, by=None, first=None, last=None)
    assert people_seen(rows) == 1
    row.delete()
    assert people_seen(rows) == 0
    assert CandidateAccess.objects.count() == 2
