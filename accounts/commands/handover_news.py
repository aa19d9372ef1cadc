"""To whom each step of a handover is told."""

from accounts.models import Handover
from accounts.queries.handover_notices import HANDOVER, HANDOVER_ENDED
from people import commands as people
from people.choices import Role
from people.models import User

ENDED = {"undone", "cancelled"}


def tell(handover: Handover, what: str, *, actor: User | None) -> None:
    """Everybody who has to do with it but the actor (None: it happened by itself)."""
    kind = HANDOVER_ENDED if what in ENDED else HANDOVER
    parties = (handover.from_user, handover.to_user, handover.made_by, handover.agreed_by)
    for user in dict.fromkeys(one for one in parties if one not in (None, actor)):
        _tell(user, handover, kind, what)


def tell_planned(handover: Handover, *, actor: User) -> None:
    """Both managers; and, when it is only proposed, the directors."""
    tell(handover, "planned", actor=actor)
    if handover.agreed_at is None:
        for director in User.objects.holding(Role.DIRECTOR).filter(is_active=True):
            _tell(director, handover, HANDOVER, "asked")


def _tell(user: User, handover: Handover, kind: str, what: str) -> None:
    cause = f"handover:{handover.pk}:{what}"
    people.tell(user=user, kind=kind, target=handover, cause=cause, what=what)
