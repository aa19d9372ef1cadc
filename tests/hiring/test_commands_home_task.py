import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from common.errors import RuleBroken
from hiring.commands.home_task import (
    ask_graders,
    cancel_home_task,
    due_words,
    expire_due,
    extend_home_task,
    hand_in,
    remind_due,
    send_home_task,
)
from hiring.models import Candidacy, Candidate, HomeTask, Letter, Sheet
from hiring.queries.home_tasks import is_late
from people.models import Notification
from tests.recruiting import (
    DAY,
    HOUR,
    make_candidacy,
    make_candidate,
    make_home_task,
    make_vacancy,
    make_version,
)


@pytest.fixture
def candidacy(cast):
    return make_candidacy(make_vacancy(), make_candidate(time_zone="Asia/Yekaterinburg"))


def answered(candidacy, **fields):
    return make_home_task(
        candidacy, state="submitted", submitted_at=timezone.now(), text="Call them.", **fields
    )


def test_sent_with_a_letter_and_a_due_time_in_the_candidates_zone(cast, candidacy):
    version = make_version()
    task = send_home_task(actor=cast.rita, candidacy_id=candidacy.pk, version_id=version.pk)
    assert abs(task.due_at - timezone.now() - dt.timedelta(hours=72)) < dt.timedelta(minutes=1)
    assert task.time_zone == "Asia/Yekaterinburg" and "Yekaterinburg" in due_words(task)
    assert Letter.objects.get().kind == "task"
    with pytest.raises(RuleBroken):
        send_home_task(actor=cast.rita, candidacy_id=candidacy.pk, version_id=version.pk)


@pytest.mark.parametrize(
    ("where", "zone"),
    [
        ({"city": "Новосибирск"}, "Asia/Novosibirsk"),
        ({"country": "IT"}, "Europe/Rome"),
        ({}, "Europe/Berlin"),
    ],
)
def test_where_somebody_lives_tells_the_zone_and_the_vacancy_when_nothing_does(cast, where, zone):
    vacancy = make_vacancy(city="Berlin", country="DE")
    candidacy = make_candidacy(vacancy, make_candidate(**where))
    version = make_version()
    task = send_home_task(actor=cast.rita, candidacy_id=candidacy.pk, version_id=version.pk)
    assert task.time_zone == zone


def test_the_letter_names_the_day_and_the_zone_in_the_candidates_language(cast, candidacy):
    Candidate.objects.update(language="ru")
    send_home_task(
        actor=cast.rita, candidacy_id=candidacy.pk, version_id=make_version().pk,
        due_at=dt.datetime(2099, 12, 2, 7, tzinfo=dt.UTC),
    )  # fmt: skip
    body = Letter.objects.get().body
    assert "2 дек. 2099 г., 12:00 (Екатеринбург)" in body.replace("\xa0", " ")


def test_what_is_retired_leaked_or_for_the_room_is_not_sent(cast, candidacy):
    now = timezone.now()
    leaked, retired, room = make_version(leaked_at=now), make_version(), make_version()
    retired.task.retired_at, room.task.place = now, "room"
    retired.task.save()
    room.task.save()
    for version in (leaked, retired, room):
        with pytest.raises(RuleBroken):
            send_home_task(actor=cast.rita, candidacy_id=candidacy.pk, version_id=version.pk)
    with pytest.raises(RuleBroken):
        send_home_task(
            actor=cast.rita, candidacy_id=candidacy.pk, version_id=make_version().pk,
            due_at=now - HOUR,
        )  # fmt: skip
    assert not HomeTask.objects.exists()


def test_only_recruiters_send(cast, candidacy):
    for actor in (cast.dora, cast.ivan, cast.sam):
        with pytest.raises(Candidacy.DoesNotExist):
            send_home_task(actor=actor, candidacy_id=candidacy.pk, version_id=make_version().pk)


