"""Who observes a session and which exercises it has; scorecards follow observers and places."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.i18n import pick
from common.ordered import keep_places, moved, next_place
from hiring.choices import ExerciseKind, SessionState, SheetKind
from hiring.commands.sheet import ask_for_sheet
from hiring.models import (
    Candidacy,
    Exercise,
    Observer,
    Seat,
    Session,
    Sheet,
    TestTaskVersion,
)
from hiring.models.session import ATTENDED, HOLDING
from people import verbs
from people.commands import record
from people.models import User

STARTING_SET = Path(__file__).parent.parent / "exercises.json"
LONGEST_MINUTES = 240

verbs.register(
    {
        "session.observer_added": gettext_lazy("%(name)s observes"),
        "session.observer_removed": gettext_lazy("%(name)s observes no longer"),
        "session.chair_set": gettext_lazy("%(name)s leads the session"),
        "session.exercise_added": gettext_lazy("Exercise added"),
        "session.exercise_edited": gettext_lazy("Exercise changed"),
        "session.exercise_removed": gettext_lazy("Exercise removed"),
    }
)


def open_session(session_id: int, *, actor: User) -> Session:
    """The session, locked, before it has begun; Session.DoesNotExist when it is not the actor's."""
    rows = Session.objects.editable_by(actor).select_for_update(of=("self",), no_key=True)
    session = rows.get(pk=session_id)
    if session.state not in (SessionState.PLANNED, SessionState.RUNNING):
        raise RuleBroken(_("This session is over or called off."))
    return session


def ask_observers(seat: Seat, *, actor: User | None) -> list[str]:
    """Everybody who observes is asked to judge this person; the names of those who cannot be."""
    refused = []
    for observer in seat.session.observers.select_related("user"):
        refused += _ask(seat, observer.user, actor=actor)
    return refused


@transaction.atomic
def ask_for_seat(*, seat_id: int) -> list[str]:
    """The same for somebody who moved up; not when they have left meanwhile."""
    seat = Seat.objects.select_related("session").filter(pk=seat_id, state__in=HOLDING).first()
    return ask_observers(seat, actor=None) if seat else []


def _ask(seat: Seat, rater: User, *, actor: User | None) -> list[str]:
    try:
        with transaction.atomic():
            ask_for_sheet(
                actor=actor, candidacy_id=seat.candidacy_id, rater=rater,
                kind=SheetKind.SESSION, held_at=seat.session.starts_at, session=seat.session,
            )  # fmt: skip
    except RuleBroken:  # a manager whose own people apply must not learn of it here
        return [rater.name]
    return []


def take_sheets_back(seat: Seat) -> None:
    """Nobody has to judge, or may see, somebody who does not come. Given marks stay."""
    rows = Sheet.objects.filter(session=seat.session_id, candidacy=seat.candidacy_id)
    rows.filter(submitted_at=None, marks=None).delete()


def set_observers(session: Session, ids: Iterable[int], *, actor: User) -> None:
    """Observers of a session in the making; the first leads it."""
    users = {user.pk: user for user in User.objects.active().filter(pk__in=list(ids))}
    for place, pk in enumerate(dict.fromkeys(ids)):
        if pk not in users:
            raise RuleBroken(_("Somebody chosen here can no longer sign in."))
        Observer.objects.create(session=session, user=users[pk], is_chair=place == 0)


@transaction.atomic
def add_observer(*, actor: User, session_id: int, user_id: int) -> Observer:
    """Twice is once. They are asked to judge everybody who has a place."""
    # Candidacies before their session, as whoever books holds them (seat.py).
    held = Candidacy.objects.filter(seats__session=session_id).order_by("pk")
    list(held.select_for_update(of=("self",), no_key=True))
    session = open_session(session_id, actor=actor)
    user = User.objects.active().filter(pk=user_id).first()
    if user is None:
        raise RuleBroken(_("Somebody chosen here can no longer sign in."))
    known = session.observers.filter(user=user).first()
    if known:
        return known
    leads = not session.observers.filter(is_chair=True).exists()
    observer = Observer.objects.create(session=session, user=user, is_chair=leads)
    for seat in session.seats_taken.filter(state__in=(*HOLDING, *ATTENDED)):
        seat.session = session
        _ask(seat, user, actor=actor)
    record(actor=actor, verb="session.observer_added", target=session, name=user.name)
    return observer


