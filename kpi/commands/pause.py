"""Pauses agreed with a customer: no warning of silence is raised while one lasts."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from common.errors import RuleBroken
from kpi.choices import AlertEnd
from kpi.models import AgreedPause, Alert
from people import commands as people
from people import verbs
from people.models import User

verbs.register(
    {
        "pause.agreed": gettext_lazy("Pause in orders written down until %(until)s"),
        "pause.undone": gettext_lazy("Pause in orders taken back"),
    }
)
LONGEST = dt.timedelta(days=366)


@transaction.atomic
def agree_pause(
    *, actor: User, account_id: int, day: dt.date, until: dt.date, reason: str
) -> AgreedPause:
    """Account.DoesNotExist when it is not the actor's to change. Open warnings end for now."""
    rows = Account.objects.editable_by(actor).select_for_update(of=("self",), no_key=True)
    account = rows.get(pk=account_id)
    pause = make_pause(account, actor=actor, day=day, until=until, reason=reason)
    Alert.objects.open().filter(account=account).update(cleared_on=day, why=AlertEnd.PAUSED)
    return pause


def make_pause(
    account: Account, *, actor: User, day: dt.date, until: dt.date, reason: str
) -> AgreedPause:
    """Inside the transaction of a command that has locked what it changes."""
    reason = " ".join(reason.replace("\x00", "").split())[:200]
    if not reason:
        raise RuleBroken(_("Write why they pause; whoever reads it later was not there."))
    if not day < until <= day + LONGEST:
        raise RuleBroken(_("A pause ends after today and within a year."))
    pause = AgreedPause.objects.create(
        account=account, reason=reason, by=actor, valid_from=day, valid_to=until
    )
    people.record(
        actor=actor, verb="pause.agreed", target=account, pause=pause.pk, reason=reason,
        until=until.isoformat(),
    )  # fmt: skip
    return pause


@transaction.atomic
def undo_pause(*, actor: User, pause_id: int) -> AgreedPause:
    """Warnings it has silenced stand again at once; AgreedPause.DoesNotExist: not theirs."""
    accounts = Account.objects.editable_by(actor).values("pk")
    rows = AgreedPause.objects.filter(account__in=accounts).select_for_update(of=("self",))
    pause = rows.select_related("account").get(pk=pause_id)
    if pause.undone_at is not None:
        raise RuleBroken(_("This pause has been taken back already."))
    end_pause(pause)
    silenced = Alert.objects.filter(account=pause.account, why=AlertEnd.PAUSED, answer=None)
    silenced = silenced.filter(cleared_on__gte=pause.valid_from)
    silenced.exclude(cause__in=_open_causes(pause.account)).update(cleared_on=None, why="")
    people.record(actor=actor, verb="pause.undone", target=pause.account, pause=pause.pk)
    return pause


def end_pause(pause: AgreedPause) -> None:
    pause.undone_at = timezone.now()
    pause.save(update_fields=["undone_at"])


def _open_causes(account: Account) -> list[str]:
    return list(Alert.objects.open().filter(account=account).values_list("cause", flat=True))