def test_handed_in_once_with_words_and_files(cast, candidacy):
    task = make_home_task(candidacy, sent_by=cast.rita)
    upload = SimpleUploadedFile("plan.txt", b"A plan to win them back.")
    done = hand_in(candidate=candidacy.candidate, task_id=task.pk, text=" Call. ", uploads=[upload])
    assert (done.text, done.state, done.files.get().is_cv) == ("Call.", "submitted", False)
    assert not is_late(done)
    assert Notification.objects.get().user == cast.rita
    with pytest.raises(RuleBroken):
        hand_in(candidate=candidacy.candidate, task_id=task.pk, text="Again")


def test_late_it_is_taken_and_marked(candidacy):
    task = make_home_task(candidacy, due_at=timezone.now() - HOUR)
    assert is_late(hand_in(candidate=candidacy.candidate, task_id=task.pk, text="Late"))


def test_nothing_too_much_or_somebody_elses_is_refused(cast, candidacy):
    task = make_home_task(candidacy)
    files = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(4)]
    for fields in ({"text": "  "}, {"uploads": files}):
        with pytest.raises(RuleBroken):
            hand_in(candidate=candidacy.candidate, task_id=task.pk, **fields)
    with pytest.raises(HomeTask.DoesNotExist):
        hand_in(candidate=make_candidate(), task_id=task.pk, text="Mine")
    cancel_home_task(actor=cast.rita, task_id=task.pk)
    with pytest.raises(RuleBroken):
        hand_in(candidate=candidacy.candidate, task_id=task.pk, text="Too late")


def test_more_time_and_a_reminder_anew(cast, candidacy):
    task = make_home_task(candidacy, state="expired", reminded_at=timezone.now())
    with pytest.raises(RuleBroken):
        extend_home_task(actor=cast.rita, task_id=task.pk, due_at=task.due_at)
    task = extend_home_task(actor=cast.rita, task_id=task.pk, due_at=task.due_at + DAY)
    assert (task.state, task.reminded_at) == ("sent", None)
    with pytest.raises(RuleBroken):
        extend_home_task(
            actor=cast.rita, task_id=answered(candidacy).pk, due_at=timezone.now() + 9 * DAY
        )


def test_a_reminder_goes_once_a_day_before(candidacy):
    now = timezone.now()
    make_home_task(candidacy, due_at=now + 23 * HOUR, sent_at=now - 2 * DAY)
    make_home_task(candidacy, due_at=now + 25 * HOUR, sent_at=now - 2 * DAY)
    make_home_task(candidacy, due_at=now + 20 * HOUR, sent_at=now - HOUR)  # had a day at most
    assert remind_due(now) == 2
    assert remind_due(now) == 0
    assert [letter.kind for letter in Letter.objects.all()] == ["task_reminder"]


def test_a_week_after_it_counts_as_not_handed_in(candidacy):
    now = timezone.now()
    old = make_home_task(candidacy, due_at=now - 8 * DAY)
    make_home_task(candidacy, due_at=now - 6 * DAY)
    assert (expire_due(now), expire_due(now)) == (1, 0)
    old.refresh_from_db()
    assert old.state == "expired"


def test_two_graders_are_asked_for_an_answer_that_is_in(cast, candidacy):
    waiting = make_home_task(candidacy)
    with pytest.raises(RuleBroken):
        ask_graders(actor=cast.rita, task_id=waiting.pk, raters=[cast.ivan, cast.kim])
    task = answered(candidacy)
    for raters in ([cast.ivan], [cast.ivan, cast.ivan], [cast.ivan, cast.kim, cast.lena]):
        with pytest.raises(RuleBroken):
            ask_graders(actor=cast.rita, task_id=task.pk, raters=raters)
    ask_graders(actor=cast.rita, task_id=task.pk, raters=[cast.ivan, cast.kim])
    assert Sheet.objects.filter(home_task=task).count() == 2
    with pytest.raises(RuleBroken):
        ask_graders(actor=cast.rita, task_id=task.pk, raters=[cast.lena])
