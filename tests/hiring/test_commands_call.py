import datetime as dt
import uuid

import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring.choices import CallOutcome, CallState, CandidacyState, StageKind
from hiring.commands import call as commands
from hiring.commands import call_hold
from hiring.models import Call, CallEntry, Candidate, CandidateReach
from people.models import Event
from tests.cast import make_user
from tests.hiring.calling import a_reason, make_list, say
from tests.recruiting import add_reach

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def entry(cast):
    make_list(cast.rita, 1)
    return CallEntry.objects.get()


def test_agreed_moves_on_to_the_questionnaire(cast, entry):
    call = say(cast.rita, entry, "agreed", note="  glad\n to come ")
    entry.refresh_from_db()
    assert (entry.state, entry.attempts) == (CallState.DONE, 1)
    assert entry.candidacy.stage.kind == StageKind.FORM
    assert (call.note, call.by, call.outcome) == ("glad to come", cast.rita, CallOutcome.AGREED)


def test_who_is_further_on_stays_there(cast, entry):
    candidacy = entry.candidacy
    candidacy.stage = candidacy.vacancy.stages.get(kind=StageKind.TASK)
    candidacy.save()
    say(cast.rita, entry, "agreed")
    candidacy.refresh_from_db()
    assert candidacy.stage.kind == StageKind.TASK


def test_refused_needs_their_reason_and_ends_the_candidacy(cast, entry):
    with pytest.raises(RuleBroken):
        say(cast.rita, entry, "refused")
    assert not Call.objects.exists()
    say(cast.rita, entry, "refused", reason_id=a_reason())
    candidacy = CallEntry.objects.get().candidacy
    assert (candidacy.state, candidacy.reject_reason.code) == (CandidacyState.WITHDRAWN, "stays")


def test_a_promised_time_comes_back_first(cast):
    row = make_list(cast.rita, 2)
    first = call_hold.take_next(actor=cast.rita, vacancy_id=row.vacancy_id)
    with pytest.raises(RuleBroken):
        say(cast.rita, first, "later", call_back_at=timezone.now() - HOUR)
    say(cast.rita, first, "later", call_back_at=timezone.now() + HOUR)
    second = call_hold.take_next(actor=cast.rita, vacancy_id=row.vacancy_id)
    assert second != first
    call_hold.give_back_all(actor=cast.rita, list_id=row.pk)
    later = timezone.now() + 2 * HOUR
    assert call_hold.take_next(actor=cast.rita, vacancy_id=row.vacancy_id, now=later) == first


def test_nobody_answers_four_times_and_is_left_alone(cast, entry):
    for attempt in range(1, 5):
        CallEntry.objects.update(due_at=timezone.now())
        say(cast.rita, entry, "no_answer")
        entry.refresh_from_db()
        assert entry.attempts == attempt
        assert entry.state == (CallState.GIVEN_UP if attempt == 4 else CallState.WAITING)
        if attempt < 4:
            assert entry.due_at > timezone.now() + 5 * HOUR
    with pytest.raises(RuleBroken):
        say(cast.rita, entry, "agreed")


def test_a_wrong_number_is_marked_and_the_next_one_tried(cast, entry):
    candidate = entry.candidacy.candidate
    second = add_reach(candidate, "+7 921 555-77-77", "phone")
    call_hold.take_entry(actor=cast.rita, entry_id=entry.pk)
    say(cast.rita, entry, "wrong_number", reach_id=second.pk)
    entry.refresh_from_db()
    second.refresh_from_db()
    assert second.is_wrong and entry.state == CallState.WAITING and entry.held_by == cast.rita
    with pytest.raises(RuleBroken):
        say(cast.rita, entry, "wrong_number", reach_id=second.pk)
    say(cast.rita, entry, "wrong_number")
    entry.refresh_from_db()
    assert entry.state == CallState.GIVEN_UP
    assert not CandidateReach.objects.filter(is_wrong=False).exists()


def test_do_not_call_silences_every_list(cast, entry):
    say(cast.rita, entry, "do_not_call")
    assert Candidate.objects.get().wants_no_calls
    assert CallEntry.objects.get().state == CallState.DONE


def test_the_same_call_sent_twice_counts_once(cast, entry):
    key = uuid.uuid4()
    first = say(cast.rita, entry, "no_answer", key=key)
    assert say(cast.rita, entry, "no_answer", key=key) == first
    assert CallEntry.objects.get().attempts == 1
    other = make_user("Rolf", "recruiter")
    with pytest.raises(RuleBroken):
        say(other, entry, "no_answer", key=key)


def test_whom_a_colleague_holds_is_theirs_to_settle(cast, entry):
    other = make_user("Rolf", "recruiter")
    call_hold.take_entry(actor=other, entry_id=entry.pk)
    with pytest.raises(RuleBroken, match="Rolf"):
        say(cast.rita, entry, "agreed")
    CallEntry.objects.update(held_until=timezone.now() - HOUR)
    say(cast.rita, entry, "agreed")


def test_only_recruiters_call(cast, entry):
    for user in (cast.dora, cast.ivan, cast.karl, cast.adam):
        with pytest.raises(CallEntry.DoesNotExist):
            say(user, entry, "agreed")
    Candidate.objects.update(user=cast.rita)
    with pytest.raises(CallEntry.DoesNotExist):
        say(cast.rita, entry, "agreed")


@pytest.mark.parametrize("outcome", CallOutcome.values)
def test_the_last_outcome_can_be_taken_back_with_all_that_followed(cast, entry, outcome):
    given = {"later": {"call_back_at": timezone.now() + HOUR}, "refused": {"reason_id": a_reason()}}
    before = CallEntry.objects.values().get()
    stage = entry.candidacy.stage_id
    call = say(cast.rita, entry, outcome, **given.get(outcome, {}))
    commands.undo_call(actor=cast.rita, call_id=call.pk)
    assert CallEntry.objects.values().get() == before
    candidacy = CallEntry.objects.get().candidacy
    assert (candidacy.stage_id, candidacy.state) == (stage, CandidacyState.ACTIVE)
    assert Candidate.objects.get().wants_no_calls is None
    assert not CandidateReach.objects.filter(is_wrong=True).exists()
    with pytest.raises(Call.DoesNotExist):
        commands.undo_call(actor=cast.rita, call_id=call.pk)


def test_undo_is_for_the_last_own_call_and_not_for_ever(cast, entry):
    call = say(cast.rita, entry, "no_answer")
    with pytest.raises(Call.DoesNotExist):
        commands.undo_call(actor=make_user("Rolf", "recruiter"), call_id=call.pk)
    later = say(cast.rita, entry, "no_answer")
    with pytest.raises(RuleBroken):
        commands.undo_call(actor=cast.rita, call_id=call.pk)
    Call.objects.update(at=timezone.now() - 3 * HOUR)
    with pytest.raises(RuleBroken):
        commands.undo_call(actor=cast.rita, call_id=later.pk)


def test_the_record_holds_no_words_of_the_call(cast, entry):
    call = say(cast.rita, entry, "no_answer", note="speaks of her illness")
    assert "illness" not in str(Event.objects.about(call).get().data)
