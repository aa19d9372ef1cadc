"""What is under a director's personal control: since when, last contact, what is due."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from accounts.choices import TaskState
from accounts.models import AccountRhythm, Control, Handover, Task
from accounts.models.handover import BEFORE_ACCEPTANCE
from accounts.rules import control as rules
from people.models import User, company_day, company_zone

MOST = 200


@dataclass(frozen=True)
class ControlLine:
    control: Control
    today: dt.date
    last_on: dt.date | None
    call: Task | None
    called_on: dt.date | None
    handover: Handover | None

    @property
    def week(self) -> int:
        return rules.week_of(self.control.valid_from, self.today)

    @property
    def weeks(self) -> int:
        return rules.week_of(self.control.valid_from, self.control.valid_to - dt.timedelta(days=1))

    @property
    def days_left(self) -> int:
        return (self.control.valid_to - self.today).days

    @property
    def first_call(self) -> dt.date:
        return rules.week_ends(self.control.valid_from, 1)

    @property
    def is_over(self) -> bool:
        """Its planned end has passed: the director still answers, and says how it goes on."""
        return self.days_left <= 0

    @property
    def is_warned(self) -> bool:
        return rules.is_warned(end=self.control.valid_to, today=self.today)

    @property
    def longest(self) -> dt.date:
        return self.control.valid_from + dt.timedelta(days=rules.LONGEST_DAYS)

    @property
    def may_prolong(self) -> bool:
        return max(self.control.valid_to, self.today) < self.longest

    @property
    def silent_days(self) -> int | None:
        return (self.today - self.last_on).days if self.last_on else None

    @property
    def is_new(self) -> bool:
        """Taken today on its own: it can be taken back."""
        return self.control.valid_from == self.today and self.control.departure_id is None


def controls(reader: User, *, ended: bool = False) -> list[ControlLine]:
    """Running ones by their end, the next first; or the newest that ended. Five queries."""
    rows = Control.objects.visible_to(reader).select_related(
        "account__score", "director", "former", "departure__user"
    )
    rows = rows.exclude(ended_at=None) if ended else rows.filter(ended_at=None)
    found = list(rows.order_by("-ended_at" if ended else "valid_to", "pk")[:MOST])
    ids = [row.account_id for row in found]
    rhythm = dict(
        AccountRhythm.objects.filter(account__in=ids).values_list("account", "last_two_way_on")
    )
    causes = {f"control:{row.pk}": row.pk for row in found}
    calls = Task.objects.open().filter(account__in=ids, cause__in=causes)
    by_control = {causes[task.cause]: task for task in calls}
    called = Task.objects.filter(account__in=ids, cause__in=causes, state=TaskState.DONE)
    done = dict(called.order_by("settled_at").values_list("cause", "settled_at"))
    live = Handover.objects.filter(account__in=ids, state__in=BEFORE_ACCEPTANCE)
    handovers = {row.account_id: row for row in live.select_related("to_user")}
    today = company_day()
    return [
        ControlLine(
            row, today, rhythm.get(row.account_id), by_control.get(row.pk),
            _day(done.get(f"control:{row.pk}")), handovers.get(row.account_id),
        )
        for row in found
    ]  # fmt: skip


def _day(moment: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(moment, company_zone()) if moment else None
