"""Scorecards: asked for, marked alone, handed in, opened again with a reason."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import HomeTaskState, SessionState, SheetKind
from hiring.commands.grading import settle_grades
from hiring.models import Candidacy, Candidate, Exercise, HomeTask, Mark, MarkChange, Session, Sheet
from hiring.models.session import ATTENDED
from hiring.queries import sheet_notices
from hiring.rules.sheet import Marking, marking
from people import commands as people
from people import verbs
from people.models import User

verbs.register(
    {
        "sheet.asked": gettext_lazy("A scorecard was asked for"),
        "sheet.submitted": gettext_lazy("Scorecard handed in"),
        "sheet.reopened": gettext_lazy("Scorecard opened again"),
        "sheet.withdrawn": gettext_lazy("The scorecard is no longer needed"),
    }
)


@transaction.atomic
def ask_for_sheet(
    *,
    actor: User | None,
    candidacy_id: int,
    rater: User,
    kind: str,
    held_at: dt.datetime,
    session: Session | None = None,
    home_task: HomeTask | None = None,
) -> Sheet:
    """Ask `rater` to judge somebody in one round, which lets them see that person in the window.

    Asked twice it is the same sheet. `actor` None: a machine, or a colleague checking in.
    Candidacy.DoesNotExist when it is not the actor's to change.
    """
    rows = Candidacy.objects.editable_by(actor) if actor else Candidacy.objects.all()
    candidacy = (
        rows.select_related("candidate").select_for_update(of=("self",)).get(pk=candidacy_id)
    )
    known = _known(candidacy, rater, kind, session, home_task)
    if known is not None:
        return _moved(known, held_at)
    _check_rater(candidacy, rater, is_blind=home_task is not None)
    sheet = Sheet.objects.create(
        candidacy=candidacy, rater=rater, kind=kind, held_at=held_at,
        session=session, home_task=home_task, asked_by=actor,
    )  # fmt: skip
    people.record(actor=actor, verb="sheet.asked", target=sheet, kind=kind)
    if session is None and (actor is None or actor.pk != rater.pk):
        cause = f"sheet:{sheet.pk}:asked"
        people.tell(user=rater, kind=sheet_notices.SHEET_ASKED, target=sheet, cause=cause)
    return sheet


def _known(candidacy, rater, kind, session, home_task) -> Sheet | None:
    """The sheet there is: of the session, of the task, or an open one of the same round."""
    rows = Sheet.objects.filter(rater=rater)
    if home_task is not None:
        return rows.filter(home_task=home_task).first()
    rows = rows.filter(candidacy=candidacy, session=session, home_task=None)
    return (rows if session else rows.filter(kind=kind, submitted_at=None)).first()


def _moved(sheet: Sheet, held_at: dt.datetime) -> Sheet:
    if sheet.held_at != held_at and sheet.submitted_at is None:
        sheet.held_at = held_at
        sheet.save(update_fields=["held_at"])
    return sheet


def _check_rater(candidacy: Candidacy, rater: User, *, is_blind: bool) -> None:
    """`is_blind`: the rater sees a code only, but still never grades themself."""
    if candidacy.candidate is None:
        raise RuleBroken(_("The data of this person were erased."))
    if not rater.is_active:
        raise RuleBroken(_("%(name)s can no longer sign in.") % {"name": rater})
    hidden = Candidate.objects.filter(pk=candidacy.candidate_id).filter(
        Candidate.hidden_from(rater)
    )
    if candidacy.candidate.user_id == rater.pk or (hidden.exists() and not is_blind):
        raise RuleBroken(_("%(name)s cannot be asked about this person.") % {"name": rater})


def locked_own(sheet_id: int, *, actor: User) -> Sheet:
    """The actor's own sheet, locked; Sheet.DoesNotExist outside the window or for others."""
    rows = Sheet.objects.within_window(actor).select_for_update(of=("self",))
    return rows.select_related("session", "home_task", "candidacy__vacancy").get(pk=sheet_id)


@transaction.atomic
def keep_mark(
    *,
    actor: User,
    key: uuid.UUID,
    sheet_id: int,
    competency_id: int,
    value: int | None,
    exercise_id: int | None = None,
    note: str = "",
    at: dt.datetime | None = None,
) -> Mark | None:
    """Give or change a mark from 1 to 5; `value` None takes it away.

    A key arriving twice changes nothing; at one place what was done last (by the device's clock)
    stays, a mark or its taking away, whatever order they arrive in. RuleBroken when the sheet is
    closed.
    """
    sheet = locked_own(sheet_id, actor=actor)
    _check_place(sheet, competency_id, exercise_id, value)
    if sheet.session and sheet.session.state == SessionState.CANCELLED:
        raise RuleBroken(_("This session was cancelled."))
    now = timezone.now()
    at = min(at or now, now)
    rows = Mark.objects.filter(sheet=sheet, competency=competency_id, exercise=exercise_id)
    mark = rows.select_for_update().first()
    place = f"{competency_id}-{exercise_id or 0}"
    if mark is not None and (mark.key == key or at < mark.at):
        return mark
    if place in sheet.taken_away and at < dt.datetime.fromisoformat(sheet.taken_away[place]):
        return mark
    how = marking(
        at=at,
        submitted_at=sheet.submitted_at,
        reopened_at=sheet.reopened_at,
        revealed_at=sheet.session.revealed_at if sheet.session else None,
    )
    if how == Marking.CLOSED:
        raise RuleBroken(_("This scorecard is handed in; open it again with a reason first."))
    if value is None:
        return _take_away(mark, sheet, place, at, how)
    note = note.replace("\x00", "").strip()[:400]
    before = mark and mark.value
    mark = _written(mark, sheet, competency_id, exercise_id, key=key, value=value, note=note, at=at)
    if how == Marking.KEPT_TRACK and before != value:
        reason = sheet.reopened_because or _("It arrived after the scores were opened.")
        MarkChange.objects.create(mark=mark, before=before, after=value, reason=reason, by=actor)
    return mark


