"""Each change is told once, in the person's language, with the calendar entry it needs."""

import pytest
from django.core import mail

from hiring.choices import LetterState
from hiring.commands import seat as seats
from hiring.commands import seat_letters
from hiring.models import Letter
from tests.hiring.test_commands_seat import book, by, make_asked
from tests.recruiting import make_session, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(cast):
    return make_session(make_vacancy(), place="Nevsky 28", time_zone="Europe/Moscow")


def attached() -> list[str]:
    """The calendar file of each letter in the outbox, "" where there is none."""
    found = []
    for message in mail.outbox:
        files = [part for part in message.attachments if part[0].endswith(".ics")]
        content = files[0][1] if files else ""
        found.append(content.decode() if isinstance(content, bytes) else content)
    return found


def test_the_letter_of_a_place_brings_the_entry_and_says_when_and_where(session, run_jobs):
    seat = make_asked(session, "Anna")
    book(seat)
    run_jobs()
    letter = mail.outbox[0]
    assert "Nevsky 28" in letter.body
    assert "Moscow" in letter.subject
    assert "METHOD:PUBLISH" in attached()[0]
    assert "Anna" not in attached()[0]


def test_moving_keeps_the_name_of_the_entry_and_giving_back_cancels_it(session, run_jobs):
    seat = book(make_asked(session))
    other = make_session(session.vacancy)
    moved = seats.reschedule_seat(session_id=other.pk, **by(seat))
    run_jobs()
    seats.decline_seat(**by(moved))
    run_jobs()
    files = attached()
    lines = [dict(line.split(":", 1) for line in one.split("\r\n") if ":" in line) for one in files]
    assert len({one["UID"] for one in lines}) == 1
    assert [one["METHOD"] for one in lines][-1] == "CANCEL"
    sequences = [int(one["SEQUENCE"]) for one in lines]
    assert sequences == sorted(sequences)
    assert sequences[-1] > sequences[0]


def test_an_invitation_brings_no_entry(cast, session, run_jobs):
    seat = make_asked(session)
    seat_letters.tell_invited(seat, session=session, actor=cast.rita)
    run_jobs()
    assert attached() == [""]


def test_a_change_is_told_once(cast, session):
    seat = make_asked(session)
    for _twice in range(2):
        seat_letters.tell_changed(seat, session=session, actor=cast.rita)
        seat_letters.tell_cancelled(seat, session=session, actor=cast.rita)
        seat_letters.remind(seat, session=session, hours=24)
    assert Letter.objects.count() == 3


def test_whoever_wants_no_letters_gets_none_and_it_is_kept(session):
    seat = make_asked(session)
    seat.candidacy.candidate.wants_no_letters = session.created_at
    seat.candidacy.candidate.save()
    book(seat)
    assert Letter.objects.get().state == LetterState.STOPPED


def test_of_somebody_erased_nothing_is_written(cast, session):
    seat = make_asked(session)
    seat.candidacy.candidate = None
    assert seat_letters.tell_cancelled(seat, session=session, actor=cast.rita) is None
