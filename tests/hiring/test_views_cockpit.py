import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring.models import Mark, Sheet
from tests.hiring.rounds import make_room, open_room
from tests.recruiting import make_exercise, make_observer


@pytest.fixture
def room(cast):
    return make_room(cast.ivan, cast.kim)


def url(room, name="cockpit_page"):
    return reverse(f"hiring:{name}", args=[room.session.pk])


def body(user, room, *marks):
    competency = room.competencies["relations"].pk
    rows = [
        {"key": str(uuid.uuid4()), "competency": competency, "exercise": None, "value": 4,
         "at": timezone.now().isoformat(), "sheet": room.sheet(user, room.seats[0]).pk, **mark}
        for mark in marks
    ]  # fmt: skip
    return json.dumps({"user": user.pk, "marks": rows})


def send(client, room, text):
    return client.post(url(room, "marks_keep"), text, content_type="application/json")


def test_the_cockpit_shows_badges_and_own_marks(cast, reader, room):
    room.mark(cast.ivan, room.seats[0], 4)
    make_exercise(room.session)
    page = reader(cast.ivan).get(url(room)).content.decode()
    assert "Person 1" in page and "You have scored 2 of 6." in page
    assert "Rival Ltd" not in page  # observers never see where somebody works now


def test_before_anybody_came_it_is_the_check_in(cast, reader):
    room = make_room(cast.ivan, came=False)
    page = reader(cast.ivan).get(url(room)).content.decode()
    assert "Expected" in page and reverse("hiring:walk_in", args=[room.session.pk]) in page


def test_marks_are_kept_once_by_their_key(cast, reader, room):
    client, key = reader(cast.ivan), str(uuid.uuid4())
    for _again in range(3):
        answer = send(client, room, body(cast.ivan, room, {"key": key}))
        assert answer.json() == {"results": [{"key": key, "state": "kept"}]}
    assert Mark.objects.get().value == 4


def test_each_mark_is_answered_for_itself(cast, reader, room):
    theirs = room.sheet(cast.kim, room.seats[0]).pk
    answer = send(
        reader(cast.ivan), room, body(cast.ivan, room, {}, {"value": 9}, {"sheet": theirs})
    )
    assert [row["state"] for row in answer.json()["results"]] == ["kept", "refused", "refused"]
    assert Mark.objects.get().sheet.rater == cast.ivan


@pytest.mark.parametrize(
    ("text", "status"),
    [("", 400), ("[]", 400), ('{"user": 1}', 400), ('{"user": 1, "marks": [{}]}', 400),
     ('{"user": 1, "marks": ["x"]}', 400)],
)  # fmt: skip
def test_what_cannot_be_read_is_said(cast, reader, room, text, status):
    assert send(reader(cast.ivan), room, text).status_code == status


def test_a_device_of_somebody_else_or_signed_out_keeps_its_marks(cast, client, reader, room):
    text = body(cast.ivan, room, {})
    assert send(client, room, text).status_code == 401
    assert send(reader(cast.kim), room, text).status_code == 409
    assert not Mark.objects.exists()


def test_the_poll_notes_who_is_here_and_asks_late_observers(cast, reader, room):
    make_observer(room.session, cast.lena)
    answer = reader(cast.lena).post(url(room, "cockpit_here"))
    assert "cockpit-data" in answer.content.decode()
    assert Sheet.objects.filter(rater=cast.lena).count() == 3
    assert room.session.observers.get(user=cast.lena).seen_at


def test_the_same_number_of_queries_for_three_people_and_for_nine(
    cast, reader, django_assert_max_num_queries
):
    rooms = [make_room(cast.ivan, cast.kim, people=people) for people in (3, 9)]
    client, counts = reader(cast.ivan), []
    for room in rooms:
        for seat in room.seats:
            room.mark(cast.kim, seat, 3)
        client.post(url(room, "cockpit_here"))
        with django_assert_max_num_queries(30) as asked:
            client.post(url(room, "cockpit_here"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_session_opened_leads_to_the_ranking(cast, reader, room):
    open_room(room)
    assert reader(cast.ivan).get(url(room)).url == url(room, "results_page")
    assert reader(cast.ivan).get(url(room) + "?view=scores").status_code == 200


def test_finishing_reopening_and_opening_early(cast, reader, room):
    client = reader(cast.ivan)
    room.mark(cast.ivan, room.seats[0], 4)
    client.post(url(room, "scoring_finish"))
    assert room.session.observers.get(user=cast.ivan).finished_at
    client.post(url(room, "scoring_reopen"), {"reason": "A slip"})
    assert room.session.observers.get(user=cast.ivan).finished_at is None
    client.post(url(room, "scoring_reveal"), {"reason": "Now"})
    room.session.refresh_from_db()
    assert room.session.revealed_at is None  # it is not over yet


def test_the_clock_is_started_by_who_leads(cast, reader, room):
    exercise = make_exercise(room.session)
    act = reverse("hiring:exercise_act", args=[exercise.pk, "start"])
    assert reader(cast.kim).post(act).status_code == 404
    reader(cast.ivan).post(act)
    exercise.refresh_from_db()
    assert exercise.started_at
    assert reader(cast.ivan).post(act.replace("start", "stop")).status_code == 404