@transaction.atomic
def remove_observer(*, actor: User, session_id: int, user_id: int) -> None:
    """They need not judge, nor see, those they have not judged yet."""
    session = open_session(session_id, actor=actor)
    observer = session.observers.select_related("user").get(user_id=user_id)
    sheets = Sheet.objects.filter(session=session, rater_id=user_id)
    if sheets.exclude(submitted_at=None, marks=None).exists():
        raise RuleBroken(_("%(name)s has given scores here.") % {"name": observer.user})
    sheets.delete()
    was_chair = observer.is_chair
    observer.delete()
    if was_chair and (other := session.observers.first()):
        other.is_chair = True
        other.save(update_fields=["is_chair"])
    record(actor=actor, verb="session.observer_removed", target=session, name=observer.user.name)


@transaction.atomic
def set_chair(*, actor: User, session_id: int, user_id: int) -> Observer:
    """One of the observers leads; nobody else then."""
    session = open_session(session_id, actor=actor)
    observer = session.observers.select_related("user").get(user_id=user_id)
    if not observer.is_chair:
        session.observers.update(is_chair=False)
        observer.is_chair = True
        observer.save(update_fields=["is_chair"])
        record(actor=actor, verb="session.chair_set", target=session, name=observer.user.name)
    return observer


def install_exercises(session: Session) -> None:
    """The four situations of the job, to be changed or left out."""
    rows = json.loads(STARTING_SET.read_text(encoding="utf-8"))
    Exercise.objects.bulk_create(
        Exercise(
            session=session, kind=row["kind"], names=row["names"], minutes=row["minutes"],
            instructions=pick(row["instructions"]), position=place,
        )
        for place, row in enumerate(rows)
    )  # fmt: skip


def copy_parts(source: Session, target: Session, *, actor: User) -> None:
    """The same observers and exercises on another day."""
    set_observers(target, source.observers.values_list("user", flat=True), actor=actor)
    fields = ("kind", "names", "instructions", "minutes", "position", "task_id")
    Exercise.objects.bulk_create(
        Exercise(session=target, **{name: getattr(one, name) for name in fields})
        for one in source.exercises.all()
    )


def _checked(
    kind: str,
    names: Mapping[str, str],
    minutes: int,
    instructions: str = "",
    task: TestTaskVersion | None = None,
) -> dict:
    names = {code: " ".join(text.split()) for code, text in names.items() if text.strip()}
    if kind not in ExerciseKind.values:
        raise RuleBroken(_("Choose one of the values offered."))
    if kind == ExerciseKind.OTHER and not names and task is None:
        raise RuleBroken(_("Give the exercise a name."))
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise RuleBroken(_("An exercise lasts between 1 and 240 minutes."))
    return {
        "kind": kind, "names": names, "minutes": minutes, "task": task,
        "instructions": instructions.strip(),
    }  # fmt: skip


@transaction.atomic
def add_exercise(*, actor: User, session_id: int, **values) -> Exercise:
    """`values`: kind, names by language, minutes, what is read out, a task of the bank."""
    session = open_session(session_id, actor=actor)
    exercise = Exercise.objects.create(
        session=session, position=next_place(session.exercises.all()), **_checked(**values)
    )
    record(actor=actor, verb="session.exercise_added", target=session, exercise=exercise.pk)
    return exercise


@transaction.atomic
def edit_exercise(*, actor: User, exercise_id: int, **values) -> Exercise:
    """The same values; what is not given is emptied."""
    exercise = Exercise.objects.get(pk=exercise_id)
    session = open_session(exercise.session_id, actor=actor)
    checked = _checked(**values)
    for name, value in checked.items():
        setattr(exercise, name, value)
    exercise.save(update_fields=list(checked))
    record(actor=actor, verb="session.exercise_edited", target=session, exercise=exercise.pk)
    return exercise


@transaction.atomic
def remove_exercise(*, actor: User, exercise_id: int) -> None:
    exercise = Exercise.objects.select_related("session").get(pk=exercise_id)
    session = open_session(exercise.session_id, actor=actor)
    if exercise.started_at or exercise.marks.exists():
        raise RuleBroken(_("This exercise has begun; it cannot be left out any more."))
    exercise.delete()
    record(actor=actor, verb="session.exercise_removed", target=session)


@transaction.atomic
def move_exercise(*, actor: User, exercise_id: int, places: int) -> None:
    """Earlier (below zero) or later in the order."""
    exercise = Exercise.objects.get(pk=exercise_id)
    session = open_session(exercise.session_id, actor=actor)
    rows = list(session.exercises.all())
    keep_places(moved(rows, exercise, places))
