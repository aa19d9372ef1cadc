"""Group interviews: who was invited, who came, what three observers wrote, what was decided."""

import datetime as dt

import numpy as np

from hiring.choices import CandidacyState, SeatState, SessionState, SheetKind, StageKind
from hiring.commands.session_parts import install_exercises
from hiring.models import Competency, Decision, Mark, Observer, Seat, Session, Sheet
from hiring.models.session import ATTENDED, HOLDING
from kpi.demo.hiring import CandidatePlan, SessionPlan
from kpi.demo.hiring.lore import SEEN
from kpi.demo.write import World
from kpi.demo.write.hiring.book import Book

STREAM = 41
BEEN = (StageKind.SESSION, StageKind.TASK, StageKind.DECISION, StageKind.HIRED)
HOURS = dt.timedelta(hours=3)


def write_sessions(world: World, book: Book) -> None:
    rng = world.rng(STREAM)
    for plan in book.plan.sessions:
        book.sessions.append(_session(world, book, plan))
    for vacancy in book.vacancies:
        pairs = list(zip(book.plan.sessions, book.sessions, strict=True))
        own = [(plan, row) for plan, row in pairs if plan.vacancy == vacancy]
        past = [pair for pair in own if pair[0].day < 0]
        ahead = [pair for pair in own if pair[0].day >= 0]
        been = [pair for pair in book.people(vacancy) if pair[0].path[-1][0] in BEEN]
        for place, (person, row) in enumerate(been):
            waits = person.path[-1][0] == StageKind.SESSION and row.state == CandidacyState.ACTIVE
            there = ahead if waits else past
            if there:
                chosen = there[0 if waits and place % 4 else place % len(there)]
                _seat(world, rng, chosen, person, row)
    for session in book.sessions:
        _settle(world, session)


def _session(world: World, book: Book, plan: SessionPlan) -> Session:
    vacancy, ended = book.vacancies[plan.vacancy], plan.day < 0
    starts = world.at(-plan.day, plan.hour)
    session = Session.objects.create(
        vacancy=vacancy, starts_at=starts, ends_at=starts + HOURS, time_zone=vacancy.time_zone,
        seats=plan.seats, minimum=plan.seats // 2, limit=plan.seats * 2 + 1, place=vacancy.city,
        state=SessionState.FINISHED if ended else SessionState.PLANNED,
        revealed_at=starts + HOURS if ended else None,
        created_by=world.users["natalia_orlova"], created_at=starts - dt.timedelta(days=9),
    )  # fmt: skip
    install_exercises(session)
    Observer.objects.bulk_create(
        Observer(session=session, user=world.users[key], is_chair=not place,
                 finished_at=session.revealed_at)
        for place, key in enumerate(plan.raters)
    )  # fmt: skip
    return session


def _seat(
    world: World, rng: np.random.Generator, pair: tuple[SessionPlan, Session],
    person: CandidatePlan, row,
) -> None:  # fmt: skip
    """Who went further has come; of the rest some, as people do."""
    plan, session = pair
    further = person.path[-1][0] != StageKind.SESSION
    booked = session.starts_at - dt.timedelta(hours=float(rng.uniform(14, 110)))
    confirmed = rng.random() < 0.6
    if plan.day >= 0:
        state = _waiting(rng, confirmed)
    elif further or rng.random() < (0.8 if confirmed else 0.4):
        state = SeatState.LATE if rng.random() < 0.12 else SeatState.CAME
    else:
        state = SeatState.NO_SHOW
    holds = state in (*HOLDING, *ATTENDED, SeatState.NO_SHOW)
    seat = Seat.objects.create(
        session=session, candidacy=row, state=state,
        invited_at=booked - dt.timedelta(hours=20), invited_by=world.users["natalia_orlova"],
        booked_at=booked if holds else None,
        confirmed_at=booked + dt.timedelta(hours=2) if confirmed and holds else None,
        settled_at=session.starts_at if plan.day < 0 else None,
        settled_by=world.users["beatrice_conti"] if plan.day < 0 else None,
    )  # fmt: skip
    if not holds or state == SeatState.NO_SHOW:
        return
    for observer in session.observers.select_related("user"):
        _sheet(rng, seat, person, observer)


def _waiting(rng: np.random.Generator, confirmed: bool) -> str:
    return SeatState.CONFIRMED if confirmed else (
        SeatState.BOOKED if rng.random() < 0.6 else SeatState.INVITED
    )  # fmt: skip


def _sheet(rng: np.random.Generator, seat: Seat, person: CandidatePlan, observer: Observer) -> None:
    """Three marks of one person differ by the rater's eye and by chance, around what they can."""
    session, came = seat.session, seat.state in ATTENDED
    sheet = Sheet.objects.create(
        candidacy=seat.candidacy, rater=observer.user, kind=SheetKind.SESSION, session=session,
        held_at=session.starts_at, submitted_at=session.revealed_at if came else None,
        asked_at=seat.booked_at,
    )  # fmt: skip
    if not came:
        return
    eye = (0.25, 0.0, -0.3)[observer.pk % 3]
    asked = Competency.objects.filter(
        pk__in=session.vacancy.profile.competencies.values("competency")
    )
    for competency in asked:
        value = int(np.clip(round(person.ability + eye + float(rng.normal(0, 0.55))), 1, 5))
        note = SEEN[value][competency.pk % len(SEEN[value])] if rng.random() < 0.35 else ""
        Mark.objects.create(
            sheet=sheet, competency=competency, value=value, note=note, at=session.ends_at
        )


def _settle(world: World, session: Session) -> None:
    """Badges in order of coming, seats counted, decisions after the last exercise."""
    came = session.seats_taken.filter(state__in=ATTENDED).select_related("candidacy__stage")
    for badge, seat in enumerate(came.order_by("booked_at"), start=11):
        Seat.objects.filter(pk=seat.pk).update(badge=badge)
        taken = seat.candidacy.stage.kind != StageKind.SESSION
        Decision.objects.create(
            candidacy=seat.candidacy, session=session, verdict="take" if taken else "refuse",
            reason="Among the first three of all observers" if taken else "Behind the others",
            by=world.users["natalia_orlova"], at=session.ends_at,
        )  # fmt: skip
    booked = session.seats_taken.filter(state__in=HOLDING).count()
    Session.objects.filter(pk=session.pk).update(booked=booked)
