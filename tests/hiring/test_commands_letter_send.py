import datetime as dt

import pytest
from django.core import mail as outbox
from django.utils import timezone

from common.jobs import silent
from hiring import jobs
from hiring.choices import LetterKind, LetterState
from hiring.commands import letter as commands
from hiring.commands import letter_send
from hiring.models import Candidate, Letter
from hiring.queries import letter as queries
from tests.cast import make_cast
from tests.races import two_at_once
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(cast):
    return write()


def write(**given) -> Letter:
    candidate = make_candidate()
    add_reach(candidate, "jo@example.org")
    candidacy = make_candidacy(make_vacancy(), candidate)
    return commands.write_letter(
        candidate_id=candidate.pk, candidacy_id=candidacy.pk, kind=LetterKind.RECEIVED, **given
    )


def test_run_twice_it_goes_once(letter, run_jobs):
    run_jobs()
    jobs.send_letter(silent, letter_id=letter.pk)
    jobs.letters_tick()
    run_jobs()
    assert len(outbox.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_sends():
    make_cast()
    letter = write()
    assert two_at_once(lambda: jobs.send_letter(silent, letter_id=letter.pk)) == ["done", "done"]
    assert len(outbox.outbox) == 1


def test_what_changed_since_it_was_written_is_asked_again(letter):
    Candidate.objects.update(wants_no_letters=timezone.now())
    jobs.send_letter(silent, letter_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (LetterState.STOPPED, "opted_out")
    assert outbox.outbox == []


def test_it_goes_to_the_address_of_today(letter):
    letter.candidate.reaches.update(value="new@example.org")
    jobs.send_letter(silent, letter_id=letter.pk)
    assert outbox.outbox[0].to == ["new@example.org"]
    letter.refresh_from_db()
    assert letter.address == "new@example.org"


def test_what_the_server_refuses_is_told_and_can_be_tried_again(cast, letter, settings, run_jobs):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    run_jobs()
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED
    assert "refused" in queries.trouble_words(letter)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    commands.try_letter_again(actor=cast.rita, letter_id=letter.pk)
    run_jobs()
    assert len(outbox.outbox) == 1


def test_a_letter_whose_worker_died_waits_for_a_person(letter):
    now = timezone.now()
    assert letter_send.claim_letter(letter.pk, now=now)
    assert jobs.letters_tick() == 0
    Letter.objects.update(sent_at=now - dt.timedelta(minutes=11))
    assert jobs.letters_tick() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (LetterState.FAILED, "unsure")


def test_the_clock_sends_what_is_due_and_nothing_early(cast, run_jobs):
    now = timezone.now()
    late = write(send_at=now + dt.timedelta(hours=1))
    write(send_at=now + dt.timedelta(seconds=1))
    Letter.objects.exclude(pk=late.pk).update(send_at=now - dt.timedelta(seconds=1))
    jobs.letters_tick()
    run_jobs()
    assert len(outbox.outbox) == 1
    late.refresh_from_db()
    assert late.state == LetterState.QUEUED
