import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from accounts import jobs
from accounts.choices import CustomerLetterState as State
from accounts.commands import customer_letter as commands
from accounts.commands import customer_letter_send as sending
from accounts.models import CustomerLetter, Touchpoint
from common.jobs import silent
from people.models import RoleGrant, company_day
from tests.caring import make_letter, make_powerful, make_watched

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(cast, account):
    letter = make_letter(cast.karl, account, make_powerful(account, "Anna", languages=["it"]))
    return commands.send_letter(actor=cast.karl, letter_id=letter.pk)


def test_it_goes_once_with_the_senders_address_to_answer_to(cast, account, queued, run_jobs):
    run_jobs()
    assert jobs.send_customer_letter(silent, letter_id=queued.pk) == {"sent": 0}
    (message,) = mail.outbox
    assert message.to == ["anna@customer.example"] and message.reply_to == ["karl@example.org"]
    assert message.subject == "A new manager" and message.body == "Dear Jo,\n\nhello.\n"
    queued.refresh_from_db()
    assert queued.state == State.SENT
    entry = Touchpoint.objects.get()
    assert entry.key == sending.entry_key(queued) and entry.author == cast.karl


def test_rights_are_those_of_the_moment_it_goes(cast, account, queued, run_jobs):
    account.assignments.update(user=cast.kim)
    run_jobs()
    queued.refresh_from_db()
    assert (queued.state, queued.trouble, len(mail.outbox)) == (State.STOPPED, "rights", 0)
    assert not Touchpoint.objects.exists()


@pytest.mark.parametrize("change", ["left", "role"])
def test_nothing_goes_for_somebody_who_has_left(cast, queued, run_jobs, change):
    if change == "left":
        type(cast.karl).objects.filter(pk=cast.karl.pk).update(is_active=False)
    else:
        RoleGrant.objects.filter(user=cast.karl).delete()
    run_jobs()
    queued.refresh_from_db()
    assert queued.trouble == "rights" and not mail.outbox


def test_the_address_is_the_one_they_have_then(queued, run_jobs):
    queued.contact.reaches.update(value="new@customer.example")
    run_jobs()
    assert mail.outbox[0].to == ["new@customer.example"]


def test_somebody_who_left_the_customer_is_not_written_to(queued, run_jobs):
    queued.contact.positions.update(valid_to=company_day())
    run_jobs()
    queued.refresh_from_db()
    assert queued.trouble == "gone" and not mail.outbox


def test_a_handover_called_off_is_not_announced(cast, account, run_jobs):
    handover = make_watched(account, cast.kim, from_user=cast.karl)
    make_powerful(account, "Anna")
    (letter,) = commands.draft_letters(
        actor=cast.karl, account=account, kind="handover", handover=handover
    )
    commands.send_letter(actor=cast.karl, letter_id=letter.pk)
    type(handover).objects.filter(pk=handover.pk).update(state="undone")
    run_jobs()
    letter.refresh_from_db()
    assert letter.trouble == "overtaken" and not mail.outbox


def test_what_the_server_answers_is_kept(queued, run_jobs, settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_commands_customer_letter_send.Refusing"
    run_jobs()
    queued.refresh_from_db()
    assert queued.state == State.STOPPED and queued.trouble == "refused:550 no such mailbox"
    assert commands.queries.trouble_words(queued).endswith("550 no such mailbox")


class Refusing:
    """A mail server that knows nobody."""

    def __init__(self, *_args, **_kwargs):
        pass

    def send_messages(self, _messages):
        raise OSError("550 no such\nmailbox")


def test_of_two_workers_one_gets_it(queued):
    now = timezone.now()
    assert sending.claim_letter(queued.pk, now=now) == queued
    assert sending.claim_letter(queued.pk, now=now) is None


def test_what_a_dead_worker_left_is_shown_to_a_person(queued):
    now = timezone.now()
    sending.claim_letter(queued.pk, now=now)
    assert sending.settle_lost_letters(before=now) == 0
    assert sending.settle_lost_letters(before=now + dt.timedelta(seconds=1)) == 1
    assert CustomerLetter.objects.get().trouble == "unsure"
