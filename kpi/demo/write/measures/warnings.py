"""What managers answered to warnings, a pause agreed beforehand, and why customers were lost."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from accounts.models import Account, AccountScore, Task
from common.errors import RuleBroken
from kpi.choices import AlertCause, AlertEnd, LostReason, WrongReason
from kpi.commands import answers
from kpi.commands.pause import agree_pause
from kpi.commands.warnings import raise_alerts
from kpi.demo.company import HANSA, MEDICA
from kpi.demo.write import World
from kpi.demo.write.past import date_back, event_of
from kpi.models import AgreedPause, Alert, AlertAnswer
from people.models import Company, Event, User, company_day

LEFT = 105  # days of silence after which nobody of the tail comes back in this story
RECENT = dt.timedelta(days=3)  # what became true since nobody has answered yet
PAUSES = (
    "Their line is being rebuilt; they begin again when it runs.",
    "Stock for two months after the autumn promotion.",
)
WRONG = (
    (WrongReason.RARER, "They order whole lorries now, once in two months."),
    (WrongReason.SEASON, "Nobody there buys before the new harvest."),
)
LOST = (
    (LostReason.PRICE, "Twelve per cent below ours, for two years."),
    (LostReason.CLOSED, ""),
    (LostReason.RANGE, "Wanted recycled film, which we did not have then."),
    (LostReason.UNKNOWN, "Three calls and a letter, no answer."),
    (LostReason.SERVICE, "Three late deliveries in one summer."),
    (LostReason.PRICE, ""),
    (LostReason.OWN, "Prints and cuts its own cartons now."),
    (LostReason.NO_NEED, ""),
)
TENDER = (LostReason.PRICE, "The tender went to a cheaper offer, for three years.")


@transaction.atomic
def write_warnings(world: World) -> None:
    """Once health is known: the warnings of the day, and what has been said to some of them."""
    raise_alerts(day=world.today)
    with translation.override(Company.current().language):
        _call_lost(world)
        _answer(world)
        _agree(world)
    world.say(f"{Alert.objects.count()} warnings, {AlertAnswer.objects.count()} answers")


def _call_lost(world: World) -> None:
    """Who has been silent for long; nobody recorded why one in five of them left."""
    rows = Alert.objects.filter(cause=AlertCause.RHYTHM, since__lte=world.day(LEFT))
    rows = rows.filter(why__in=("", AlertEnd.GONE)).exclude(red_on=None)
    rng = world.rng(41)
    place = 0
    for alert in rows.select_related("account__owner").order_by("since", "pk"):
        named = alert.account.name == MEDICA
        ago = (world.today - alert.red_on).days - int(rng.integers(20, 60))
        if not named and (ago < 2 or rng.random() < 1 / 5):
            continue
        reason, note = TENDER if named else LOST[place % len(LOST)]
        place += not named
        _lost(world, alert, max(ago, 1), reason, note)


def _lost(world: World, alert: Alert, ago: int, reason: str, note: str) -> None:
    """Written as of its day: the command answers open warnings of today only."""
    actor, moment = _manager(world, alert.account), world.at(ago, 15)
    answer = AlertAnswer.objects.create(
        alert=alert, actor=actor, verb="lost", reason=reason, note=note, at=moment
    )
    open_ones = Alert.objects.open().filter(account=alert.account).values_list("pk", flat=True)
    ended = Alert.objects.filter(Q(pk=alert.pk) | Q(pk__in=list(open_ones)))
    ended.update(cleared_on=world.day(ago), why=AlertEnd.ANSWERED, answer=answer)
    data = {"answer": answer.pk, "cause": alert.cause, "reason": reason}
    Event.objects.bulk_create([event_of(actor, "alert.lost", alert.account, moment, data)])


def _answer(world: World) -> None:
    """Every second of those with the most at stake, the one the story is about left open."""
    rows = Alert.objects.open().filter(cause=AlertCause.RHYTHM, raised_on__lte=world.today - RECENT)
    rows = rows.exclude(account__name=HANSA).exclude(account__owner=None)
    found = list(rows.select_related("account__owner").order_by("-stake", "pk")[:10:2])
    for number, alert in enumerate(found):
        actor = _manager(world, alert.account)
        (_plan, _pause, _wrong)[number % 3](world, actor, alert, number)


def _plan(world: World, actor: User, alert: Alert, number: int) -> None:
    day = max(world.day(-2 - number), company_day())
    answer = answers.plan_call(actor=actor, alert_id=alert.pk, on=day)
    moment = _dated(world, answer, alert, number)
    Task.objects.filter(pk=answer.task_id).update(created_at=moment)
    date_back(answer.task, moment, verb="task.created")


def _pause(world: World, actor: User, alert: Alert, number: int) -> None:
    answer = answers.know_pause(
        actor=actor, alert_id=alert.pk, day=world.today, until=world.day(-45 - number),
        reason=PAUSES[0],
    )  # fmt: skip
    moment = _dated(world, answer, alert, number)
    _begun(answer.pause, moment)


def _wrong(world: World, actor: User, alert: Alert, number: int) -> None:
    reason, note = WRONG[number // 3 % len(WRONG)]
    answer = answers.call_wrong(
        actor=actor, alert_id=alert.pk, day=world.today, reason=reason, note=note
    )
    _dated(world, answer, alert, number)


def _dated(world: World, answer: AlertAnswer, alert: Alert, number: int) -> dt.datetime:
    """Some day since it became true, at most a week ago."""
    ago = min(1 + 2 * number, (world.today - alert.raised_on).days)
    moment = world.at(ago, 11, 7 * number)
    AlertAnswer.objects.filter(pk=answer.pk).update(at=moment)
    Alert.objects.filter(answer=answer).update(cleared_on=moment.date())
    date_back(alert.account, moment, verb=f"alert.{answer.verb}")
    return moment


def _begun(pause: AgreedPause, moment: dt.datetime) -> None:
    AgreedPause.objects.filter(pk=pause.pk).update(valid_from=moment.date(), made_at=moment)
    date_back(pause.account, moment, verb="pause.agreed")


def _agree(world: World) -> None:
    """One customer told beforehand that it will order nothing for a while."""
    rows = AccountScore.objects.filter(counts_with=None, account__owner__isnull=False)
    rows = rows.filter(amber_day__gt=world.today, account__alerts=None, is_key=False)
    score = rows.select_related("account__owner").order_by("-revenue", "account").first()
    if score is None:
        return
    try:
        pause = agree_pause(
            actor=score.account.owner, account_id=score.account_id, day=world.today,
            until=world.day(-50), reason=PAUSES[1],
        )  # fmt: skip
    except (RuleBroken, Account.DoesNotExist):
        return
    _begun(pause, world.at(6, 10))


def _manager(world: World, account: Account) -> User:
    return account.owner or world.users["marina_sokolova"]