def _written(mark, sheet, competency_id, exercise_id, **values) -> Mark:
    if mark is None:
        try:
            with transaction.atomic():
                return Mark.objects.create(
                    sheet=sheet, competency_id=competency_id, exercise_id=exercise_id, **values
                )
        except IntegrityError as error:
            raise RuleBroken(_("This mark could not be read.")) from error
    for name, value in values.items():
        setattr(mark, name, value)
    mark.save(update_fields=list(values))
    return mark


def _take_away(mark: Mark | None, sheet: Sheet, place: str, at: dt.datetime, how: Marking) -> None:
    if how != Marking.FREE:
        raise RuleBroken(_("A mark that was handed in can be changed, but not taken away."))
    if mark is not None:
        mark.delete()
    sheet.taken_away[place] = at.isoformat()
    sheet.save(update_fields=["taken_away"])


def _check_place(
    sheet: Sheet, competency_id: int, exercise_id: int | None, value: int | None
) -> None:
    if value is not None and value not in range(1, 6):
        raise RuleBroken(_("A mark is a number from 1 to 5."))
    asked = sheet.candidacy.vacancy.profile.competencies.filter(competency=competency_id)
    if not asked.exists():
        raise RuleBroken(_("This is not asked for in the profile."))
    if exercise_id is None:
        return
    if not Exercise.objects.filter(pk=exercise_id, session=sheet.session_id or 0).exists():
        raise RuleBroken(_("This exercise is not part of the round."))


@transaction.atomic
def keep_remark(*, actor: User, sheet_id: int, remark: str) -> Sheet:
    """What was seen, in words, before handing in."""
    sheet = locked_own(sheet_id, actor=actor)
    if sheet.submitted_at is not None:
        raise RuleBroken(_("This scorecard is handed in; open it again with a reason first."))
    sheet.remark = remark.replace("\x00", "").strip()[:4000]
    sheet.save(update_fields=["remark"])
    return sheet


@transaction.atomic
def submit_sheet(*, actor: User, sheet_id: int, remark: str | None = None) -> Sheet:
    """Hand it in; handed in already it stays as it is. RuleBroken while nothing is marked."""
    sheet = locked_own(sheet_id, actor=actor)
    if sheet.submitted_at is not None:
        return sheet
    if not sheet.marks.exists():
        raise RuleBroken(_("Give a mark first; what you cannot judge may stay empty."))
    fields = ["submitted_at", "reopened_at", "reopened_because", "version"]
    if remark is not None:
        sheet.remark = remark.replace("\x00", "").strip()[:4000]
        fields.append("remark")
    sheet.submitted_at, sheet.reopened_at, sheet.reopened_because = timezone.now(), None, ""
    sheet.version += 1
    sheet.save(update_fields=fields)
    people.record(actor=actor, verb="sheet.submitted", target=sheet)
    if sheet.home_task_id is not None:
        settle_grades(sheet.home_task_id)
    return sheet


@transaction.atomic
def reopen_sheet(*, actor: User, sheet_id: int, reason: str) -> Sheet:
    """Open one's own again; every mark changed from now on keeps what it was, and the reason."""
    sheet = locked_own(sheet_id, actor=actor)
    reason = reason.replace("\x00", "").strip()[:300]
    if not reason:
        raise RuleBroken(_("Say why the marks are changed."))
    if sheet.home_task and sheet.home_task.state == HomeTaskState.GRADED:
        raise RuleBroken(_("The task is graded; its marks stay as they are."))
    sheet.submitted_at, sheet.reopened_at, sheet.reopened_because = None, timezone.now(), reason
    sheet.version += 1
    sheet.save(update_fields=["submitted_at", "reopened_at", "reopened_because", "version"])
    people.record(actor=actor, verb="sheet.reopened", target=sheet)
    return sheet


@transaction.atomic
def withdraw_sheet(*, actor: User, sheet_id: int) -> None:
    """Take back a request nobody has answered; the rater no longer sees the person."""
    rows = Sheet.objects.filter(candidacy__in=Candidacy.objects.editable_by(actor).values("pk"))
    sheet = rows.select_for_update(of=("self",)).get(pk=sheet_id)
    if sheet.submitted_at is not None or sheet.marks.exists():
        raise RuleBroken(_("It has marks already and stays."))
    people.record(actor=actor, verb="sheet.withdrawn", target=sheet)
    sheet.delete()


def ask_observers(session: Session, candidacy_id: int) -> list[Sheet]:
    """A sheet of every observer about somebody in the room; those who may not are left out."""
    sheets = []
    for observer in session.observers.select_related("user"):
        try:
            with transaction.atomic():
                sheet = ask_for_sheet(
                    actor=None, candidacy_id=candidacy_id, rater=observer.user,
                    kind=SheetKind.SESSION, held_at=session.starts_at, session=session,
                )  # fmt: skip
        except RuleBroken:
            continue  # their own report, say: the others judge
        sheets.append(sheet)
    return sheets


def ask_missing(session: Session, user: User) -> None:
    """An observer who joined after people were checked in is asked about those too."""
    if session.revealed_at is not None or not session.observers.filter(user=user).exists():
        return
    known = Sheet.objects.filter(session=session, rater=user).values("candidacy")
    here = session.seats_taken.filter(state__in=ATTENDED, candidacy__candidate__isnull=False)
    for seat in here.exclude(candidacy__in=known):
        ask_observers(session, seat.candidacy_id)
