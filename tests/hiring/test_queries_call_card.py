import datetime as dt

import pytest
from django.utils import timezone

from hiring.models import Call, CallEntry, Candidate
from hiring.queries.call_card import call_card, last_call
from hiring.queries.timeline import candidate_timeline
from tests.hiring.calling import make_list, say
from tests.recruiting import add_reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def calling(cast):
    return make_list(cast.rita, 1)


def test_calls_stand_on_the_timeline_for_recruiters_only(cast, calling):
    entry = CallEntry.objects.first()
    say(cast.rita, entry, "no_answer", note="rang twice")
    candidate = entry.candidacy.candidate
    (day, *_rest) = candidate_timeline(candidate, cast.rita)
    assert any(line.text == "rang twice" for line in day.entries)
    for user in (cast.dora, cast.ivan):
        days = candidate_timeline(candidate, user)
        assert not any("rang" in line.text for day in days for line in day.entries)


def test_wrong_numbers_stand_last_and_the_clock_is_theirs(cast, calling):
    entry = CallEntry.objects.get()
    candidate = entry.candidacy.candidate
    candidate.reaches.update(is_wrong=True)
    good = add_reach(candidate, "+7 495 555-00-00", "phone")
    Candidate.objects.update(city="Владивосток")
    entry = CallEntry.objects.get()
    now = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
    card = call_card(calling, entry, cast.rita, now)
    assert (card.phones[0], card.clock.hour, card.knows_zone) == (good, 22, True)


def test_the_last_call_can_be_taken_back_for_two_hours(cast, calling):
    call = say(cast.rita, CallEntry.objects.get(), "no_answer")
    assert last_call(cast.rita, calling) == call
    assert last_call(cast.dora, calling) is None
    Call.objects.update(at=timezone.now() - dt.timedelta(hours=3))
    assert last_call(cast.rita, calling) is None
