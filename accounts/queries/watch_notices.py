"""News of accounts that changed hands: a tie that thins, an answer, a result, a plan that waits."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Handover, HandoverPlan, Pulse
from common import formats
from people import notices
from people.models import User
from people.notices import Kind

WATCH_BELOW, WATCH_RESULT = "watch_below", "watch_result"
PULSE_READY, PULSE_ANSWERED = "pulse_ready", "pulse_answered"
PLAN_WAITS = "plan_waits"


def _handovers(user: User, ids: Collection[int]) -> dict[int, Handover]:
    if not user.sells:
        return {}
    return Handover.objects.visible_to(user).select_related("account").in_bulk(ids)


def _pulses(user: User, ids: Collection[int]) -> dict[int, Pulse]:
    if not user.sells:
        return {}
    rows = Pulse.objects.visible_to(user).select_related("handover__account", "contact")
    return rows.in_bulk(ids)


def _plans(user: User, ids: Collection[int]) -> dict[int, HandoverPlan]:
    return HandoverPlan.objects.visible_to(user).select_related("to_user").in_bulk(ids)


def _watch_url(row: Handover) -> str:
    return reverse("accounts:watch_page", args=[row.account_id])


def _pulse_url(row: Pulse) -> str:
    return reverse("accounts:watch_page", args=[row.handover.account_id])


def _plan_url(row: HandoverPlan) -> str:
    return reverse("accounts:plan_page", args=[row.pk])


def _below(row: Handover, data: dict) -> str:
    words = {"account": row.account.name, "kept": formats.percent(data.get("retained"))}
    return _("%(account)s: %(kept)s of the relationship is left, less than expected") % words


def _result(row: Handover, data: dict) -> str:
    words = {"account": row.account.name, "kept": formats.percent(data.get("retained"))}
    if data.get("retained") is None:
        return _("%(account)s: the watch after the handover has ended") % words
    return _("%(account)s: the watch has ended, %(kept)s of the relationship was kept") % words


def _ready(row: Handover, data: dict) -> str:
    words = {"account": row.account.name}
    return _("%(account)s: the customer is to be asked; read the letters over") % words


def _answered(row: Pulse, data: dict) -> str:
    words = {
        "account": row.handover.account.name, "answer": row.answer,
        "who": row.contact.name if row.contact else "–",
    }  # fmt: skip
    return _("%(who)s of %(account)s answered: %(answer)s of 5") % words


def _waits(row: HandoverPlan, data: dict) -> str:
    return _("The plan for %(name)s waits for you") % {"name": row.to_user.name}


notices.register(
    {
        WATCH_BELOW: Kind("exclamation-triangle", _handovers, _below, _watch_url),
        WATCH_RESULT: Kind("flag", _handovers, _result, _watch_url),
        PULSE_READY: Kind("envelope", _handovers, _ready, _watch_url),
        PULSE_ANSWERED: Kind("chat-left-text", _pulses, _answered, _pulse_url),
        PLAN_WAITS: Kind("list-check", _plans, _waits, _plan_url),
    }
)
