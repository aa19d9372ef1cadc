"""Invite people to a session; whom one should not put into one room needs a reason."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import formats
from common.errors import RuleBroken
from hiring.choices import CandidacyState, LetterKind, LetterState, SeatState, StageKind
from hiring.commands import seat_letters
from hiring.commands.candidacy import move_candidacy
from hiring.commands.letter import unqueue_stage_letter
from hiring.commands.session_parts import open_session
from hiring.models import Candidacy, Letter, Seat, Session
from hiring.models.session import OPEN
from hiring.queries.room import Meeting, meetings
from hiring.rules.seat import may_become
from people import verbs
from people.commands import record
from people.models import User

verbs.register(
    {
        "session.invited": gettext_lazy("People were invited"),
        "session.uninvited": gettext_lazy("Invitations were taken back"),
    }
)
BEFORE_SESSION = (StageKind.FOUND, StageKind.CALL, StageKind.FORM, StageKind.INVITE)
MOST_AT_ONCE = 200


class RoomConflict(RuleBroken):
    """Somebody should not meet somebody; `meetings` says who. A reason lets them be invited."""

    def __init__(self, found: list[Meeting]):
        said = " ".join(one.sentence for one in found[:5])
        super().__init__(_("%(who)s Choose another session, or say why it is all right.")
                         % {"who": said})  # fmt: skip
        self.meetings = found


@transaction.atomic
def invite_to_session(
    *, actor: User, session_id: int, candidacy_ids: Iterable[int], override_reason: str = ""
) -> list[Seat]:
    """Ask people to a session: a seat and a letter each, and the stage of invited ones.

    All or none: Candidacy.DoesNotExist when one is not the actor's or of another vacancy,
    RuleBroken when one cannot be invited, RoomConflict without a reason. Who was asked to this
    session already is left as they are.
    """
    ids = sorted(set(candidacy_ids))
    if not ids:
        raise RuleBroken(_("Choose whom to invite."))
    if len(ids) > MOST_AT_ONCE:
        raise RuleBroken(_("Invite at most 200 people at once."))
    rows = Candidacy.objects.editable_by(actor).exclude(candidate=None).filter(pk__in=ids)
    rows = rows.select_for_update(of=("self",), no_key=True).select_related("candidate", "stage")
    people = list(rows.order_by("pk"))
    session = open_session(session_id, actor=actor)
    if len(people) != len(ids) or any(one.vacancy_id != session.vacancy_id for one in people):
        raise Candidacy.DoesNotExist
    if session.starts_at <= timezone.now():
        raise RuleBroken(_("This session has begun; nobody can be invited any more."))
    _check(people, session, override_reason)
    seats = [seat for one in people if (seat := _ask(one, session, actor=actor))]
    if seats:
        said = {"seats": [seat.pk for seat in seats], "number": formats.number(len(seats))}
        if override_reason.strip():
            said["reason"] = override_reason.strip()[:400]
        record(actor=actor, verb="session.invited", target=session, **said)
    return seats


def _check(people: list[Candidacy], session: Session, override_reason: str) -> None:
    for one in people:
        if one.state != CandidacyState.ACTIVE:
            raise RuleBroken(_("%(name)s is out of this vacancy.") % {"name": one.candidate})
    elsewhere = Seat.objects.filter(candidacy__in=people, state__in=OPEN)
    coming = Session.objects.coming(timezone.now()).exclude(pk=session.pk)
    elsewhere = elsewhere.filter(session__in=coming.values("pk"))
    taken = elsewhere.select_related("candidacy__candidate").first()
    if taken:
        raise RuleBroken(
            _("%(name)s is asked to another session; move them there.")
            % {"name": taken.candidacy.candidate}
        )
    found = meetings(session, [one.candidate for one in people])
    if found and not override_reason.strip():
        raise RoomConflict(found)


def _ask(candidacy: Candidacy, session: Session, *, actor: User) -> Seat | None:
    seat = candidacy.seats.filter(session=session).first()
    now = timezone.now()
    if seat is None:
        seat = Seat.objects.create(
            session=session, candidacy=candidacy, invited_at=now, invited_by=actor
        )
    elif not may_become(seat.state, SeatState.INVITED):
        return None
    else:
        seat.state, seat.invited_at, seat.invited_by = SeatState.INVITED, now, actor
        seat.settled_at = seat.settled_by = seat.booked_at = seat.confirmed_at = None
        seat.version += 1
        seat.save()
    seat.session, seat.candidacy = session, candidacy
    _move_on(candidacy, actor=actor)
    record(actor=actor, verb="seat.invited", target=seat)
    seat_letters.tell_invited(seat, session=session, actor=actor)
    return seat


def _move_on(candidacy: Candidacy, *, actor: User) -> None:
    """Into the stage of those invited; the stage's own invitation would be a second one."""
    if candidacy.stage.kind not in BEFORE_SESSION:
        return
    stage = candidacy.vacancy.stages.filter(kind=StageKind.SESSION).first()
    if stage is None:
        return
    move_candidacy(actor=actor, candidacy_id=candidacy.pk, stage_id=stage.pk)
    if stage.letter and stage.letter.kind == LetterKind.INVITATION:
        unqueue_stage_letter(candidacy_id=candidacy.pk, stage_id=stage.pk)


@transaction.atomic
def take_invitations_back(*, actor: User, session_id: int, seat_ids: Iterable[int]) -> int:
    """Undo of inviting, while nobody has answered; letters that have not left do not leave.

    How many were taken back; RuleBroken when all have been answered or called off.
    """
    session = open_session(session_id, actor=actor)
    seats = list(session.seats_taken.filter(pk__in=list(seat_ids), state=SeatState.INVITED))
    if not seats:
        raise RuleBroken(_("They have answered meanwhile; call off their places one by one."))
    for seat in seats:
        causes = f"seat:{seat.pk}:invited:"
        letters = Letter.objects.filter(candidacy=seat.candidacy_id, cause__startswith=causes)
        letters.filter(state=LetterState.QUEUED, sent_at=None).update(
            state=LetterState.STOPPED, trouble="taken_back"
        )
        seat.state, seat.settled_at, seat.settled_by = SeatState.CANCELLED, timezone.now(), actor
        seat.version += 1
        seat.save(update_fields=["state", "settled_at", "settled_by", "version"])
    record(actor=actor, verb="session.uninvited", target=session, number=len(seats))
    return len(seats)
