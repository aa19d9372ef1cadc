"""The plan of one absence, account by account; what the substitute has to do; what happened."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.choices import CoverState
from accounts.models import Account, Cover, Task, Touchpoint
from accounts.queries.meanwhile import Meanwhile, meanwhiles
from accounts.queries.substitutes import Substitute, owned_during, proposed, substitutes
from accounts.rules.cover import days_of
from people.models import Absence, User, company_day, company_midnight

LIVE = (CoverState.PROPOSED, CoverState.AGREED)
MOST = 30


@dataclass(frozen=True)
class CoverLine:
    """One account: who stands in or could. `cover` None: nobody was asked yet."""

    account: Account
    is_key: bool
    cover: Cover | None
    choices: list[Substitute]
    proposed: int | None
    may_agree: bool = False
    may_read: bool = False
    is_open: bool = False  # the reader may open the account today

    @property
    def has_begun(self) -> bool:
        return self.cover is not None and self.cover.absence.valid_from <= company_day()

    @property
    def chosen(self) -> int | None:
        return self.cover.substitute_id if self.cover else self.proposed

    @property
    def clash(self) -> int:
        """Days on which the substitute is away too."""
        found = next((one for one in self.choices if one.user.pk == self.chosen), None)
        return found.candidate.days_away if found and self.cover else 0


@dataclass(frozen=True)
class Plan:
    """What the page of an absence shows its reader."""

    absence: Absence
    reader: User
    may_plan: bool
    is_over: bool
    lines: list[CoverLine]
    ended: list[Meanwhile]
    asked_of_me: int
    duties: list["Duty"]

    @property
    def open_keys(self) -> int:
        return sum(
            line.is_key and (line.cover is None or line.cover.state != CoverState.AGREED)
            for line in self.lines
        )

    @property
    def told(self) -> list[Meanwhile]:
        """Handed back with something to tell, or with something for the reader to write."""
        mine = self.reader.pk
        return [one for one in self.ended if one.is_told or one.cover.substitute_id == mine]

    @property
    def quiet(self) -> list[Meanwhile]:
        return [one for one in self.ended if one not in self.told]

    @property
    def unasked(self) -> int:
        return sum(line.cover is None for line in self.lines)

    @property
    def waiting(self) -> int:
        return sum(
            line.cover is not None and line.cover.state == CoverState.PROPOSED
            for line in self.lines
        )

    @property
    def last_day(self) -> dt.date:
        return self.absence.valid_to - dt.timedelta(days=1)


def plan_of(absence: Absence, reader: User, *, may_plan: bool) -> Plan:
    """`may_plan` as absences.absence_for says. Others see only what they were asked for."""
    covers = absence.covers.exclude(state=CoverState.CANCELLED)
    covers = covers.select_related("account__score", "substitute", "absence__user")
    if not may_plan:
        covers = covers.filter(substitute=reader)
    found = list(covers.order_by("account__name"))
    live = {row.account_id: row for row in found if row.state in LIVE}
    is_over = days_of((absence.valid_from, absence.valid_to), company_day()) is None
    if may_plan and not is_over:
        accounts = owned_during(absence)
        choices = substitutes(absence, accounts)
    else:
        accounts, choices = [row.account for row in live.values()], {}
    ids = [account.pk for account in accounts]
    opened = set(Account.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))
    lines = [
        _line(account, live.get(account.pk), choices.get(account.pk, []), reader, opened)
        for account in accounts
    ]
    ended = meanwhiles([row for row in found if row.state == CoverState.ENDED], reader)
    asked = sum(
        line.may_agree for line in lines if line.cover and line.cover.substitute_id == reader.pk
    )
    mine = [row for row in live.values() if row.substitute_id == reader.pk]
    return Plan(
        absence, reader, may_plan, is_over, lines, ended, asked,
        duties_of(mine, reader) if mine else [],
    )  # fmt: skip


def _line(
    account: Account,
    cover: Cover | None,
    choices: list[Substitute],
    reader: User,
    opened: set[int],
) -> CoverLine:
    score = getattr(account, "score", None)
    waits = cover is not None and cover.state == CoverState.PROPOSED
    mine = cover is not None and cover.substitute_id == reader.pk
    agreed = cover is not None and cover.state == CoverState.AGREED
    return CoverLine(
        account, bool(score and score.is_key), cover, choices, proposed(choices),
        may_agree=waits and (mine or reader.is_director), may_read=not mine or agreed,
        is_open=account.pk in opened,
    )  # fmt: skip


@dataclass(frozen=True)
class Duty:
    """A task or a planned contact of who is away, within the days, for who stands in."""

    day: dt.date
    account: Account
    of: User
    words: str
    task: Task | None = None
    touchpoint: Touchpoint | None = None


def duties(reader: User, first: dt.date, last: dt.date) -> list[Duty]:
    """What the reader does for others from `first` to `last`, by day; agreed covers only, as far as
    they may open the account on the day they ask."""
    rows = Cover.objects.filter(substitute=reader, state=CoverState.AGREED)
    rows = rows.filter(absence__valid_from__lte=last, absence__valid_to__gt=first)
    found = duties_of(rows.select_related("account", "absence__user"), reader)
    return [duty for duty in found if first <= duty.day <= last]


def duties_of(covers: Iterable[Cover], reader: User) -> list[Duty]:
    """Only of agreed ones. What was late already on the first day away is due on it."""
    held = {row.account_id: row for row in covers if row.state == CoverState.AGREED}
    open_now = Account.objects.visible_to(reader).filter(pk__in=held)
    seen = {pk: held[pk] for pk in open_now.values_list("pk", flat=True)}
    if not seen:
        return []
    found = [*_tasks(seen), *_meetings(seen, reader)]
    return sorted(found, key=lambda duty: (duty.day, duty.account.name))[:MOST]


def _tasks(seen: dict[int, Cover]) -> list[Duty]:
    last = max(row.absence.valid_to for row in seen.values())
    rows = Task.objects.open().filter(account__in=seen, due__lt=last)
    found = []
    for task in rows.select_related("account").order_by("due", "pk"):
        absence = seen[task.account_id].absence
        if task.owner_id == absence.user_id and task.due < absence.valid_to:
            day = max(task.due, absence.valid_from)
            found.append(Duty(day, task.account, absence.user, task.title, task=task))
    return found


def _meetings(seen: dict[int, Cover], reader: User) -> list[Duty]:
    first = min(row.absence.valid_from for row in seen.values())
    last = max(row.absence.valid_to for row in seen.values())
    rows = Touchpoint.objects.planned().filter(
        account__in=seen, at__gte=company_midnight(first), at__lt=company_midnight(last)
    )
    found = []
    for row in rows.exclude(colleagues=reader).select_related("account").order_by("at"):
        absence, day = seen[row.account_id].absence, timezone.localdate(row.at)
        if absence.valid_from <= day < absence.valid_to:
            words = row.subject or str(row.get_channel_display())
            found.append(Duty(day, row.account, absence.user, words, touchpoint=row))
    return found
