import pytest
from django.utils import timezone

from hiring.commands.kit import install_kit
from hiring.commands.sheet import submit_sheet
from hiring.models import CandidateFile, Sheet
from hiring.queries.sheets import asked_of, card, mine, others, owed, own_sheet, timeline_of
from tests.hiring.rounds import make_room
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_candidate,
    make_marks,
    make_sheet,
    make_vacancy,
    make_weights,
)


@pytest.fixture
def sheet(cast):
    vacancy = make_vacancy()
    make_weights(vacancy.profile, relationships=30, analysis=10)
    candidate = make_candidate(
        "Olga", employer="Rival Ltd", pay_wish=90_000, years_in_sales=4, city="Tver"
    )
    return make_sheet(make_candidacy(vacancy, candidate), cast.ivan)


def test_a_rater_sees_what_they_need_and_neither_employer_nor_pay(cast, sheet):
    CandidateFile.objects.create(
        candidate=sheet.candidacy.candidate, name="cv.pdf", size=1, sha256="0" * 64,
        content_type="application/pdf", text="Sold packaging.",
    )  # fmt: skip
    install_kit()
    shown = card(own_sheet(cast.ivan, sheet.pk), cast.ivan)
    assert (shown.title, shown.cv, shown.facts) == (
        "Olga", "Sold packaging.", ["years in sales: 4", "Tver"]
    )  # fmt: skip
    assert [round(item.share, 2) for item in shown.items] == [0.75, 0.25]
    assert shown.items[0].questions and shown.validity.value == 0.42
    assert "Rival" not in repr(shown.facts) and "90" not in repr(shown.facts)


def test_others_are_a_number_until_ones_own_is_in(cast, sheet):
    other = make_sheet(sheet.candidacy, cast.kim)
    for one in (sheet, other):
        make_marks(one, relationships=4, analysis=2)
    submit_sheet(actor=cast.kim, sheet_id=other.pk, remark="Calm")
    shown = card(own_sheet(cast.ivan, sheet.pk), cast.ivan)
    assert (shown.others, shown.others_wait) == ([], 1)
    submit_sheet(actor=cast.ivan, sheet_id=sheet.pk)
    (seen,) = others(own_sheet(cast.ivan, sheet.pk), cast.ivan)
    assert (seen.rater, seen.score, seen.remark) == ("Kim", 3.5, "Calm")


def test_only_ones_own_in_the_window(cast, sheet):
    for user in (cast.kim, cast.rita, cast.dora):
        with pytest.raises(Sheet.DoesNotExist):
            own_sheet(user, sheet.pk)
    Sheet.objects.update(held_at=timezone.now() - 15 * DAY)
    with pytest.raises(Sheet.DoesNotExist):
        own_sheet(cast.ivan, sheet.pk)


def test_what_i_owe_and_what_i_gave(cast, sheet):
    make_marks(sheet, analysis=3)
    room = make_room(cast.ivan)
    found = mine(cast.ivan)
    assert (found.due, found.done, found.sessions) == ([sheet], [], [room.session])
    assert owed(cast.ivan) == 1
    submit_sheet(actor=cast.ivan, sheet_id=sheet.pk)
    assert (mine(cast.ivan).due, mine(cast.ivan).done, owed(cast.ivan)) == ([], [sheet], 0)


def test_the_card_tells_who_was_asked_and_marks_when_they_are_open(cast, sheet):
    make_marks(sheet, relationships=4)
    (asked,) = asked_of([sheet.candidacy], cast.rita)
    assert (asked.sheet, asked.told) == (sheet, None)
    submit_sheet(actor=cast.ivan, sheet_id=sheet.pk)
    assert asked_of([sheet.candidacy], cast.rita)[0].told.score == 4
    room = make_room(cast.ivan, people=1)
    room.mark(cast.ivan, room.seats[0], 5)
    (blind,) = asked_of([room.seats[0].candidacy], cast.rita)
    assert blind.told is None


def test_the_timeline_tells_that_and_never_what(cast, sheet):
    make_marks(sheet, relationships=4)
    submit_sheet(actor=cast.ivan, sheet_id=sheet.pk)
    told = [entry.sentence for entry in timeline_of(sheet.candidacy.candidate, cast.rita)]
    assert told == [
        "Scorecard asked for: structured interview",
        "Scorecard given: structured interview",
    ]
    assert timeline_of(sheet.candidacy.candidate, cast.dora) == []
