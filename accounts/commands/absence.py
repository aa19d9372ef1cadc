"""An absence changes, and who stands in changes with it, in one transaction."""

import datetime as dt

from django.db import transaction

from accounts.choices import AssignmentRole, CoverState
from accounts.commands import cover
from accounts.models import Account, Assignment, Cover
from accounts.queries import care_notices as notices
from accounts.queries.substitutes import owned_during
from accounts.rules import cover as rules
from common.errors import RuleBroken
from people.commands import absence as people
from people.commands import tell
from people.models import Absence, User, company_day
from people.queries.staff import lead_of

AHEAD = dt.timedelta(days=7)


@transaction.atomic
def change_absence(*, actor: User, absence_id: int, **values) -> Absence:
    """As people.commands.absence.change_absence; rights become longer or shorter with it."""
    absence = people.change_absence(actor=actor, absence_id=absence_id, **values)
    follow_absence(absence, actor=actor)
    return absence


@transaction.atomic
def cancel_absence(*, actor: User, absence_id: int) -> Absence:
    """It does not take place: whoever stood in is free again."""
    absence = people.cancel_absence(actor=actor, absence_id=absence_id)
    follow_absence(absence, actor=actor)
    return absence


@transaction.atomic
def restore_absence(*, actor: User, absence_id: int) -> Absence:
    """Undo of calling it off: those who had agreed by then stand in again."""
    absence = people.restore_absence(actor=actor, absence_id=absence_id)
    rows = absence.covers.filter(state=CoverState.CANCELLED).order_by("account", "-pk")
    taken = set(absence.covers.filter(state__in=cover.LIVE).values_list("account", flat=True))
    for row in rows.select_related("account", "substitute", "absence__user"):
        if row.account_id in taken or not row.substitute.is_active:
            continue
        taken.add(row.account_id)
        row.state = CoverState.PROPOSED
        row.save(update_fields=["state"])
        if row.agreed_at is not None:
            _agree_again(row, actor)
    return absence


def _agree_again(row: Cover, actor: User) -> None:
    try:
        with transaction.atomic():
            cover.agree_row(row, actor=actor)
    except RuleBroken:  # the gate says no by now: they are asked, and see why
        row.refresh_from_db()


def follow_absence(absence: Absence, *, actor: User | None) -> int:
    """Bring the rights of all who stand in to the days of the absence; how many changed.

    Safe to run twice. Who may no longer (the gate, a closed sign-in) is out, and it is told.
    """
    changed = 0
    rows = absence.covers.filter(state__in=cover.LIVE).select_for_update(of=("self",))
    for row in rows.select_related("account", "substitute", "assignment", "absence__user"):
        row.absence = absence
        changed += _follow(row, actor)
    return changed


def _follow(row: Cover, actor: User | None) -> bool:
    absence, today = row.absence, company_day()
    if absence.cancelled_at is not None or not row.substitute.is_active:
        cover.stop(row, actor=actor)
        return True
    if absence.valid_to <= today:
        if row.state == CoverState.PROPOSED:
            cover.stop(row, actor=actor)
        else:
            cover.end_rights(row, day=today)
            cover.keep_summary(row)
        return True
    if not _is_owned(row):
        cover.stop(row, actor=actor)
        return True
    if row.state != CoverState.AGREED or _fits(row, today):
        return False
    try:
        with transaction.atomic():
            cover.end_rights(row, day=today)
            cover.let_in(row, actor=actor)
            row.save(update_fields=["assignment"])
    except RuleBroken:
        row.refresh_from_db()
        cover.stop(row, actor=actor)
        cause = f"cover:{row.pk}:lost"
        tell(user=absence.user, kind=notices.COVER_LOST, target=absence, cause=cause)
    return True


def _is_owned(row: Cover) -> bool:
    """The person away still answers for the account on a day that is left."""
    spans = Assignment.objects.owners().filter(account=row.account_id, user=row.absence.user_id)
    days = rules.days_of((row.absence.valid_from, row.absence.valid_to), company_day())
    return days is not None and any(
        span.valid_from < days[1] and (span.valid_to is None or span.valid_to > days[0])
        for span in spans
    )


def _fits(row: Cover, today: dt.date) -> bool:
    """Whether the rights are those of the absence from today on."""
    days = rules.days_of((row.absence.valid_from, row.absence.valid_to), today)
    made = row.assignment
    if made is None:
        return cover.has_rights(row.account, row.substitute, *days)
    begins = made.valid_from == row.absence.valid_from or (
        made.valid_from <= today and row.absence.valid_from <= today
    )
    return begins and made.valid_to == row.absence.valid_to


def tend_covers(*, day: dt.date) -> int:
    """Each day: hand back what is over, keep rights to the days, warn of key accounts that nobody
    stands in for within a week; how many changed. Safe to run twice."""
    rows = Absence.objects.filter(covers__state__in=cover.LIVE).select_related("user").distinct()
    changed = 0
    for absence in rows.order_by("pk"):
        with transaction.atomic():
            changed += follow_absence(absence, actor=None)
            _tell_back(absence, day)
    soon = Absence.objects.live().filter(valid_from__lte=day + AHEAD, valid_to__gt=day)
    for absence in soon.select_related("user"):
        _warn(absence, day)
    return changed


def _tell_back(absence: Absence, day: dt.date) -> None:
    if absence.valid_to > day:
        return
    ended = absence.covers.filter(state=CoverState.ENDED).select_related("substitute")
    cause = f"cover:{absence.pk}:back"
    if ended:
        tell(user=absence.user, kind=notices.COVER_BACK, target=absence, cause=cause)
    for row in ended:
        if not row.words:
            tell(user=row.substitute, kind=notices.COVER_WORDS, target=absence, cause=cause)


def _warn(absence: Absence, day: dt.date) -> None:
    missing = uncovered_keys(absence)
    if not missing:
        return
    directors = User.objects.active().holding("director")
    lead = lead_of(absence.user)
    cause = f"cover:{absence.pk}:missing:{day.isocalendar().week}"
    for user in {absence.user, *directors, *([lead] if lead else [])}:
        tell(user=user, kind=notices.COVER_MISSING, target=absence, cause=cause, n=len(missing))


def uncovered_keys(absence: Absence) -> list[Account]:
    """Key accounts nobody has agreed to stand in for: a deputy of all its days counts."""
    agreed = set(absence.covers.filter(state=CoverState.AGREED).values_list("account", flat=True))
    days = rules.days_of((absence.valid_from, absence.valid_to), company_day())
    if days is None:
        return []
    found = [
        account for account in owned_during(absence)
        if getattr(account, "score", None) and account.score.is_key and account.pk not in agreed
    ]  # fmt: skip
    return [account for account in found if not _has_deputy(account, absence, days)]


def _has_deputy(account: Account, absence: Absence, days: rules.Days) -> bool:
    rows = account.assignments.filter(role=AssignmentRole.DEPUTY, user__is_active=True)
    rows = rows.exclude(user=absence.user_id).filter(valid_from__lte=days[0])
    return any(row.valid_to is None or row.valid_to >= days[1] for row in rows)
