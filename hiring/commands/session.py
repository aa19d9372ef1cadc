"""Plan group interviews: one or several days in a row; change them, call them off."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import SeatState, SessionState, VacancyState
from hiring.commands import seat_letters
from hiring.commands.session_parts import (
    copy_parts,
    install_exercises,
    set_observers,
    take_sheets_back,
)
from hiring.models import Session, Vacancy
from hiring.models.session import ATTENDED, OPEN
from hiring.queries import session_defaults
from hiring.rules import seat as rule
from people import verbs
from people.commands import record
from people.models import User

verbs.register(
    {
        "session.created": gettext_lazy("Session planned"),
        "session.edited": gettext_lazy("Session changed"),
        "session.cancelled": gettext_lazy("Session called off"),
    }
)
# What those who come must be told of.
TOLD = ("starts_at", "ends_at", "place", "video_link")
LONGEST = dt.timedelta(hours=16)
MOST_SEATS = 100


class Conflict(RuleBroken):
    """Somebody saved first; `session` is what stands now."""

    def __init__(self, session: Session):
        super().__init__(_("Somebody else has changed this session since you opened it."))
        self.session = session


def locked(session_id: int, *, actor: User) -> Session:
    """The session, locked for change by `actor`; Session.DoesNotExist when it is not theirs."""
    rows = Session.objects.editable_by(actor).select_for_update(of=("self",), no_key=True)
    return rows.get(pk=session_id)


@transaction.atomic
def create_session(
    *,
    actor: User,
    vacancy_id: int,
    observer_ids: Iterable[int] = (),
    with_exercises: bool = True,
    **fields,
) -> Session:
    """One session of a vacancy. Vacancy.DoesNotExist when it is not the actor's.

    `limit` and the costs come from the settings when they are not given.
    """
    vacancy = Vacancy.objects.editable_by(actor).get(pk=vacancy_id)
    if vacancy.state in (VacancyState.FILLED, VacancyState.CLOSED):
        raise RuleBroken(_("This vacancy is closed: no session can be planned for it."))
    session = Session(
        vacancy=vacancy, created_by=actor, **session_defaults.defaults(vacancy, fields)
    )
    check(session)
    session.save()
    set_observers(session, observer_ids, actor=actor)
    if with_exercises:
        install_exercises(session)
    record(actor=actor, verb="session.created", target=session)
    return session


@transaction.atomic
def create_sessions(
    *, actor: User, vacancy_id: int, days: int, weekends: bool = False, **fields
) -> list[Session]:
    """The same hours on several days in a row, with the same observers and exercises."""
    first = create_session(actor=actor, vacancy_id=vacancy_id, **fields)
    zone = ZoneInfo(first.time_zone)
    start, end = first.starts_at.astimezone(zone), first.ends_at.astimezone(zone)
    made = [first]
    for day in rule.days_in_a_row(start.date(), days, weekends=weekends)[1:]:
        shift = day - start.date()
        times = {"starts_at": start + shift, "ends_at": end + shift}
        if first.closes_at:
            times["closes_at"] = first.closes_at.astimezone(zone) + shift
        known = {name: getattr(first, name) for name in session_defaults.FIELDS} | times
        another = create_session(actor=actor, vacancy_id=vacancy_id, with_exercises=False, **known)
        copy_parts(first, another, actor=actor)
        made.append(another)
    return made


def check(session: Session) -> None:
    """RuleBroken for what no session can be."""
    try:
        ZoneInfo(session.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise RuleBroken(_("This time zone is not known.")) from error
    if session.ends_at <= session.starts_at:
        raise RuleBroken(_("The end must lie after the beginning."))
    if session.ends_at - session.starts_at > LONGEST:
        raise RuleBroken(_("A session lasts at most 16 hours; plan several days instead."))
    if session.closes_at and session.closes_at > session.starts_at:
        raise RuleBroken(_("Booking must end before the session begins."))
    if not 1 <= session.seats <= MOST_SEATS or not 1 <= session.limit <= 2 * MOST_SEATS:
        raise RuleBroken(_("A session has between 1 and 100 seats."))
    if not 1 <= session.minimum <= session.seats:
        raise RuleBroken(_("A group is at least one person and at most all the seats."))
    if session.limit < session.booked:
        raise RuleBroken(_("More people have a place already; call some off first."))
    if session.cost_empty <= 0 or session.cost_over <= 0:
        raise RuleBroken(_("Both costs must be above zero."))
    if not 0 < session.too_many_percent < 100:
        raise RuleBroken(_("Give a share between 1 and 99 percent."))


@transaction.atomic
def edit_session(*, actor: User, session_id: int, version: int, **fields) -> Session:
    """Change what was planned; whoever was asked hears of another time or place.

    Raises Conflict when `version` is not the current one.
    """
    unknown = set(fields) - set(session_defaults.FIELDS)
    if unknown:
        raise TypeError(f"not fields of a session: {sorted(unknown)}")
    session = locked(session_id, actor=actor)
    changes = {name: new for name, new in fields.items() if getattr(session, name) != new}
    if not changes:
        return session
    if session.version != version:
        raise Conflict(session)
    if session.state not in (SessionState.PLANNED, SessionState.RUNNING):
        raise RuleBroken(_("This session is over or called off."))
    said = {name: [str(getattr(session, name)), str(new)] for name, new in changes.items()}
    for name, new in changes.items():
        setattr(session, name, new)
    check(session)
    session.version += 1
    is_told = any(name in changes for name in TOLD)
    if is_told:
        session.sequence += 1
    session.save(update_fields=[*changes, "version", "sequence"])
    record(actor=actor, verb="session.edited", target=session, changes=said)
    if is_told and session.starts_at > timezone.now():
        for seat in session.seats_taken.open().select_related("candidacy__candidate"):
            seat_letters.tell_changed(seat, session=session, actor=actor)
    return session


@transaction.atomic
def cancel_session(*, actor: User, session_id: int, reason: str = "") -> Session:
    """Call it off: everybody who was asked gets a letter, and their calendars are told."""
    session = locked(session_id, actor=actor)
    if session.state == SessionState.CANCELLED:
        return session
    is_here = session.seats_taken.filter(state__in=ATTENDED)
    if session.state != SessionState.PLANNED or is_here.exists():
        raise RuleBroken(_("Only a session that has not begun can be called off."))
    seats = list(session.seats_taken.filter(state__in=OPEN).select_related("candidacy__candidate"))
    session.state, session.booked = SessionState.CANCELLED, 0
    session.version += 1
    session.sequence += 1
    session.save(update_fields=["state", "booked", "version", "sequence"])
    for seat in seats:
        seat.state, seat.settled_at = SeatState.CANCELLED, timezone.now()
        seat.settled_by, seat.version = actor, seat.version + 1
        seat.save(update_fields=["state", "settled_at", "settled_by", "version"])
        take_sheets_back(seat)
        seat_letters.tell_cancelled(seat, session=session, actor=actor)
    record(actor=actor, verb="session.cancelled", target=session, reason=reason.strip()[:400])
    return session
