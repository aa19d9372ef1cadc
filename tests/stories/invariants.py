"""What holds on every day of every company: nobody is orphaned, no right outlives its reason.

Each function says in sentences what does not hold, reading plain rows: it asks none of the queries
and rules it judges, except where those are what it is about.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q, Sum
from django.utils import timezone

from accounts.models import (
    AccountDay,
    AccountScore,
    Assignment,
    CareSettings,
    Control,
    Cover,
    GateOverride,
    Handover,
    HandoverPlan,
    ManagerDay,
    Promise,
    Task,
    TouchpointColleague,
)
from accounts.queries.load import loads
from common.dates import year_before
from hiring.models import Probation
from kpi.queries.attribution import by_manager
from kpi.queries.attribution.period import Period
from kpi.rules.attribution import View
from people.models import Absence, Departure, Employment, User, company_day

BEFORE = ("planned", "captured", "introduced", "joint")
UNDONE_BY = dt.timedelta(days=2, hours=12)
SHUT = ("closed", "merged")


def broken() -> list[str]:
    """Everything that does not hold at this moment; the clock is the caller's."""
    checks = (owners, histories, deputies, ends, leavers, handovers, controls, trials)
    return [sentence for check in checks for sentence in check()]


def _today() -> list[Assignment]:
    rows = Assignment.objects.on(company_day()).select_related("user", "account")
    return list(rows.order_by("account", "pk"))


def owners() -> Iterator[str]:
    """A key account has one owner, in service, whom the gate lets; nobody gone owns anything."""
    now, found = timezone.now(), defaultdict(list)
    for row in _today():
        if row.role == "owner" and (row.expires_at is None or row.expires_at > now):
            found[row.account_id].append(row)
    keys = AccountScore.objects.filter(is_key=True).exclude(account__status__in=SHUT)
    keys = set(keys.values_list("account", flat=True))
    through = set(
        GateOverride.objects.filter(valid_from__lte=now, valid_until__gt=now)
        .filter(Q(ended_at=None) | Q(ended_at__gt=now)).values_list("account", "user")
    )  # fmt: skip
    company = CareSettings.current().key_grade
    grades = {row.user_id: row for row in Employment.objects.on(company_day())}
    roles = {user.pk: user.roles for user in User.objects.prefetch_related("role_grants")}
    for pk in sorted(keys | set(found)):
        rows = found[pk]
        if len(rows) > 1 or (not rows and pk in keys):
            yield f"account {pk} has {len(rows)} owners (key: {pk in keys})"
            continue
        row = rows[0]
        if row.account.owner_id != row.user_id:
            yield f"{row.account}: the list says {row.account.owner_id}, the row {row.user_id}"
        if not row.user.is_active or not {"kam", "director"} & roles[row.user_id]:
            yield f"{row.account} is owned by {row.user}, who does not sell here any more"
        if pk not in keys or "director" in roles[row.user_id] or (pk, row.user_id) in through:
            continue
        standing, needed = grades.get(row.user_id), row.account.grade_needed or company
        if standing is None or standing.on_probation or (standing.grade or 0) < needed:
            yield f"{row.account} is key and {row.user} may not own it: {standing}"


def histories() -> Iterator[str]:
    """Never two owners a day, back to the beginning."""
    last: dict[int, object] = {}
    rows = Assignment.objects.filter(role="owner").order_by("account", "valid_from", "pk")
    for pk, start, end in rows.values_list("account", "valid_from", "valid_to"):
        if pk in last and (last[pk] is None or start < last[pk]):
            yield f"account {pk} had two owners on {start}"
        last[pk] = end


def deputies() -> Iterator[str]:
    """Who stands in does so for a reason that holds today."""
    today = company_day()
    reasons = set()
    for row in Handover.objects.filter(state__in=BEFORE):
        reasons.add((row.account_id, row.to_user_id))
    for row in Handover.objects.filter(state__in=("watch", "closed"), watch_until__gt=today):
        reasons.add((row.account_id, row.from_user_id))
    covers = Cover.objects.filter(state="agreed").select_related("absence")
    for row in covers.filter(absence__cancelled_at=None):
        if row.absence.valid_from <= today < row.absence.valid_to:
            reasons.add((row.account_id, row.substitute_id))
    for row in _today():
        if row.role == "deputy" and (row.account_id, row.user_id) not in reasons:
            yield f"{row.user} stands in at {row.account} without a reason ({row.reason})"


