"""On the day: who came, was late or did not come, and who walked in without a seat."""

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import SeatState, SessionState, Source, StageKind
from hiring.commands.candidacy import add_candidacy
from hiring.commands.candidate import create_candidate
from hiring.commands.sheet import ask_observers
from hiring.models import Mark, Observer, Seat, Session, Sheet
from hiring.models.session import ATTENDED, HOLDING
from hiring.models.vacancy import recruits
from hiring.queries.candidate_duplicates import known_as
from people import commands as people
from people import verbs
from people.models import Event, User

SETTLED = (*ATTENDED, SeatState.NO_SHOW)
verbs.register(
    {
        "checkin.came": gettext_lazy("Came"),
        "checkin.late": gettext_lazy("Came late"),
        "checkin.no_show": gettext_lazy("Did not come"),
        "checkin.undone": gettext_lazy("Check-in taken back"),
        "checkin.walked_in": gettext_lazy("Came without a seat"),
    }
)


def locked_session(session_id: int, *, actor: User, leads: bool = False) -> Session:
    """The session of which the actor is an observer (`leads`: the chair) or the recruiter, locked.

    Session.DoesNotExist for everybody else.
    """
    rows = Session.objects.visible_to(actor)
    if not recruits(actor):
        mine = Observer.objects.within_window(actor)
        mine = mine.filter(is_chair=True) if leads else mine
        rows = rows.filter(pk__in=mine.values("session"))
    return rows.select_for_update(of=("self",)).get(pk=session_id)


def locked_seat(seat_id: int, *, actor: User) -> Seat:
    session = Seat.objects.filter(pk=seat_id).values_list("session", flat=True).first()
    if session is None:
        raise Seat.DoesNotExist
    session = locked_session(session, actor=actor)
    if session.state == SessionState.CANCELLED:
        raise RuleBroken(_("This session was cancelled."))
    seat = Seat.objects.select_for_update(of=("self",)).get(pk=seat_id)
    seat.session = session
    return seat


@transaction.atomic
def settle_seat(*, actor: User, seat_id: int, state: str) -> Seat:
    """Came, late or did not come. Who came has a badge, the next number, and every observer a
    sheet about them; the chair is no longer held for them."""
    seat = locked_seat(seat_id, actor=actor)
    if state not in SETTLED:
        raise RuleBroken(_("Say whether they came, were late or did not come."))
    if seat.state == state:
        return seat
    if state == SeatState.NO_SHOW and has_marks(seat):
        raise RuleBroken(_("They have marks already, so they were here."))
    before, badge = seat.state, seat.badge
    _write(seat, state, actor)
    if state in ATTENDED:
        expect(seat)
    verb = f"checkin.{state}"
    people.record(actor=actor, verb=verb, target=seat, before=before, badge=badge)
    return seat


def _write(seat: Seat, state: str, actor: User | None, *, badge: int | None = None) -> None:
    held, holds = seat.state in HOLDING, state in HOLDING
    seat.state = state
    if state in ATTENDED:
        seat.badge = seat.badge or badge or next_badge(seat.session)
    else:
        seat.badge = None
    is_settled = state in SETTLED
    seat.settled_at, seat.settled_by = (timezone.now(), actor) if is_settled else (None, None)
    seat.version += 1
    try:
        with transaction.atomic():
            seat.save(update_fields=["state", "badge", "settled_at", "settled_by", "version"])
            if held != holds:
                Session.objects.filter(pk=seat.session_id).update(
                    booked=F("booked") + (1 if holds else -1)
                )
    except IntegrityError as error:
        raise RuleBroken(_("Their chair has been given to somebody else since.")) from error


def next_badge(session: Session) -> int:
    return (session.seats_taken.aggregate(last=Max("badge"))["last"] or 0) + 1


def expect(seat: Seat) -> None:
    """Every observer is asked about who came; who had finished has somebody left to judge."""
    if seat.session.revealed_at is not None:
        return
    if ask_observers(seat.session, seat.candidacy_id):
        seat.session.observers.exclude(finished_at=None).update(finished_at=None)


def has_marks(seat: Seat) -> bool:
    sheets = Sheet.objects.filter(session=seat.session_id, candidacy=seat.candidacy_id)
    return Mark.objects.filter(sheet__in=sheets.values("pk")).exists()


@transaction.atomic
def undo_checkin(*, actor: User, seat_id: int) -> Seat:
    """As before the last tap; RuleBroken when they have marks already or nothing was tapped."""
    seat = locked_seat(seat_id, actor=actor)
    last = Event.objects.about(seat).filter(verb__startswith="checkin.").first()
    if last is None or "before" not in last.data or seat.state not in SETTLED:
        raise RuleBroken(_("There is nothing to take back."))
    state = last.data["before"]
    if state not in ATTENDED and has_marks(seat):
        raise RuleBroken(_("They have marks already, so they were here."))
    _write(seat, state, actor, badge=last.data.get("badge"))
    people.record(actor=actor, verb="checkin.undone", target=seat)
    return seat


@transaction.atomic
def add_walk_in(
    *,
    actor: User,
    session_id: int,
    name: str = "",
    phone: str = "",
    email: str = "",
    candidacy_id: int | None = None,
) -> Seat:
    """Somebody came without a seat: of this vacancy already, or new. They sit down at once."""
    session = locked_session(session_id, actor=actor, leads=True)
    if session.revealed_at is not None:
        raise RuleBroken(_("The scores are open; nobody new can be judged in this round."))
    if candidacy_id is None:
        candidacy_id = _new_candidacy(actor, session, name, phone, email)
    candidacy = session.vacancy.candidacies.active().get(pk=candidacy_id)
    seat, made = Seat.objects.get_or_create(session=session, candidacy=candidacy)
    seat.session = session
    if seat.state in ATTENDED:
        raise RuleBroken(_("They are checked in already."))
    before = seat.state
    _write(seat, SeatState.CAME, actor)
    expect(seat)
    undo = {} if made else {"before": before}
    people.record(actor=actor, verb="checkin.walked_in", target=seat, **undo)
    return seat


def _new_candidacy(actor: User, session: Session, name: str, phone: str, email: str) -> int:
    if not name.strip():
        raise RuleBroken(_("Say what they are called."))
    reaches = [pair for pair in (("phone", phone.strip()), ("email", email.strip())) if pair[1]]
    known = known_as(name, reaches) if reaches else []
    candidate = known[0] if known else create_candidate(
        actor=actor if recruits(actor) else None, name=name, reaches=reaches, source=Source.OTHER
    )  # fmt: skip
    candidacy = add_candidacy(
        actor=actor if recruits(actor) else None, candidate_id=candidate.pk,
        vacancy_id=session.vacancy_id, source=candidate.source, stage_kind=StageKind.SESSION,
    )  # fmt: skip
    return candidacy.pk
