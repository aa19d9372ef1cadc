"""Somebody stands in during an absence: asked, agreed, with a deputy's rights for exactly its days.

Rights are dated rows of accounts.commands.placing, so they begin and end by themselves; what
changes the absence changes them (`follow_absence`), and `tend_covers` hands back what is over.
"""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AssignmentRole, CoverState
from accounts.commands import placing
from accounts.models import Account, Assignment, Cover
from accounts.queries import care_notices as notices
from accounts.queries.brief.short import what_to_know
from accounts.queries.gate import gate_answer
from accounts.queries.meanwhile import counted
from accounts.queries.substitutes import owned_during, proposed, substitutes
from accounts.rules import cover as rules
from common.errors import RuleBroken
from people import verbs
from people.commands import record, tell
from people.models import Absence, User, company_day
from people.queries.staff import may_plan_for

LIVE = (CoverState.PROPOSED, CoverState.AGREED)

verbs.register(
    {
        "account.cover_asked": gettext_lazy("%(name)s was asked to stand in"),
        "account.cover_agreed": gettext_lazy("%(name)s stands in"),
        "account.cover_declined": gettext_lazy("%(name)s cannot stand in"),
        "account.cover_cancelled": gettext_lazy("%(name)s does not stand in any more"),
        "account.cover_ended": gettext_lazy("Handed back by %(name)s"),
    }
)


@transaction.atomic
def propose_cover(
    *, actor: User, absence_id: int, chosen: Mapping[int, int | None] | None = None
) -> list[Cover]:
    """Ask somebody for each account (`chosen`: account → person, None for nobody); without `chosen`
    whoever looks best, for what nobody stands in for yet. All or none; those asked are told."""
    absence = _absence(absence_id, actor)
    accounts = {account.pk: account for account in owned_during(absence)}
    live = {row.account_id: row for row in _live(absence)}
    if chosen is None:
        free = [account for pk, account in accounts.items() if pk not in live]
        options = substitutes(absence, free)
        chosen = {pk: proposed(options[pk]) for pk in options}
    if set(chosen) - set(accounts):
        raise Account.DoesNotExist
    people = User.objects.active().in_bulk([pk for pk in chosen.values() if pk])
    made = []
    for pk, user_id in chosen.items():
        now = live.get(pk)
        if now is not None and now.substitute_id == user_id:
            continue
        if now is not None:
            stop(now, actor=actor)
        if user_id is None:
            continue
        if user_id not in people:
            raise User.DoesNotExist
        made.append(_ask(absence, accounts[pk], people[user_id], actor))
    for row in {row.substitute_id: row for row in made}.values():
        if row.substitute_id != actor.pk:
            cause = f"cover:{absence.pk}:{row.substitute_id}:{row.pk}"
            tell(user=row.substitute, kind=notices.COVER_ASKED, target=absence, cause=cause)
    return made


def _absence(absence_id: int, actor: User) -> Absence:
    """Locked; Absence.DoesNotExist when it is not the actor's to plan."""
    rows = Absence.objects.visible_to(actor).select_for_update(of=("self",))
    absence = rows.select_related("user").get(pk=absence_id)
    if not may_plan_for(actor, absence.user):
        raise Absence.DoesNotExist
    if absence.cancelled_at is not None:
        raise RuleBroken(_("This absence was called off."))
    if absence.valid_to <= company_day():
        raise RuleBroken(_("This absence is over already."))
    return absence


def _live(absence: Absence):
    rows = absence.covers.filter(state__in=LIVE).select_for_update(of=("self",))
    return rows.select_related("account", "substitute", "assignment", "absence__user")


def _ask(absence: Absence, account: Account, user: User, actor: User) -> Cover:
    if user.pk == absence.user_id or not user.sells:
        raise RuleBroken(_("%(name)s cannot stand in: choose a manager.") % {"name": user})
    answer = gate_answer(
        account, user, role=AssignmentRole.DEPUTY, day=max(absence.valid_from, company_day()),
        at=timezone.now(),
    )  # fmt: skip
    if not answer.allowed:
        raise RuleBroken(f"{account}: {answer.sentence}")
    row = Cover.objects.create(
        absence=absence, account=account, substitute=user, brief=what_to_know(account, absence)
    )
    record(actor=actor, verb="account.cover_asked", target=account, name=str(user))
    return row


@transaction.atomic
def agree_covers(
    *, actor: User, absence_id: int, cover_ids: list[int] | None = None
) -> list[Cover]:
    """All (or these) that the actor may agree to: those asked of them; a director agrees for all.

    Rights are theirs from the first day away, or from now. All or none.
    """
    rows = Cover.objects.filter(absence=absence_id, state=CoverState.PROPOSED)
    if not actor.is_director:
        rows = rows.filter(substitute=actor)
    if cover_ids is not None:
        rows = rows.filter(pk__in=cover_ids)
    found = list(
        rows.select_for_update(of=("self",))
        .select_related("account", "substitute", "absence__user").order_by("account")
    )  # fmt: skip
    if not found or (cover_ids is not None and len(found) != len(set(cover_ids))):
        raise Cover.DoesNotExist
    for row in found:
        agree_row(row, actor=actor)
    absence = found[0].absence
    if actor.pk != absence.user_id:
        cause = f"cover:{absence.pk}:agreed:{found[0].pk}"
        tell(user=absence.user, kind=notices.COVER_AGREED, target=absence, cause=cause)
    return found


def agree_cover(*, actor: User, cover_id: int) -> Cover:
    row = Cover.objects.visible_to(actor).get(pk=cover_id)
    return agree_covers(actor=actor, absence_id=row.absence_id, cover_ids=[row.pk])[0]


