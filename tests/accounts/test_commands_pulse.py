import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from accounts.commands import customer_letter as letters
from accounts.commands import pulse as commands
from accounts.mail import pulse_url
from accounts.models import Contact, CustomerLetter, Pulse, Task
from common import tokens
from common.errors import RuleBroken
from people.models import Event, Notification, company_day
from tests.caring import make_powerful, make_watched
from tests.field import make_contact, make_logged

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def handover(cast, account):
    return make_watched(account, cast.karl, from_user=cast.kim, days_ago=30)


def token_of(pulse: Pulse) -> str:
    return tokens.derive(commands.rules.PURPOSE, pulse.seed)


@pytest.fixture
def asked(cast, account, handover, run_jobs):
    make_powerful(account, "Anna Neri", languages=["it"])
    (pulse,) = commands.ask_pulse(handover, 30)
    letters.send_letter(actor=cast.dora, letter_id=pulse.letters.get().pk)
    run_jobs()
    pulse.refresh_from_db()
    return pulse


def test_three_of_power_are_proposed_those_reached_by_mail_first(cast, account, handover):
    make_powerful(account, "No Mail", email="")
    people = [make_powerful(account, f"Person {number}", power="2") for number in range(4)]
    make_logged(cast.karl, account, people[3])
    pulses = commands.ask_pulse(handover, 30)
    assert [row.contact.name for row in pulses] == ["Person 3", "Person 0", "Person 1"]
    assert CustomerLetter.objects.filter(kind="pulse", state="draft").count() == 3
    told = Notification.objects.filter(kind="pulse_ready").values_list("user", flat=True)
    assert set(told) == {cast.karl.pk, cast.dora.pk}
    assert not mail.outbox


def test_asking_again_asks_nobody_twice(account, handover):
    make_powerful(account, "Anna")
    assert commands.ask_pulse(handover, 30) == commands.ask_pulse(handover, 30)
    assert Pulse.objects.count() == CustomerLetter.objects.count() == 1


def test_with_nobody_of_power_nobody_is_asked(handover):
    assert commands.ask_pulse(handover, 30) == []


def test_the_letter_carries_a_link_that_lies_nowhere_in_the_database(asked):
    (message,) = mail.outbox
    assert pulse_url(asked) in message.body and message.subject.startswith("Una domanda")
    assert "{link}" in asked.letters.get().body
    token = token_of(asked)
    assert token not in {asked.seed, asked.digest} and asked.digest == tokens.digest(token)
    assert abs(asked.expires_at - timezone.now() - 30 * DAY) < dt.timedelta(minutes=1)


def test_an_answer_is_told_to_the_manager_and_the_director(cast, account, asked):
    commands.answer_pulse(token_of(asked), 5)
    told = Notification.objects.filter(kind="pulse_answered").values_list("user", flat=True)
    assert set(told) == {cast.karl.pk, cast.dora.pk}
    event = Event.objects.get(verb="account.pulse_answered")
    assert (event.actor, event.data["answer"], event.target_id) == (None, 5, account.pk)
    assert not Task.objects.exists()


@pytest.mark.parametrize(("answer", "tasks"), [(1, 1), (2, 1), (3, 0), (4, 0), (5, 0)])
def test_a_low_answer_makes_a_task_for_today_at_once(cast, asked, answer, tasks):
    commands.answer_pulse(token_of(asked), answer)
    assert Task.objects.count() == tasks
    for task in Task.objects.all():
        assert (task.owner, task.due, task.contact) == (cast.karl, company_day(), asked.contact)


def test_the_task_goes_to_whoever_answers_for_the_account_by_then(cast, account, asked):
    account.assignments.update(user=cast.lena)
    commands.answer_pulse(token_of(asked), 1)
    assert Task.objects.get().owner == cast.lena