def ends() -> Iterator[str]:
    """What carries an end carries the right one."""
    today, now = company_day(), timezone.now()
    for row in _today():
        if row.expires_at is not None and row.expires_at <= now:
            yield f"{row} stands though its override ended"
    for row in Cover.objects.exclude(assignment=None).select_related("assignment", "absence"):
        over = row.assignment.valid_to is not None and row.assignment.valid_to <= today
        if row.state == "agreed" and row.assignment.valid_to != row.absence.valid_to:
            yield f"cover {row.pk} ends on {row.assignment.valid_to}, not {row.absence.valid_to}"
        if row.state in ("ended", "cancelled") and not over:
            yield f"cover {row.pk} is {row.state} and its right goes on"
    for row in Cover.objects.filter(state="agreed").select_related("absence"):
        if row.absence.valid_to <= today or row.absence.cancelled_at is not None:
            yield f"cover {row.pk} goes on after its absence"


def leavers() -> Iterator[str]:
    """Nothing that is open belongs to somebody whose sign-in is closed."""
    today = company_day()
    gone = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
    since = timezone.now() - UNDONE_BY  # what a night settles once nobody takes the leaving back
    lately = set(Departure.objects.filter(closed_at__gt=since).values_list("user", flat=True))
    open_rows = Assignment.objects.exclude(valid_to__lte=today)
    for name, rows in {
        "answers": open_rows.filter(user__in=gone).exclude(account__status__in=SHUT),
        "task": Task.objects.open().filter(owner__in=gone),
        "promise": Promise.objects.open().filter(colleague__in=gone),
        "meeting": TouchpointColleague.objects.filter(
            touchpoint__state="planned", colleague__in=gone
        ),
        "stands in": Cover.objects.filter(substitute__in=gone, state__in=("proposed", "agreed")),
        "away": Absence.objects.live().filter(user__in=gone, valid_from__gt=today),
        "plan": HandoverPlan.objects.filter(to_user__in=gone, closed_at=None),
        "control": Control.objects.filter(director__in=gone, ended_at=None),
        "let through": GateOverride.objects.at(timezone.now()).filter(user__in=gone),
        "trial": Probation.objects.open().filter(user__in=gone - lately),
        "watch": Handover.objects.filter(state="watch", to_user__in=gone - lately),
    }.items():
        for row in rows:
            yield f"{name} of somebody who left: {row.pk} {row}"


def handovers() -> Iterator[str]:
    """Whatever is on the road has an owner and a taker in service; who took it has it."""
    rows = Handover.objects.filter(state__in=(*BEFORE, "watch"))
    for row in rows.select_related("account", "to_user"):
        today = row.account.assignments.owners().today().select_related("user").first()
        if today is None or not today.user.is_active:
            yield f"{row} ({row.state}) has no owner in service"
        if row.state in BEFORE and not (row.to_user.is_active and row.to_user.sells):
            yield f"{row} ({row.state}) goes to somebody who left"


def controls() -> Iterator[str]:
    """A director under whose control an account is owns it."""
    for row in Control.objects.filter(ended_at=None).select_related("account"):
        owner = row.account.assignments.owners().today().values_list("user", flat=True).first()
        if owner != row.director_id:
            yield f"{row}: owned by {owner}"


def trials() -> Iterator[str]:
    """Who is on trial is on probation, and owns what was given and has not left."""
    today = company_day()
    for row in Probation.objects.filter(state="running"):
        if not Employment.objects.on(today).filter(user=row.user_id, on_probation=True).exists():
            yield f"{row} runs without being on probation"
    for row in Probation.objects.filter(state="passed"):
        since = row.decided_at.date()
        late = Employment.objects.on(today).filter(user=row.user_id, on_probation=True)
        if late.filter(valid_from__lte=since).exists():
            yield f"{row} is passed and {row.user} still on probation"


def money() -> Iterator[str]:
    """Every view of whose money it is adds up to the company's."""
    today = company_day()
    director = User.objects.active().filter(role_grants__role="director").first()
    for first in (year_before(today), today.replace(day=1)):
        ledger = AccountDay.objects.filter(day__range=(first, today)).aggregate(net=Sum("net"))
        found = by_manager(director, Period("", first, today), View.INVOICE)
        sums = [sum(column) for column in zip(*(row.views for row in found.rows), strict=True)]
        if {*sums, *found.total.views, found.total.net} - {ledger["net"] or 0}:
            yield f"since {first}: {sums} of {ledger['net']}"


def night() -> Iterator[str]:
    """The night has reckoned everybody who sells, on the day itself."""
    today = company_day()
    selling = User.objects.active().filter(role_grants__role="kam")
    ids = set(selling.values_list("pk", flat=True))
    ids |= set(Assignment.objects.owners().today().values_list("user", flat=True))
    known = set(ManagerDay.objects.filter(day=today).values_list("user", flat=True))
    for pk in ids - known:
        yield f"nothing was reckoned for {pk} on {today}"
    for pk, row in loads(ids, today).items():
        if not (row.load.hours >= 0 and row.load.capacity >= 0):
            yield f"the load of {pk} is {row.load}"
