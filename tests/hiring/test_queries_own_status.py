"""How things stand, in words for the candidate: every stage has some, no end says why."""

import datetime as dt

import pytest
from django.utils import timezone

from hiring.choices import CandidacyState, StageKind
from hiring.commands.consent import current_texts, give_consent
from hiring.queries import own_status
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_every_stage_and_every_end_has_words():
    assert set(own_status.UNDER_WAY) == set(StageKind)
    assert set(own_status.ENDED) == set(CandidacyState) - {CandidacyState.ACTIVE}


@pytest.mark.parametrize("kind", StageKind.values)
def test_somebody_under_way_reads_where_they_are(cast, kind):
    candidate = make_candidate()
    make_candidacy(make_vacancy("Big accounts"), candidate, stage=kind)
    (found,) = own_status.standings(candidate, NOW)
    assert found.is_open and found.title == "Big accounts"
    assert found.words == str(own_status.UNDER_WAY[kind])


def test_a_rejection_is_told_once_it_can_no_longer_be_taken_back(cast):
    candidate = make_candidate()
    fields = {"state": "rejected", "ended_at": NOW}
    make_candidacy(make_vacancy(), candidate, stage="form", **fields)
    assert own_status.standings(candidate, NOW)[0].is_open
    late = own_status.standings(candidate, NOW + own_status.PATIENCE + dt.timedelta(seconds=1))
    assert not late[0].is_open and "other candidates" in late[0].words


def test_agreements_name_each_purpose_and_since_when(cast):
    candidate, texts = make_candidate(), current_texts("en")
    give_consent(candidate_id=candidate.pk, text_id=texts["pool"].pk, channel="form", now=NOW)
    found = {one.purpose: one.since for one in own_status.agreements(candidate, texts)}
    assert found == {"vacancy": None, "pool": NOW, "news": None}