def test_one_answer_changeable_for_a_day(asked):
    now, token = timezone.now(), token_of(asked)
    commands.answer_pulse(token, 2, now=now)
    commands.answer_pulse(token, 4, "better", now=now + DAY - dt.timedelta(seconds=1))
    asked.refresh_from_db()
    assert (asked.answer, asked.comment, asked.answered_at) == (4, "better", now)
    with pytest.raises(RuleBroken, match="more than a day ago"):
        commands.answer_pulse(token, 1, now=now + DAY)
    asked.refresh_from_db()
    assert asked.answer == 4


def test_words_come_after_a_number_and_leave_it_alone(asked):
    with pytest.raises(RuleBroken, match="from 1 to 5"):
        commands.answer_pulse(token_of(asked), None, "words")
    commands.answer_pulse(token_of(asked), 3)
    commands.answer_pulse(token_of(asked), None, " words\x00 ")
    asked.refresh_from_db()
    assert (asked.answer, asked.comment) == (3, "words")


@pytest.mark.parametrize("answer", [0, 6, -1])
def test_no_other_numbers(asked, answer):
    with pytest.raises(RuleBroken):
        commands.answer_pulse(token_of(asked), answer)
    assert Pulse.objects.get().answered_at is None


def test_links_that_open_nothing(asked, handover):
    with pytest.raises(Pulse.DoesNotExist):
        commands.answer_pulse("wrong", 3)
    with pytest.raises(Pulse.DoesNotExist):
        commands.answer_pulse(token_of(asked), 3, now=asked.expires_at)
    type(handover).objects.update(state="undone")
    with pytest.raises(Pulse.DoesNotExist):
        commands.answer_pulse(token_of(asked), 3)


def test_other_people_are_chosen_while_nobody_has_been_written_to(cast, account, handover):
    anna = make_powerful(account, "Anna")
    bert = make_contact(account, "Bert")
    commands.ask_pulse(handover, 30)
    choose = {"handover_id": handover.pk, "day": 30}
    found = commands.choose_pulse_people(actor=cast.karl, contact_ids=[bert.pk], **choose)
    assert [row.contact for row in found] == [bert]
    assert Pulse.objects.get(contact=anna).dropped_at
    assert CustomerLetter.objects.get(contact=anna).state == "stopped"
    commands.choose_pulse_people(actor=cast.dora, contact_ids=[anna.pk], **choose)
    assert Pulse.objects.get(contact=anna).dropped_at is None
    assert CustomerLetter.objects.filter(contact=anna, state="draft").count() == 1


def test_whoever_was_written_to_stays_asked(cast, account, asked):
    bert = make_contact(account, "Bert")
    choose = {"actor": cast.karl, "handover_id": asked.handover_id, "day": 30}
    commands.choose_pulse_people(contact_ids=[bert.pk], **choose)
    asked.refresh_from_db()
    assert asked.dropped_at is None
    others = [make_contact(account).pk for _ in range(2)]
    with pytest.raises(RuleBroken, match="one to 3"):
        commands.choose_pulse_people(contact_ids=[bert.pk, *others], **choose)


def test_who_may_not_choose(cast, account, handover):
    stranger = make_contact(account, "Bert")
    for user in (cast.lena, cast.kim, cast.anna, cast.rita):
        with pytest.raises(RuleBroken, match="manager or a director"):
            commands.choose_pulse_people(
                actor=user, handover_id=handover.pk, day=30, contact_ids=[stranger.pk]
            )
    with pytest.raises(Contact.DoesNotExist):
        commands.choose_pulse_people(
            actor=cast.dora, handover_id=handover.pk, day=30, contact_ids=[stranger.pk + 999]
        )
    assert not Pulse.objects.exists()


def test_an_answered_question_is_not_sent_again(cast, account, asked, run_jobs):
    commands.answer_pulse(token_of(asked), 5)
    template = letters.template_of("pulse")
    again = letters.drafted(
        account, template, asked.contact, letters.Occasion(handover=asked.handover),
        actor=None, pulse=asked,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="answered or too old"):
        letters.send_letter(actor=cast.dora, letter_id=again.pk)
