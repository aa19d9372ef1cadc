"""The weekly talk of a trial: own words, held, read; who has not held it is reminded."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from hiring.choices import CheckInState, ProbationState
from hiring.commands.probation_steps import told
from hiring.models import CheckIn, Probation
from hiring.queries import probation_notices as notices
from hiring.rules import check_in as rules
from people import verbs
from people.commands import record
from people.models import User, company_day

LONGEST = 2000
MARKS = (1, 5)

verbs.register(
    {
        "probation.week_held": gettext_lazy("A weekly talk of a probation was held"),
        "probation.week_missed": gettext_lazy("A weekly talk of a probation was not held"),
    }
)


def _locked(check_in_id: int, actor: User) -> CheckIn:
    """CheckIn.DoesNotExist for who has nothing to do with the trial."""
    rows = CheckIn.objects.visible_to(actor).select_for_update(of=("self",))
    return rows.select_related("probation__user", "probation__mentor", "probation__lead").get(
        pk=check_in_id
    )


def seats_in(probation: Probation, user: User) -> list[str]:
    return rules.seats_of(
        user.pk, newcomer=probation.user_id, mentor=probation.mentor_id, lead=probation.lead_id
    )


def _clean(words: str) -> str:
    return words.replace("\x00", "").strip()[:LONGEST]


def _say(row: CheckIn, seats: list[str], words: str) -> list[str]:
    """Put the words at every chair of the person; the fields that changed. Who mentors and leads
    speaks once, as lead."""
    field = f"{seats[-1]}_words"
    if getattr(row, field) == words:
        return []
    setattr(row, field, words)
    return [field]


@transaction.atomic
def say_week(*, actor: User, check_in_id: int, words: str) -> CheckIn:
    """One's own words of the week; nobody else reads them before the talk was held."""
    row = _locked(check_in_id, actor)
    seats, words = seats_in(row.probation, actor), _clean(words)
    if not seats:
        raise RuleBroken(
            _("The newcomer, the mentor and the lead write here, each for themselves.")
        )
    has_said = bool(getattr(row, f"{seats[-1]}_words"))
    running = row.probation.state == ProbationState.RUNNING
    if not rules.may_say(row.state, seats, is_running=running, has_said=has_said):
        raise RuleBroken(
            _("The others have read these words; say more in the next week.") if running
            else _("This trial is not running.")
        )  # fmt: skip
    if changed := _say(row, seats, words):
        row.version += 1
        row.save(update_fields=[*changed, "version"])
    return row


@transaction.atomic
def hold_week(
    *, actor: User, check_in_id: int, held_on: dt.date, mark: int | None = None, agreed: str = "",
    words: str | None = None,
) -> CheckIn:  # fmt: skip
    """The talk took place: everybody's words are shown to all three. `words`: the actor's own,
    None leaves what they wrote; `mark`: how far on course, 1 to 5, None for no opinion."""
    row = _locked(check_in_id, actor)
    probation, seats = row.probation, seats_in(row.probation, actor)
    running = probation.state == ProbationState.RUNNING
    if row.state == CheckInState.HELD:
        raise RuleBroken(_("This talk is noted already."))
    if not rules.may_hold(row.state, seats, is_running=running):
        raise RuleBroken(
            _("Mentor and lead note the talk.") if running else _("This trial is not running.")
        )
    if not probation.starts_on <= held_on <= company_day():
        raise RuleBroken(_("A talk is noted on a day of the trial, not later than today."))
    if mark is not None and not MARKS[0] <= mark <= MARKS[1]:
        raise RuleBroken(_("Choose a mark from 1 to 5."))
    changed = _say(row, seats, _clean(words)) if words is not None else []
    row.state, row.held_on, row.mark, row.agreed = CheckInState.HELD, held_on, mark, _clean(agreed)
    row.version += 1
    row.save(update_fields=[*changed, "state", "held_on", "mark", "agreed", "version"])
    record(actor=actor, verb="probation.week_held", target=probation, week=row.week)
    told(probation, notices.WEEK_HELD, probation.user, cause=f"week:{row.week}")
    return row


@transaction.atomic
def confirm_week(*, actor: User, check_in_id: int) -> CheckIn:
    """The newcomer has read what was said; the first reading counts."""
    row = _locked(check_in_id, actor)
    if row.probation.user_id != actor.pk:
        raise RuleBroken(_("The newcomer confirms it, in person."))
    if row.state != CheckInState.HELD:
        raise RuleBroken(_("This talk has not been held yet."))
    if row.seen_at is None:
        row.seen_at = timezone.now()
        row.save(update_fields=["seen_at"])
    return row


def remind_weeks(day: dt.date) -> int:
    """Tell the three on the day a talk is due, mentor and lead once more when a week has gone by
    without it; how many talks were noted as missed. Safe to repeat."""
    missed = 0
    due = CheckIn.objects.filter(
        state=CheckInState.PLANNED, due_on__lte=day, probation__state=ProbationState.RUNNING
    ).select_related("probation__user", "probation__mentor", "probation__lead")
    for row in due.order_by("pk"):
        one, cause = row.probation, f"week:{row.week}:{row.due_on}"
        told(one, notices.WEEK_DUE, one.mentor, one.lead, cause=cause)
        told(one, notices.WEEK_WORDS, one.user, cause=cause)
        missed += rules.is_missed(row.due_on, day) and _miss(row)
    return missed


@transaction.atomic
def _miss(row: CheckIn) -> bool:
    same = CheckIn.objects.filter(pk=row.pk, state=CheckInState.PLANNED)
    if not same.update(state=CheckInState.MISSED, version=row.version + 1):
        return False
    one = row.probation
    record(actor=None, verb="probation.week_missed", target=one, week=row.week)
    told(one, notices.WEEK_MISSED, one.mentor, one.lead, cause=f"week:{row.week}")
    return True
