"""Somebody leaves: in one transaction every account has somebody, and nothing of theirs works.

Key accounts go under a director's personal control, the others to the team's lead (or whom the
director chooses), with the open work of each. It can be taken back for a day.
"""

import datetime as dt
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import CustomerLetterKind, CustomerLetterState
from accounts.commands import (
    control,
    handover_move,
    leaving_accounts,
    leaving_handover,
    placing,
)
from accounts.commands.customer_letter import draft_letters
from accounts.commands.leaving_work import Moved, move_work, move_work_back
from accounts.models import Account, Assignment, Control, CustomerLetter, HandoverPlan
from accounts.queries import care_notices as notices
from accounts.queries import departure as queries
from common.errors import RuleBroken
from people import leaving
from people.choices import DepartureKind, Role
from people.commands import departure as people
from people.commands import record, tell
from people.models import Departure, Event, User, company_day

UNDO_WITHIN = dt.timedelta(hours=24)
WARNED = dt.timedelta(days=7)


def answers_for(user: User, roles: frozenset[str]) -> str:
    """Why this sign-in is not simply closed, nor the role taken: accounts would be orphaned."""
    if roles & {Role.KAM, Role.DIRECTOR}:
        return ""
    rows = Assignment.objects.owners().filter(user=user).exclude(valid_to__lte=company_day())
    rows = rows.exclude(account__status__in=leaving_accounts.SHUT)
    number = rows.values("account").distinct().count()
    if not number:
        return ""
    return ngettext(
        "%(name)s answers for %(n)s account. A director notes the leaving first, so that it has"
        " somebody from that moment on.",
        "%(name)s answers for %(n)s accounts. A director notes the leaving first, so that each has"
        " somebody from that moment on.",
        number,
    ) % {"name": user, "n": number}


leaving.register(answers_for)
leaving.register(leaving_handover.is_to_receive)


@transaction.atomic
def leave_suddenly(
    *,
    actor: User,
    user: User,
    until: dt.date | None = None,
    heir: User | None = None,
    kind: str = DepartureKind.OTHER,
    note: str = "",
) -> Departure:
    """`user` is gone as of now. `until`: the end of control; `heir`: of all that is not key."""
    departure = people.note_departure(
        actor=actor, user=user, last_day=company_day(), kind=kind, note=note, is_sudden=True
    )
    return _settle(departure, actor=actor, director=actor, heir=heir, until=until)


@transaction.atomic
def carry_out(*, departure_id: int) -> Departure | None:
    """The last day is over: what has no follower by now gets one. None when it is settled already;
    RuleBroken while the company has no other director."""
    rows = Departure.objects.open().select_for_update(of=("self",)).select_related("user")
    departure = rows.filter(pk=departure_id).first()
    if departure is None or departure.last_day >= company_day():
        return None
    director = queries.director_after(departure.user)
    if director is None:
        raise RuleBroken(_("There must be a director. Make somebody else one first."))
    return _settle(departure, actor=None, director=director, heir=None, until=None)


def _settle(
    departure: Departure, *, actor: User | None, director: User, heir: User | None,
    until: dt.date | None,
) -> Departure:  # fmt: skip
    user = User.objects.get(pk=departure.user_id)
    heir = heir or queries.heir_of(user) or director
    _check_heir(heir, user)
    held = Assignment.objects.filter(user=user).exclude(valid_to__lte=company_day())
    ids = held.order_by().values("account").distinct()
    accounts = {
        row.pk: row
        for row in Account.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=ids)
        .order_by("pk")
    }
    undo: dict = {"departure": departure.pk} | leaving_accounts.end_standing_in(user)
    watched = Control.objects.filter(director=user, ended_at=None)
    undo["watched"] = list(watched.values_list("pk", flat=True))
    controls = control.take_control_of(
        actor=actor, user=user, director=director, until=until, departure=departure,
        reason=_("%(name)s has left.") % {"name": user},
    )  # fmt: skip
    heirs: dict[int, User] = {row.account_id: director for row in controls}
    undo["placed"] += [entry for row in controls for entry in row.undo["placed"]]
    undo["placed"] += leaving_accounts.give_others(user, accounts, heirs, actor=actor, heir=heir)
    undo["placed"] += leaving_accounts.end_the_rest(
        user, accounts, heirs, director=director, heir=heir, actor=actor
    )
    takers = leaving_accounts.all_heirs(heirs, user)
    moved = move_work(user=user, heirs=takers, heir=heir, actor=actor)
    undo["work"] = asdict(moved)
    undo["plans"] = _close_plans(user)
    undo["handovers"] = leaving_handover.call_off(user=user, actor=actor, director=director)
    undo["people"] = people.close_departure(actor=actor, departure=departure)
    for row in controls:
        draft_letters(
            actor=actor, account=row.account, kind=CustomerLetterKind.DEPARTURE, control=row,
            departure=departure,
        )  # fmt: skip
    _record(departure, user, actor, heir, controls, heirs, moved, undo)
    return departure


