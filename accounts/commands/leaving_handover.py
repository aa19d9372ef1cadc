"""Handovers to somebody who leaves are called off, and go on where they stood when that is taken
back. Those from them go on: whoever owns the account by now tells in their place."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import HandoverState
from accounts.commands.handover_move import close
from accounts.models import Handover
from accounts.queries.handover_notices import HANDOVER_ENDED
from accounts.rules.handover import BEFORE
from people.choices import Role
from people.commands import tell
from people.models import User


def coming_to(user: User) -> QuerySet[Handover]:
    """Not accepted yet, in the order in which they are locked."""
    rows = Handover.objects.filter(to_user=user, state__in=BEFORE).order_by("account")
    return rows.select_related("account", "from_user", "to_user", "made_by", "agreed_by")


def is_to_receive(user: User, roles: frozenset[str]) -> str:
    """Why this sign-in is not simply closed, nor the role taken: a handover to them would hang."""
    number = 0 if roles & {Role.KAM, Role.DIRECTOR} else coming_to(user).count()
    if not number:
        return ""
    return ngettext(
        "%(n)s account is being handed over to %(name)s. Call that off first, or let a director"
        " note the leaving.",
        "%(n)s accounts are being handed over to %(name)s. Call that off first, or let a director"
        " note the leaving.",
        number,
    ) % {"name": user, "n": number}


def call_off(*, user: User, actor: User | None, director: User) -> dict[str, str]:
    """All that are on their way to `user`; the states they had. Their right to read ends with all
    their other rows. The former managers are told, and `director` unless it is their own deed."""
    states = {}
    for row in coming_to(user).select_for_update(of=("self",)):
        states[str(row.pk)] = row.state
        why = _("%(name)s has left.") % {"name": user}
        close(row, HandoverState.CANCELLED, actor=actor, why=why)
        _tell(row, user=user, actor=actor, director=director)
    return states


def _tell(row: Handover, *, user: User, actor: User | None, director: User) -> None:
    known = {row.from_user, row.made_by, row.agreed_by, director} - {None, user, actor}
    for one in sorted(known, key=lambda one: one.pk):
        cause = f"handover:{row.pk}:cancelled"
        tell(user=one, kind=HANDOVER_ENDED, target=row, cause=cause, what="cancelled")
