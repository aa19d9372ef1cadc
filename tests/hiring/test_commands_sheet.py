import datetime as dt
import uuid

import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring.choices import SessionState, SheetKind
from hiring.commands.sheet import (
    ask_for_sheet,
    ask_observers,
    keep_mark,
    reopen_sheet,
    submit_sheet,
    withdraw_sheet,
)
from hiring.models import Candidacy, Mark, MarkChange, Session, Sheet
from people.models import Event, Notification
from tests.recruiting import (
    DAY,
    HOUR,
    make_candidacy,
    make_candidate,
    make_competency,
    make_exercise,
    make_marks,
    make_observer,
    make_session,
    make_sheet,
    make_weights,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def relations(vacancy):
    return make_weights(vacancy.profile, relations=30, analysis=10)["relations"]


@pytest.fixture
def sheet(cast, vacancy):
    return make_sheet(make_candidacy(vacancy), cast.ivan)


def ask(cast, candidacy, **fields):
    defaults = {"actor": cast.rita, "rater": cast.ivan, "kind": SheetKind.INTERVIEW}
    return ask_for_sheet(
        candidacy_id=candidacy.pk, **{**defaults, "held_at": timezone.now() + DAY, **fields}
    )


def mark(sheet, competency, value=4, **fields):
    defaults = {"actor": sheet.rater, "key": uuid.uuid4(), "sheet_id": sheet.pk}
    return keep_mark(competency_id=competency.pk, value=value, **{**defaults, **fields})


def test_a_colleague_is_asked_once_told_and_may_see_the_person(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    sheet = ask(cast, candidacy)
    assert ask(cast, candidacy) == sheet
    assert Candidacy.objects.visible_to(cast.ivan).get() == candidacy
    assert Notification.objects.get().user == cast.ivan
    assert Event.objects.about(sheet).get().verb == "sheet.asked"


def test_asked_again_for_another_time_it_moves(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    ask(cast, candidacy)
    later = timezone.now() + 3 * DAY
    assert ask(cast, candidacy, held_at=later).held_at == later


def test_only_recruiters_ask(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    for actor in (cast.dora, cast.ivan, cast.karl):
        with pytest.raises(Candidacy.DoesNotExist):
            ask(cast, candidacy, actor=actor)
    assert not Sheet.objects.exists()


def test_nobody_is_asked_about_themselves_or_about_their_own_people(cast, vacancy):
    applicant = make_candidacy(vacancy, make_candidate(user=cast.karl))
    for rater in (cast.karl, cast.lena):
        with pytest.raises(RuleBroken):
            ask(cast, applicant, rater=rater)
    assert ask(cast, applicant, rater=cast.ivan)


def test_who_has_left_or_was_erased_is_not_asked_about(cast, vacancy):
    cast.ivan.is_active = False
    cast.ivan.save()
    with pytest.raises(RuleBroken):
        ask(cast, make_candidacy(vacancy))
    erased = make_candidacy(vacancy)
    Candidacy.objects.filter(pk=erased.pk).update(candidate=None)
    with pytest.raises(RuleBroken):
        ask(cast, erased, rater=cast.lena)


def test_a_mark_arriving_twice_is_one_mark(sheet, relations):
    key = uuid.uuid4()
    assert mark(sheet, relations, key=key) == mark(sheet, relations, key=key)
    assert Mark.objects.get().value == 4


def test_the_mark_made_last_stays_in_whatever_order_they_arrive(sheet, relations):
    now = timezone.now()
    mark(sheet, relations, 5, at=now - dt.timedelta(seconds=1))
    mark(sheet, relations, 2, at=now - dt.timedelta(seconds=9))
    assert Mark.objects.get().value == 5
    mark(sheet, relations, 3, at=now)
    assert Mark.objects.get().value == 3


def test_a_device_ahead_of_time_does_not_shut_out_the_next(sheet, relations):
    mark(sheet, relations, 5, at=timezone.now() + DAY)
    mark(sheet, relations, 1)
    assert Mark.objects.get().value == 1


def test_a_mark_can_be_taken_away_before_handing_in(sheet, relations):
    mark(sheet, relations)
    assert mark(sheet, relations, None) is None
    assert not Mark.objects.exists()


@pytest.mark.parametrize("steps", ["gt", "tg"])
def test_a_mark_taken_away_stays_away_in_whatever_order_they_arrive(sheet, relations, steps):
    now = timezone.now()
    acts = {"g": (4, now - dt.timedelta(seconds=9)), "t": (None, now - dt.timedelta(seconds=1))}
    for step in steps:
        value, at = acts[step]
        mark(sheet, relations, value, at=at)
    assert not Mark.objects.exists()
    mark(sheet, relations, 2, at=now)
    assert Mark.objects.get().value == 2


def test_a_mark_taken_away_before_a_newer_one_was_given_takes_nothing(sheet, relations):
    now = timezone.now()
    mark(sheet, relations, 5, at=now)
    mark(sheet, relations, None, at=now - dt.timedelta(seconds=1))
    assert Mark.objects.get().value == 5


def test_taking_away_is_of_one_place_only(cast, vacancy, relations):
    session = make_session(vacancy)
    sheet = make_sheet(make_candidacy(vacancy), cast.ivan, session=session)
    exercise, now = make_exercise(session), timezone.now()
    mark(sheet, relations, None, exercise_id=exercise.pk, at=now)
    mark(sheet, relations, 3, at=now - dt.timedelta(seconds=5))
    assert Mark.objects.get().value == 3


def test_a_session_called_off_takes_no_more_marks(cast, vacancy, relations):
    session = make_session(vacancy)
    sheet = make_sheet(make_candidacy(vacancy), cast.ivan, session=session)
    mark(sheet, relations, 3)
    Session.objects.update(state=SessionState.CANCELLED)
    with pytest.raises(RuleBroken):
        mark(sheet, relations, 5)
    assert Mark.objects.get().value == 3


def test_one_mark_an_exercise(cast, vacancy, relations):
    session = make_session(vacancy)
    sheet = make_sheet(make_candidacy(vacancy), cast.ivan, session=session)
    first, second = make_exercise(session), make_exercise(session)
    for exercise in (first, second, None):
        mark(sheet, relations, exercise_id=exercise and exercise.pk)
    assert Mark.objects.count() == 3


@pytest.mark.parametrize("value", [0, 6, -1])
def test_a_mark_is_from_one_to_five(sheet, relations, value):
    with pytest.raises(RuleBroken):
        mark(sheet, relations, value)


def test_a_mark_is_of_a_competency_and_an_exercise_of_the_round(sheet, relations, vacancy):
    with pytest.raises(RuleBroken):
        mark(sheet, make_competency())
    elsewhere = make_exercise(make_session(vacancy))
    with pytest.raises(RuleBroken):
        mark(sheet, relations, exercise_id=elsewhere.pk)
    assert not Mark.objects.exists()


def test_a_key_of_another_sheet_is_refused(cast, sheet, relations, vacancy):
    other = make_sheet(make_candidacy(vacancy), cast.ivan)
    key = uuid.uuid4()
    mark(other, relations, key=key)
    with pytest.raises(RuleBroken):
        mark(sheet, relations, key=key)
    assert Mark.objects.get().sheet == other


def test_nobody_marks_for_another_or_outside_the_window(cast, sheet, relations):
    for actor in (cast.rita, cast.dora, cast.lena):
        with pytest.raises(Sheet.DoesNotExist):
            mark(sheet, relations, actor=actor)
    for held_at in (timezone.now() - 14 * DAY - HOUR, timezone.now() + 7 * DAY + HOUR):
        Sheet.objects.update(held_at=held_at)
        with pytest.raises(Sheet.DoesNotExist):
            mark(sheet, relations)


def test_an_empty_sheet_is_not_handed_in(sheet, relations):
    with pytest.raises(RuleBroken):
        submit_sheet(actor=sheet.rater, sheet_id=sheet.pk)
    sheet.refresh_from_db()
    assert sheet.submitted_at is None


def test_handed_in_it_is_closed_until_opened_again_with_a_reason(sheet, relations):
    mark(sheet, relations, 4)
    submit_sheet(actor=sheet.rater, sheet_id=sheet.pk, remark=" Calm. ")
    with pytest.raises(RuleBroken):
        mark(sheet, relations, 2)
    with pytest.raises(RuleBroken):
        reopen_sheet(actor=sheet.rater, sheet_id=sheet.pk, reason="  ")
    reopen_sheet(actor=sheet.rater, sheet_id=sheet.pk, reason="Mixed up two people")
    mark(sheet, relations, 2)
    change = MarkChange.objects.get()
    assert (change.before, change.after, change.reason) == (4, 2, "Mixed up two people")
    sheet = submit_sheet(actor=sheet.rater, sheet_id=sheet.pk)
    assert (sheet.remark, sheet.reopened_at) == ("Calm.", None)
    with pytest.raises(RuleBroken):
        mark(sheet, relations, 5)


def test_a_mark_opened_again_cannot_be_taken_away(sheet, relations):
    mark(sheet, relations)
    submit_sheet(actor=sheet.rater, sheet_id=sheet.pk)
    reopen_sheet(actor=sheet.rater, sheet_id=sheet.pk, reason="Wrong person")
    with pytest.raises(RuleBroken):
        mark(sheet, relations, None)
    assert Mark.objects.exists()


def test_a_mark_on_its_way_when_scores_were_opened_still_counts(cast, vacancy, relations):
    session = make_session(vacancy, starts_at=timezone.now() - HOUR)
    sheet = make_sheet(make_candidacy(vacancy), cast.ivan, session=session)
    session.revealed_at = timezone.now()
    session.save()
    with pytest.raises(RuleBroken):
        mark(sheet, relations, 5)
    mark(sheet, relations, 4, at=session.revealed_at - dt.timedelta(minutes=5))
    assert (MarkChange.objects.get().before, Mark.objects.get().value) == (None, 4)


def test_a_request_nobody_answered_can_be_taken_back(cast, sheet, relations):
    with pytest.raises(Sheet.DoesNotExist):
        withdraw_sheet(actor=cast.ivan, sheet_id=sheet.pk)
    make_marks(sheet, relations=3)
    with pytest.raises(RuleBroken):
        withdraw_sheet(actor=cast.rita, sheet_id=sheet.pk)
    Mark.objects.all().delete()
    withdraw_sheet(actor=cast.rita, sheet_id=sheet.pk)
    assert not Sheet.objects.exists()


def test_all_observers_are_asked_but_those_who_may_not_know(cast, vacancy):
    session = make_session(vacancy)
    for user in (cast.ivan, cast.lena, cast.kim):
        make_observer(session, user)
    applicant = make_candidacy(vacancy, make_candidate(user=cast.karl))
    assert {sheet.rater for sheet in ask_observers(session, applicant.pk)} == {cast.ivan, cast.kim}
    assert len(ask_observers(session, applicant.pk)) == 2
    assert not Notification.objects.exists()
