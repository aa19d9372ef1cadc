"""A round of marks: handed in by each observer, opened when all are in or by a reason."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import SessionState
from hiring.commands.checkin import locked_session
from hiring.commands.sheet import reopen_sheet, submit_sheet
from hiring.models import Mark, Observer, Session, Sheet
from hiring.models.session import ATTENDED
from people import commands as people
from people import verbs
from people.models import User

verbs.register(
    {
        "session.scored": gettext_lazy("An observer has finished scoring"),
        "session.scoring_reopened": gettext_lazy("An observer has opened their scores again"),
        "session.revealed": gettext_lazy("Scores opened: everybody has finished"),
        "session.revealed_early": gettext_lazy("Scores opened before everybody had finished"),
        "session.debriefed": gettext_lazy("Notes of the talk afterwards changed"),
    }
)


def locked_observer(session_id: int, *, actor: User) -> Observer:
    """The actor's own seat at the observers' table; Observer.DoesNotExist for others."""
    rows = Observer.objects.within_window(actor).filter(session=session_id)
    observer = rows.select_related("session").get()
    observer.session = Session.objects.select_for_update().get(pk=session_id)
    return observer


def own_sheets(observer: Observer) -> QuerySet[Sheet]:
    """Of those who came."""
    came = observer.session.seats_taken.filter(state__in=ATTENDED).values("candidacy")
    return Sheet.objects.filter(
        rater=observer.user_id, session=observer.session_id, candidacy__in=came
    )


def note_presence(*, actor: User, session_id: int) -> None:
    """The cockpit is open in front of them."""
    Observer.objects.filter(session=session_id, user=actor).update(seen_at=timezone.now())


@transaction.atomic
def finish_scoring(*, actor: User, session_id: int) -> Session:
    """Hand in all own sheets of those who came; when the last observer does, all are opened."""
    observer = locked_observer(session_id, actor=actor)
    if observer.finished_at is not None:
        return observer.session
    marked = Mark.objects.filter(sheet__in=own_sheets(observer).values("pk")).values("sheet")
    for sheet in own_sheets(observer).filter(submitted_at=None, pk__in=marked):
        submit_sheet(actor=actor, sheet_id=sheet.pk)
    if not own_sheets(observer).exists():
        raise RuleBroken(_("Nobody has been checked in yet."))
    if not marked.exists():
        raise RuleBroken(_("You have not given any score yet."))
    observer.finished_at = timezone.now()
    observer.save(update_fields=["finished_at"])
    people.record(actor=actor, verb="session.scored", target=observer.session)
    if not observer.session.observers.filter(finished_at=None).exists():
        _reveal(observer.session, actor, "session.revealed")
    return observer.session


def _reveal(session: Session, actor: User, verb: str, **data: str) -> None:
    if session.revealed_at is not None:
        return
    session.revealed_at = timezone.now()
    session.state = SessionState.FINISHED
    session.save(update_fields=["revealed_at", "state"])
    people.record(actor=actor, verb=verb, target=session, **data)


@transaction.atomic
def reopen_scoring(*, actor: User, session_id: int, reason: str) -> Session:
    """Change own marks that were handed in; the others stay closed or open as they are."""
    observer = locked_observer(session_id, actor=actor)
    sheets = own_sheets(observer).filter(submitted_at__isnull=False)
    if not sheets.exists():
        raise RuleBroken(_("Your scores are not handed in yet; they can be changed."))
    for sheet in sheets:
        reopen_sheet(actor=actor, sheet_id=sheet.pk, reason=reason)
    observer.finished_at = None
    observer.save(update_fields=["finished_at"])
    people.record(actor=actor, verb="session.scoring_reopened", target=observer.session)
    return observer.session


@transaction.atomic
def reveal_scores(*, actor: User, session_id: int, reason: str) -> Session:
    """Open all marks though somebody has not finished: after the end, with a reason, by who leads.

    What the missing observer marked until now counts; what they mark afterwards does not.
    """
    session = locked_session(session_id, actor=actor, leads=True)
    if session.revealed_at is not None:
        return session
    if timezone.now() < session.ends_at:
        raise RuleBroken(_("Wait for the end of the session, or until everybody has finished."))
    reason = reason.replace("\x00", "").strip()[:300]
    if not reason:
        raise RuleBroken(_("Say why it does not wait for everybody."))
    if not Mark.objects.filter(sheet__session=session).exists():
        raise RuleBroken(_("There are no scores yet."))
    _reveal(session, actor, "session.revealed_early", reason=reason)
    return session


@transaction.atomic
def keep_debrief(*, actor: User, session_id: int, text: str) -> Session:
    """What was said afterwards: of the round, open to everybody who may see the scores."""
    session = locked_session(session_id, actor=actor)
    if session.revealed_at is None:
        raise RuleBroken(_("The scores come first; talk when they are open."))
    session.debrief = text.replace("\x00", "").strip()[:4000]
    session.save(update_fields=["debrief"])
    people.record(actor=actor, verb="session.debriefed", target=session)
    return session
