"""What people have said to warnings, the newest first, and the pauses that are agreed."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Account
from common import formats
from kpi.choices import AnswerVerb, LostReason, WrongReason
from kpi.models import AgreedPause, AlertAnswer
from people.models import User

MOST = 200
REMEMBERED = dt.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Answered:
    answer: AlertAnswer
    sentence: str
    may_undo: bool

    @property
    def account(self) -> Account:
        return self.answer.alert.account


@dataclass(frozen=True, slots=True)
class Paused:
    pause: AgreedPause
    may_undo: bool

    @property
    def why(self) -> str:
        return _unended(self.pause.reason)


def answered(user: User, now: dt.datetime | None = None) -> list[Answered]:
    """Of twelve months, those that were not taken back."""
    after = (now or timezone.now()) - REMEMBERED
    rows = AlertAnswer.objects.visible_to(user).valid().filter(at__gt=after)
    rows = list(rows.select_related("alert__account", "actor", "task")[:MOST])
    editable = _editable(user, {row.alert.account_id for row in rows})
    return [
        Answered(
            row, said(row),
            row.alert.account_id in editable and (user.is_director or row.actor_id == user.pk),
        )
        for row in rows
    ]  # fmt: skip


def said(answer: AlertAnswer) -> str:
    """The answer as one sentence, without who and when."""
    day = formats.day(answer.until) if answer.until else ""
    if answer.verb == AnswerVerb.PLANNED:
        return _("A call is planned for %(day)s.") % {"day": day}
    if answer.verb == AnswerVerb.PAUSE:
        return _("Known pause until %(day)s: %(why)s.") % {"day": day, "why": _unended(answer.note)}
    if answer.verb == AnswerVerb.LOST:
        words, reason = _("Lost: %(why)s."), LostReason(answer.reason).label
    else:
        words, reason = _("Wrong warning: %(why)s."), WrongReason(answer.reason).label
    return words % {"why": reason}


def _unended(reason: str) -> str:
    """What somebody wrote as a sentence, to stand within ours, which ends by itself."""
    return reason.rstrip(". ")


def paused(user: User, day: dt.date, account: Account | None = None) -> list[Paused]:
    """Pauses that hold on the day or will, the one that ends first on top."""
    rows = AgreedPause.objects.filter(undone_at=None, valid_to__gt=day)
    rows = rows.filter(account__in=Account.objects.visible_to(user))
    if account is not None:
        rows = rows.filter(account=account)
    rows = list(rows.select_related("account", "by")[:MOST])
    editable = _editable(user, {row.account_id for row in rows})
    return [Paused(row, row.account_id in editable) for row in rows]


def _editable(user: User, ids: set[int]) -> set[int]:
    rows = Account.objects.editable_by(user).filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))
