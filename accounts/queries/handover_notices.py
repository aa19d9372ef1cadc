"""What news of a handover say. What ended is told without the account's name: who was to receive
it may not see it any more."""

from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Handover
from accounts.queries.handover_words import handover_url
from people.models import User
from people.notices import Kind

HANDOVER, HANDOVER_ENDED = "handover", "handover_ended"


def _seen(user: User, ids: Collection[int]) -> dict[int, Handover]:
    rows = Handover.objects.visible_to(user)
    return rows.select_related("account", "from_user", "to_user", "made_by").in_bulk(ids)


def _own(user: User, ids: Collection[int]) -> dict[int, Handover]:
    """Whose it was; directors hear of all."""
    rows = Handover.objects.select_related("to_user", "from_user")
    if not user.is_director:
        mine = Q(to_user=user) | Q(from_user=user) | Q(made_by=user)
        rows = rows.filter(mine)
    return rows.in_bulk(ids)


def _words(row: Handover, data: dict) -> str:
    words = {
        "account": row.account, "taker": row.to_user, "giver": row.from_user or "–",
        "who": row.made_by or "–",
    }  # fmt: skip
    told = {
        "planned": _("%(account)s is to pass from %(giver)s to %(taker)s"),
        "asked": _("%(who)s proposes to hand %(account)s over to %(taker)s: agree?"),
        "agreed": _("Agreed: %(account)s may be handed over to %(taker)s"),
        "captured": _("%(account)s: what is known has been written down; read and acknowledge it"),
        "introduced": _("%(account)s: everybody of power has been introduced"),
        "joint": _("%(account)s: the joint work is done; %(taker)s may sign"),
        "accepted": _("%(taker)s has accepted %(account)s and answers for it now"),
    }
    return told.get(data.get("what", ""), told["planned"]) % words


def _ended_words(row: Handover, data: dict) -> str:
    words = {"giver": row.from_user or "–", "taker": row.to_user}
    if data.get("what") == "undone":
        return _("The handover from %(giver)s to %(taker)s was taken back") % words
    return _("The handover from %(giver)s to %(taker)s was called off") % words


def _list_url(row: Handover) -> str:
    return reverse("accounts:handover_list")


KINDS = {
    HANDOVER: Kind("arrow-left-right", _seen, _words, handover_url),
    HANDOVER_ENDED: Kind("arrow-left-right", _own, _ended_words, _list_url),
}