def _check_heir(heir: User, user: User) -> None:
    if heir.pk == user.pk or not heir.is_active or not heir.sells:
        raise RuleBroken(_("Choose an active manager or director for the other accounts."))


def _close_plans(user: User) -> list[int]:
    plans = HandoverPlan.objects.filter(to_user=user, closed_at=None)
    ids = list(plans.values_list("pk", flat=True))
    plans.update(closed_at=timezone.now())
    return ids


def _record(
    departure: Departure, user: User, actor: User | None, heir: User, controls: list[Control],
    heirs: dict[int, User], moved: Moved, undo: dict,
) -> None:  # fmt: skip
    record(
        actor=actor, verb="user.departed", target=user, key=len(controls),
        others=len(heirs) - len(controls), tasks=len(moved.tasks), promises=len(moved.promises),
        meetings=len(moved.meetings), jobs=moved.jobs, letters=len(moved.letters),
        handovers=len(undo["handovers"]), heir=heir.pk, undo=undo,
    )  # fmt: skip
    cause = f"departure:{departure.pk}"
    told = {to for to in heirs.values() if actor is None or to.pk != actor.pk}
    for to in told:
        number = sum(one == to for one in heirs.values())
        tell(user=to, kind=notices.ACCOUNTS_LEFT, target=departure, cause=cause, n=number)


def deed_of(departure: Departure) -> Event | None:
    """What was settled when they went; None before, and after it was taken back."""
    if departure.closed_at is None or departure.cancelled_at is not None:
        return None
    rows = Event.objects.about(departure.user).filter(verb="user.departed")
    return rows.filter(data__undo__departure=departure.pk).first()


def may_undo(departure: Departure, now: dt.datetime) -> bool:
    return deed_of(departure) is not None and now < departure.closed_at + UNDO_WITHIN


@transaction.atomic
def undo_departure(*, actor: User, departure_id: int) -> Departure:
    """They are back, within a day: every account, task and promise as far as nobody touched it."""
    if not actor.is_director:
        raise RuleBroken(_("Only directors take this back."))
    rows = Departure.objects.select_for_update(of=("self",)).select_related("user")
    departure = rows.get(pk=departure_id)
    deed = deed_of(departure)
    if deed is None:
        raise RuleBroken(_("There is nothing to take back."))
    if timezone.now() >= departure.closed_at + UNDO_WITHIN:
        raise RuleBroken(_("This was done more than a day ago: assign the accounts anew instead."))
    undo, user = deed.data["undo"], departure.user
    ids = sorted({entry["account"] for entry in undo["placed"]})
    accounts = Account.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids)
    known = {row.pk: row for row in accounts.order_by("pk")}
    people.reopen_departure(actor=actor, departure=departure, undo=undo["people"])
    move_work_back(user=user, moved=undo["work"], actor=actor)
    for entry in reversed(undo["placed"]):
        placing.take_back(known[entry["account"]], entry)
    running = Control.objects.filter(departure=departure, ended_at=None)
    running.update(ended_at=timezone.now(), outcome=_("Taken back."))
    waiting = (CustomerLetterState.DRAFT, CustomerLetterState.QUEUED)
    letters = CustomerLetter.objects.filter(departure=departure, state__in=waiting)
    letters.update(state=CustomerLetterState.STOPPED)
    Control.objects.filter(pk__in=undo["watched"]).update(ended_at=None, outcome="")
    HandoverPlan.objects.filter(pk__in=undo["plans"]).update(closed_at=None)
    handover_move.resume(undo.get("handovers", {}), actor=actor)
    leaving_accounts.stand_in_again(undo)
    return departure


def warn_of_last_days(*, day: dt.date) -> int:
    """A week before their last day directors hear who still answers for accounts; how many did."""
    soon = Departure.objects.open().filter(last_day__lte=day + WARNED, last_day__gte=day)
    told = 0
    for departure in soon.select_related("user"):
        owned = Assignment.objects.owners().on(departure.last_day).filter(user=departure.user)
        if not owned.exists():
            continue
        cause = f"departure:{departure.pk}:near:{departure.last_day}"
        for director in User.objects.active().holding(Role.DIRECTOR):
            told += tell(user=director, kind=notices.DEPARTURE_NEAR, target=departure, cause=cause)
    return told


def close_due(*, day: dt.date) -> int:
    """Departures whose last day is over; how many were carried out. Safe to run twice."""
    due = Departure.objects.open().filter(last_day__lt=day).order_by("last_day", "pk")
    done = 0
    for pk in list(due.values_list("pk", flat=True)):
        try:
            done += carry_out(departure_id=pk) is not None
        except RuleBroken:  # no other director yet: the next run tries again, the page says so
            continue
    return done