def agree_row(row: Cover, *, actor: User | None) -> None:
    absence = row.absence
    if absence.cancelled_at is not None:
        raise RuleBroken(_("This absence was called off."))
    let_in(row, actor=actor)
    row.state, row.agreed_at = CoverState.AGREED, timezone.now()
    row.version += 1
    row.save(update_fields=["state", "agreed_at", "assignment", "version"])
    record(actor=actor, verb="account.cover_agreed", target=row.account, name=str(row.substitute))


def let_in(row: Cover, *, actor: User | None) -> None:
    """A deputy's row for the days that are left; none where they may everything there anyway."""
    days = rules.days_of((row.absence.valid_from, row.absence.valid_to), company_day())
    if days is None:
        raise RuleBroken(_("This absence is over already."))
    account = Account.objects.select_for_update(no_key=True).get(pk=row.account_id)
    if has_rights(account, row.substitute, *days):
        row.assignment = None
        return
    made, _undo = placing.place(
        account, user=row.substitute, role=AssignmentRole.DEPUTY, start=days[0], to=days[1],
        actor=actor, reason=_("Stands in for %(name)s") % {"name": row.absence.user},
    )  # fmt: skip
    row.assignment = made


def has_rights(account: Account, user: User, start: dt.date, to: dt.date) -> bool:
    rows = Assignment.objects.filter(
        account=account, user=user, role__in=(AssignmentRole.OWNER, AssignmentRole.DEPUTY),
        valid_from__lte=start, expires_at=None,
    )  # fmt: skip
    return any(row.valid_to is None or row.valid_to >= to for row in rows)


@transaction.atomic
def decline_cover(*, actor: User, cover_id: int) -> Cover:
    """The substitute cannot, before or after having agreed; who is away asks another."""
    row = _of(cover_id).filter(substitute=actor).get()
    if row.state not in LIVE:
        raise RuleBroken(_("This is over already."))
    stop(row, actor=actor, verb="account.cover_declined")
    absence, cause = row.absence, f"cover:{row.pk}:declined"
    for user in {absence.user, *([absence.made_by] if absence.made_by else [])} - {actor}:
        tell(user=user, kind=notices.COVER_DECLINED, target=absence, cause=cause)
    return row


@transaction.atomic
def cancel_cover(*, actor: User, cover_id: int) -> Cover:
    """Whoever plans the absence does not ask this person any more."""
    row = _of(cover_id).get()
    _absence(row.absence_id, actor)
    if row.state not in LIVE:
        raise RuleBroken(_("This is over already."))
    stop(row, actor=actor)
    return row


def _of(cover_id: int):
    rows = Cover.objects.filter(pk=cover_id).select_for_update(of=("self",))
    return rows.select_related("account", "substitute", "assignment", "absence__user")


def stop(row: Cover, *, actor: User | None, verb: str = "account.cover_cancelled") -> None:
    """Rights end at once; what was done meanwhile is handed back."""
    begun = row.state == CoverState.AGREED and row.absence.valid_from < company_day()
    end_rights(row, day=company_day())
    row.version += 1
    if begun:
        keep_summary(row)
        return
    row.state = CoverState.CANCELLED
    row.save(update_fields=["state", "assignment", "version"])
    record(actor=actor, verb=verb, target=row.account, name=str(row.substitute))


def end_rights(row: Cover, *, day: dt.date) -> None:
    made = row.assignment
    if made is None or (made.valid_to is not None and made.valid_to <= day):
        return
    gone = made.valid_from >= day
    placing.shorten(made, day=day)
    if gone:
        row.assignment = None


def keep_summary(row: Cover) -> None:
    """Over: what happened is counted and kept; the substitute may still write what to know."""
    row.state, row.handed_back_at = CoverState.ENDED, timezone.now()
    row.summary = counted(row)
    row.save(update_fields=["state", "handed_back_at", "summary", "assignment", "version"])
    record(actor=None, verb="account.cover_ended", target=row.account, name=str(row.substitute))


@transaction.atomic
def write_brief(*, actor: User, cover_id: int, brief: str) -> Cover:
    """What the substitute should know, in the manager's words."""
    row = _of(cover_id).get()
    _absence(row.absence_id, actor)
    row.brief = brief.replace("\x00", "").strip()[:4000]
    row.version += 1
    row.save(update_fields=["brief", "version"])
    return row


@transaction.atomic
def hand_back(*, actor: User, cover_id: int, words: str) -> Cover:
    """What the manager should know, by the substitute: from the first day until it was read."""
    row = _of(cover_id).filter(substitute=actor).get()
    if row.state not in (CoverState.AGREED, CoverState.ENDED):
        raise RuleBroken(_("You do not stand in here."))
    if row.absence.valid_from > company_day():
        raise RuleBroken(_("The absence has not begun yet."))
    if row.read_at is not None:
        raise RuleBroken(_("It has been read already: write to each other, or add a touchpoint."))
    row.words = words.replace("\x00", "").strip()[:4000]
    row.version += 1
    row.save(update_fields=["words", "version"])
    if row.state == CoverState.AGREED and row.absence.valid_to <= company_day():
        keep_summary(row)
    return row


@transaction.atomic
def read_back(*, actor: User, absence_id: int) -> int:
    """The manager has read what happened at all their accounts; how many were unread."""
    rows = Cover.objects.filter(
        absence=absence_id, absence__user=actor, state=CoverState.ENDED, read_at=None
    )
    return rows.update(read_at=timezone.now())
