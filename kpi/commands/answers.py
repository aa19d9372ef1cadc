"""What people answer to warnings: a call planned, a known pause, lost, wrong; all with undo."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import TaskState
from accounts.commands import task as tasks
from accounts.commands.account import locked
from common import formats
from common.errors import RuleBroken
from kpi.choices import AlertEnd, AnswerVerb, LostReason, WrongReason
from kpi.commands.pause import end_pause, make_pause
from kpi.models import Alert, AlertAnswer
from people import commands as people
from people import verbs
from people.models import User, company_day

verbs.register(
    {
        "alert.planned": gettext_lazy("Call planned because of a warning"),
        "alert.pause": gettext_lazy("Warning answered: known pause"),
        "alert.lost": gettext_lazy("Warning answered: the customer is lost"),
        "alert.wrong": gettext_lazy("Warning called wrong"),
        "alert.undone": gettext_lazy("Answer to a warning taken back"),
    }
)
SAID = {
    AnswerVerb.PLANNED: gettext_lazy("%(name)s has planned a call for %(day)s. Nothing changed."),
    AnswerVerb.PAUSE: gettext_lazy("%(name)s knows of a pause until %(day)s. Nothing changed."),
    AnswerVerb.LOST: gettext_lazy("%(name)s has said that the customer is lost. Nothing changed."),
    AnswerVerb.WRONG: gettext_lazy("%(name)s has called this warning wrong. Nothing changed."),
}


@transaction.atomic
def plan_call(*, actor: User, alert_id: int, on: dt.date, seen: int = 0) -> AlertAnswer:
    """A task for the owner; the account leaves the inbox until that day. `seen`: see _locked."""
    alert = _locked(actor, alert_id, seen)
    if on < company_day():
        raise RuleBroken(_("Choose today or a later day."))
    account = alert.account
    task = tasks.create_task(
        actor=actor, account_id=account.pk, due=on, cause=f"alert:{alert.pk}",
        owner=account.owner or actor,
        title=_("Call %(account)s: warned") % {"account": account.name},
    )  # fmt: skip
    return _answer(alert, actor, AnswerVerb.PLANNED, until=on, task=task)


@transaction.atomic
def know_pause(
    *, actor: User, alert_id: int, day: dt.date, until: dt.date, reason: str, seen: int = 0
) -> AlertAnswer:
    """From `day` until `until`, the first day on which an order is expected again."""
    alert = _locked(actor, alert_id, seen)
    pause = make_pause(alert.account, actor=actor, day=day, until=until, reason=reason)
    answer = _answer(
        alert, actor, AnswerVerb.PAUSE, until=until, note=pause.reason, pause=pause
    )  # fmt: skip
    _end(_open_of(alert), answer, day, AlertEnd.PAUSED)
    return answer


@transaction.atomic
def call_lost(
    *, actor: User, alert_id: int, day: dt.date, reason: str, note: str = "", seen: int = 0
) -> AlertAnswer:
    """All its warnings end, and none is raised again before it orders."""
    alert = _locked(actor, alert_id, seen)
    if reason not in LostReason.values:
        raise RuleBroken(_("Say why the customer is lost."))
    answer = _answer(alert, actor, AnswerVerb.LOST, reason=reason, note=_short(note))
    _end(_open_of(alert), answer, day, AlertEnd.ANSWERED)
    return answer


@transaction.atomic
def call_wrong(
    *, actor: User, alert_id: int, day: dt.date, reason: str, note: str = "", seen: int = 0
) -> AlertAnswer:
    """This warning ends and is counted in the record as called wrong; other causes stay."""
    alert = _locked(actor, alert_id, seen)
    if reason not in WrongReason.values:
        raise RuleBroken(_("Say what is wrong with it."))
    if reason == WrongReason.OTHER and not _short(note):
        raise RuleBroken(_("Write what is wrong with it."))
    answer = _answer(alert, actor, AnswerVerb.WRONG, reason=reason, note=_short(note))
    _end(Alert.objects.filter(pk=alert.pk), answer, day, AlertEnd.ANSWERED)
    return answer


@transaction.atomic
def undo_answer(*, actor: User, answer_id: int) -> AlertAnswer:
    """Take it back with what it caused. AlertAnswer.DoesNotExist when it is not theirs to see."""
    alerts = Alert.objects.editable_by(actor).values("pk")
    rows = AlertAnswer.objects.select_for_update(of=("self",)).filter(alert__in=alerts)
    answer = rows.select_related("alert__account", "pause", "task").get(pk=answer_id)
    if actor.pk != answer.actor_id and not actor.is_director:
        raise RuleBroken(_("Only who answered, or a director, takes an answer back."))
    if answer.undone_at is not None:
        raise RuleBroken(_("This answer has been taken back already."))
    answer.undone_at = timezone.now()
    answer.save(update_fields=["undone_at"])
    if answer.pause is not None:
        end_pause(answer.pause)
    if answer.task is not None and answer.task.state == TaskState.OPEN:
        tasks.drop_task(actor=actor, task_id=answer.task_id)
    _open_again(answer)
    people.record(actor=actor, verb="alert.undone", target=answer.alert.account, answer=answer.pk)
    return answer


def _locked(actor: User, alert_id: int, seen: int) -> Alert:
    """The warning, its account locked first. `seen`: the answer that its page showed, 0 for none;
    a newer one refuses."""
    account = Alert.objects.editable_by(actor).get(pk=alert_id).account_id
    locked(account, actor=actor)
    rows = Alert.objects.select_for_update(of=("self",))
    alert = rows.select_related("account__owner").get(pk=alert_id)
    last = alert.answers.valid().select_related("actor").first()
    if last is not None and last.pk != seen:
        raise RuleBroken(told(last))
    if alert.cleared_on is not None:
        words = _("This warning has ended: %(why)s. Nothing was changed.")
        raise RuleBroken(words % {"why": alert.get_why_display()})
    return alert


def told(answer: AlertAnswer) -> str:
    """What the first of two people did, for the second."""
    name = answer.actor.name if answer.actor else _("Somebody")
    day = formats.day(answer.until) if answer.until else ""
    return str(SAID[AnswerVerb(answer.verb)]) % {"name": name, "day": day}


def _answer(alert: Alert, actor: User, verb: str, **fields) -> AlertAnswer:
    answer = AlertAnswer.objects.create(alert=alert, actor=actor, verb=verb, **fields)
    people.record(
        actor=actor, verb=f"alert.{verb}", target=alert.account, answer=answer.pk,
        cause=alert.cause, reason=answer.reason,
    )  # fmt: skip
    return answer


def _open_of(alert: Alert) -> QuerySet[Alert]:
    return Alert.objects.open().filter(account=alert.account_id)


def _end(rows: QuerySet[Alert], answer: AlertAnswer, day: dt.date, why: str) -> None:
    rows.update(cleared_on=day, why=why, answer=answer)


def _open_again(answer: AlertAnswer) -> None:
    """Those it ended, but for causes that have been raised anew meanwhile."""
    account = answer.alert.account_id
    anew = Alert.objects.open().filter(account=account).values_list("cause", flat=True)
    rows = Alert.objects.filter(answer=answer).exclude(cause__in=list(anew))
    rows.update(cleared_on=None, why="", answer=None)


def _short(note: str) -> str:
    return " ".join(note.replace("\x00", "").split())[:400]
