"""What a manager carries and keeps: accounts, load, promises, tasks, silences. Counts, no norms."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.choices import PromiseState
from accounts.models import Account, AccountScore, Promise, Task
from accounts.queries.load import LoadNow, loads
from common.dates import year_before
from kpi.models import AlertAnswer
from kpi.queries.start.risk import waiting
from kpi.queries.start.scores import past_alarm
from people.models import User, company_midnight


@dataclass(frozen=True, slots=True)
class Work:
    """`warned`: accounts that wait in the inbox; `answered`: answers of theirs in twelve months.
    Promises of ours settled in twelve months; `overdue` are open tasks past their day."""

    accounts: int
    keys: int
    silent: int
    judged: int
    warned: int
    answered: int
    load: LoadNow
    kept: int
    broken: int
    waiting: int
    overdue: int

    @property
    def promised(self) -> int:
        return self.kept + self.broken


def work_of(reader: User, manager: User, *, as_of: dt.date, today: dt.date) -> Work:
    """Of accounts the reader may open; a constant number of queries."""
    accounts = Account.objects.visible_to(reader).present().filter(owner=manager)
    scores = AccountScore.objects.filter(account__in=accounts).aggregate(
        accounts=Count("pk"),
        keys=Count("pk", filter=Q(is_key=True, counts_with=None)),
        silent=Count("pk", filter=past_alarm(as_of) & Q(counts_with=None)),
        judged=Count("pk", filter=Q(alarm_day__isnull=False, last_order__gt=year_before(as_of))),
    )
    settled = Q(settled_on__gt=year_before(today))
    promises = Promise.objects.visible_to(reader).filter(colleague=manager, is_ours=True)
    counts = promises.aggregate(
        kept=Count("pk", filter=settled & Q(state=PromiseState.KEPT), distinct=True),
        broken=Count("pk", filter=settled & Q(state=PromiseState.BROKEN), distinct=True),
        waiting=Count("pk", filter=Q(state=PromiseState.OPEN, due__lt=today), distinct=True),
    )
    warned = waiting(reader).filter(account__in=accounts).values("account").distinct().count()
    answers = AlertAnswer.objects.visible_to(reader).valid().filter(actor=manager)
    since = company_midnight(year_before(today) + dt.timedelta(days=1))
    answered = answers.filter(at__gte=since).count()
    overdue = Task.objects.visible_to(reader).overdue(today).filter(owner=manager).count()
    load = loads([manager.pk], today)[manager.pk]
    return Work(**scores, **counts, warned=warned, answered=answered, load=load, overdue=overdue)
