"""Blindness: whose marks somebody may read, over all ways there are."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hiring.choices import SheetKind
from hiring.commands.sheet import submit_sheet
from hiring.models import Candidacy, Candidate, Mark, Sheet
from tests.hiring.rounds import make_room, open_room
from tests.recruiting import (
    DAY,
    HOUR,
    make_candidacy,
    make_marks,
    make_sheet,
    make_vacancy,
    make_weights,
)


@pytest.fixture
def vacancy(cast):
    vacancy = make_vacancy()
    make_weights(vacancy.profile, relations=10)
    return vacancy


def seen(user):
    return set(Sheet.objects.visible_to(user).values_list("rater__name", flat=True))


def test_of_a_session_everybody_sees_their_own_until_all_are_open(cast):
    room = make_room(cast.ivan, cast.kim, cast.rita)
    for rater in room.observers:
        room.mark(rater, room.seats[0], 3)
        submit_sheet(actor=rater, sheet_id=room.sheet(rater, room.seats[0]).pk)
    for user in room.observers:
        assert seen(user) == {user.name}
    assert seen(cast.dora) == set()
    open_room(room)
    for user in (*room.observers, cast.dora):
        assert seen(user) == {"Ivan", "Kim", "Rita"}
    for user in (cast.lena, cast.sam, cast.adam, cast.anna):
        assert seen(user) == set()


def test_of_other_rounds_ones_own_comes_first(cast, vacancy):
    candidacy = make_candidacy(vacancy, shortlisted_at=timezone.now())
    ivan, kim = (make_sheet(candidacy, user) for user in (cast.ivan, cast.kim))
    for sheet in (ivan, kim):
        make_marks(sheet, relations=4)
    submit_sheet(actor=cast.ivan, sheet_id=ivan.pk)
    assert seen(cast.kim) == {"Kim"}
    assert seen(cast.rita) == seen(cast.dora) == {"Ivan"}
    submit_sheet(actor=cast.kim, sheet_id=kim.pk)
    assert seen(cast.kim) == {"Kim", "Ivan"}


def test_a_recruiter_who_owes_a_sheet_of_the_round_is_blind_too(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    ivan = make_sheet(candidacy, cast.ivan)
    rita = make_sheet(candidacy, cast.rita)
    for sheet in (ivan, rita):
        make_marks(sheet, relations=4)
    submit_sheet(actor=cast.ivan, sheet_id=ivan.pk)
    assert seen(cast.rita) == {"Rita"}
    submit_sheet(actor=cast.rita, sheet_id=rita.pk)
    assert seen(cast.rita) == {"Rita", "Ivan"}


def test_a_sheet_is_the_right_to_see_the_person_to_the_minute(cast, vacancy):
    candidacy = make_candidacy(vacancy)
    sheet = make_sheet(candidacy, cast.ivan)
    now = timezone.now()
    for held_at, is_seen in (
        (now + 7 * DAY - HOUR, True), (now + 7 * DAY + HOUR, False),
        (now - 14 * DAY + HOUR, True), (now - 14 * DAY - HOUR, False),
    ):  # fmt: skip
        Sheet.objects.filter(pk=sheet.pk).update(held_at=held_at)
        assert Sheet.objects.within_window(cast.ivan).exists() is is_seen
        assert Candidate.objects.visible_to(cast.ivan).exists() is is_seen
        assert Candidacy.objects.visible_to(cast.ivan).exists() is is_seen


def test_marks_go_with_their_sheet(cast, vacancy):
    sheet = make_sheet(make_candidacy(vacancy), cast.ivan)
    make_marks(sheet, relations=4)
    assert Mark.objects.visible_to(cast.ivan).exists()
    assert not Mark.objects.visible_to(cast.rita).exists()


@pytest.mark.parametrize("value", [0, 6])
def test_the_table_holds_marks_from_one_to_five_only(cast, vacancy, value):
    sheet = make_sheet(make_candidacy(vacancy), cast.ivan, kind=SheetKind.CALL)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_marks(sheet, relations=value)


def test_one_mark_a_place(cast, vacancy):
    sheet = make_sheet(make_candidacy(vacancy), cast.ivan)
    make_marks(sheet, relations=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_marks(sheet, relations=3)
