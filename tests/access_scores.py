"""Rounds and scorecards that addresses are about; Ivan observes and leads."""

from django.utils import timezone

from hiring.commands.decision import decide
from people.models import User
from tests.cast import Cast
from tests.hiring.rounds import make_room, open_room
from tests.recruiting import (
    make_candidacy,
    make_exercise,
    make_home_task,
    make_sheet,
    make_vacancy,
    make_version,
    make_weights,
)


def room(cast: Cast, owner: User) -> dict:
    return {"pk": make_room(cast.ivan).session.pk}


def room_opened(cast: Cast, owner: User) -> dict:
    return {"pk": open_room(make_room(cast.ivan)).session.pk}


def room_seat(cast: Cast, owner: User) -> dict:
    return {"pk": make_room(cast.ivan, people=1, came=False).seats[0].pk}


def room_exercise(cast: Cast, owner: User) -> dict:
    return {"pk": make_exercise(make_room(cast.ivan, people=1).session).pk}


def room_decision(cast: Cast, owner: User) -> dict:
    opened = open_room(make_room(cast.ivan, people=1))
    made = decide(
        actor=cast.rita, session_id=opened.session.pk, verdict="reserve", reason="Good",
        candidacy_id=opened.seats[0].candidacy_id,
    )  # fmt: skip
    return {"pk": made.pk}


def sheet(cast: Cast, owner: User) -> dict:
    vacancy = make_vacancy()
    make_weights(vacancy.profile, **{f"asked-{vacancy.pk}": 10})
    return {"pk": make_sheet(make_candidacy(vacancy), cast.ivan).pk}


def testtask(cast: Cast, owner: User) -> dict:
    return {"pk": make_version().task_id}


def testtask_version(cast: Cast, owner: User) -> dict:
    return {"pk": make_version().pk}


def home_task(cast: Cast, owner: User) -> dict:
    return {"pk": make_home_task(make_candidacy(make_vacancy())).pk}


def rounds_candidate(cast: Cast, owner: User) -> dict:
    candidacy = make_candidacy(make_vacancy(), shortlisted_at=timezone.now())
    return {"pk": candidacy.candidate_id}


MAKERS = {
    "testtask": testtask,
    "testtask_version": testtask_version,
    "home_task": home_task,
    "rounds_candidate": rounds_candidate,
    "room": room,
    "room_opened": room_opened,
    "room_seat": room_seat,
    "room_exercise": room_exercise,
    "room_decision": room_decision,
    "sheet": sheet,
}
