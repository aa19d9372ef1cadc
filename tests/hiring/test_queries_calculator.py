"""The calculator's words, bars and table."""

import re

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from hiring.choices import SeatState
from hiring.models import HiringSettings
from hiring.queries import calculator, invitations
from tests.hiring.test_queries_invitations import make_past
from tests.recruiting import make_seat

pytestmark = pytest.mark.django_db
SESSION = {"spare": 99}


@pytest.fixture
def half():
    return HiringSettings.objects.create(pk=1, prior_came=5000, prior_missed=5000)


def panel(session, **tried):
    return calculator.panel(invitations.calculate(session, tried=tried))


def plain(text) -> str:
    return strip_tags(text).replace("\xa0", " ")


def test_the_sentence_is_the_one_of_the_field(session, half):
    assert plain(panel(session).sentence) == (
        "Invite 17: expect 8.5; 83 % that at least 7 come; 31 % that 10 or more come."
    )


def test_with_people_asked_it_says_how_many_more(session, half):
    for _number in range(10):
        make_seat(session)
    assert plain(panel(session).sentence).startswith("Invite 7 more: expect 8.5;")


def test_when_enough_are_asked_it_says_so(session, half):
    for _number in range(20):
        make_seat(session)
    assert plain(panel(session).sentence).startswith("Enough are invited: expect 10.0;")


def test_the_bars_mark_the_seats_and_what_is_too_many(session, half):
    found = panel(session)
    over = [bar.people for bar in found.bars if bar.tone == "over"]
    assert over[0] == 9
    assert all(re.fullmatch(r"\d+\.\d", bar.x) for bar in found.bars)
    assert found.seats_label == "8 seats"
    assert plain(found.too_many) == "too many: 50 %"
    assert found.range_label == "6 – 11 come"


def test_numbers_of_a_drawing_are_the_same_in_every_language(session, half):
    with translation.override("ru"):
        assert all("," not in bar.x + bar.y + bar.height for bar in panel(session).bars)


def test_it_says_what_it_does_not_know(session):
    assert "not measured" in panel(session).doubts[0]
    make_past(session.vacancy, 9, 15)
    assert panel(session).doubts == ["Known from 9 of 24 only; the figure may still move by much."]
    make_past(session.vacancy, 20, 20)
    assert panel(session).doubts == []


def test_the_room_the_group_and_a_hopeless_rate_are_named(session, half):
    assert "room allows 14" in panel(session, spare=2).notes[0]
    assert "too small" in panel(session, seats=4, spare=0, minimum=4).notes[0]
    half.prior_came = 1
    half.save()
    assert "no number" in panel(session).notes[0]


def test_the_table_names_each_kind_of_answer(session):
    make_past(session.vacancy, 9, 15)
    make_seat(session)
    make_seat(session, state=SeatState.BOOKED, booked_at=session.created_at)
    rows = panel(session).rows
    assert [row.size for row in rows] == [1, 1]
    assert any("no answer yet" in row.who for row in rows)


def test_why_lists_what_went_in(session):
    make_past(session.vacancy, 9, 15)
    inputs = dict(panel(session).why.inputs)
    assert inputs["Invited before"] == "24"
    assert inputs["Came"] == "9"
    assert inputs["Empty seat : person too many"] == "2 : 1"
