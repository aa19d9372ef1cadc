import datetime as dt

import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring.choices import VacancyState
from hiring.commands.retention import due_candidates, end_hold, erase_due, hold_data
from hiring.models import Candidacy, Candidate, Draft, Erasure
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def old(days=200):
    ended = NOW - dt.timedelta(days=days)
    vacancy = make_vacancy(state=VacancyState.CLOSED, ended_at=ended)
    return make_candidacy(vacancy, state="rejected", ended_at=ended)


def test_those_whose_time_is_over_go_and_the_rest_stays(cast):
    gone, kept = old(), old(days=100)
    assert erase_due(now=NOW) == 1
    assert list(Candidate.objects.all()) == [kept.candidate]
    assert Candidacy.objects.get(pk=gone.pk).candidate is None
    assert Erasure.objects.get().because == "retention"
    assert erase_due(now=NOW) == 0


def test_a_held_candidate_stays_until_the_hold_ends(cast):
    row = old()
    hold = hold_data(actor=cast.rita, candidate_id=row.candidate_id, reason="  A  dispute ")
    assert hold.reason == "A dispute"
    assert due_candidates(now=NOW) == []
    end_hold(actor=cast.rita, hold_id=hold.pk)
    assert due_candidates(now=NOW) == [row.candidate_id]


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"until": dt.date(2020, 1, 1)}])
def test_a_hold_says_why_and_until_a_day_to_come(cast, wrong):
    row = old()
    with pytest.raises(RuleBroken):
        hold_data(actor=cast.rita, candidate_id=row.candidate_id, **{"reason": "A case", **wrong})
    assert not row.candidate.holds.exists()


def test_only_recruiters_hold(cast):
    with pytest.raises(Candidate.DoesNotExist):
        hold_data(actor=cast.dora, candidate_id=old().candidate_id, reason="mine")


def test_drafts_that_nobody_sent_go_after_a_week(cast):
    vacancy = make_vacancy()
    for days, digest in ((8, "a"), (6, "b")):
        saved = NOW - dt.timedelta(days=days)
        Draft.objects.create(vacancy=vacancy, digest=digest, saved_at=saved)
    erase_due(now=NOW)
    assert [draft.digest for draft in Draft.objects.all()] == ["b"]
