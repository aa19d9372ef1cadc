"""Open work of somebody who leaves goes to whoever answers now; plain values to take it back."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from accounts.choices import CustomerLetterState
from accounts.commands import task as tasks
from accounts.models import (
    CustomerLetter,
    GateOverride,
    Promise,
    Task,
    Touchpoint,
    TouchpointColleague,
)
from common import jobs
from common.models import Job
from people.commands import record
from people.models import User


@dataclass
class Moved:
    """Ids of what moved: tasks and promises by whom they went to, meetings by what was done."""

    tasks: dict[str, int] = field(default_factory=dict)
    promises: dict[str, int] = field(default_factory=dict)
    meetings: dict[str, int | None] = field(default_factory=dict)
    overrides: list[int] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    jobs: int = 0


def move_work(*, user: User, heirs: dict[int, User], heir: User, actor: User | None) -> Moved:
    """What `user` was to do: of an account goes to its heir, all else to `heir`."""
    moved = Moved()
    _move_tasks(moved, user, heirs, heir, actor)
    _move_promises(moved, user, heirs, heir, actor)
    _move_meetings(moved, user, heirs, heir)
    _stop(moved, user)
    return moved


def _move_tasks(
    moved: Moved, user: User, heirs: dict[int, User], heir: User, actor: User | None
) -> None:
    rows = Task.objects.open().filter(owner=user).select_for_update(of=("self",))
    for task in rows.select_related("account", "owner").order_by("pk"):
        to = heirs.get(task.account_id, heir)
        before = {"owner": task.owner, "planned_on": task.planned_on}
        task.owner, task.planned_on = to, None
        tasks.store(
            task, actor=actor, verb="task.delegated", before=before, shown={"owner"}, name=str(to)
        )
        moved.tasks[str(task.pk)] = to.pk


def _move_promises(
    moved: Moved, user: User, heirs: dict[int, User], heir: User, actor: User | None
) -> None:
    rows = Promise.objects.open().filter(colleague=user).select_for_update(of=("self",))
    for promise in rows.order_by("pk"):
        to = heirs.get(promise.account_id, heir)
        promise.colleague = to
        promise.version += 1
        promise.save(update_fields=["colleague", "version"])
        record(
            actor=actor, verb="promise.edited", target=promise,
            changes={"colleague": [str(user), str(to)]},
        )  # fmt: skip
        moved.promises[str(promise.pk)] = to.pk


def _move_meetings(moved: Moved, user: User, heirs: dict[int, User], heir: User) -> None:
    """Planned ones: the heir takes part instead; None where the heir was to be there anyway."""
    there = TouchpointColleague.objects.filter(
        touchpoint__in=Touchpoint.objects.planned(), colleague=user
    )
    for row in there.select_related("touchpoint").order_by("pk"):
        to = heirs.get(row.touchpoint.account_id, heir)
        others = TouchpointColleague.objects.filter(touchpoint=row.touchpoint_id, colleague=to)
        if others.exists():
            row.delete()
            moved.meetings[str(row.touchpoint_id)] = None
        else:
            row.colleague = to
            row.save(update_fields=["colleague"])
            moved.meetings[str(row.touchpoint_id)] = to.pk


def _stop(moved: Moved, user: User) -> None:
    """What they let run: lists being written, letters waiting, leave to own a key account."""
    now = timezone.now()
    through = GateOverride.objects.at(now).filter(user=user)
    moved.overrides = list(through.values_list("pk", flat=True))
    GateOverride.objects.filter(pk__in=moved.overrides).update(ended_at=now)
    theirs = Q(sent_by=user) | Q(sent_by=None, written_by=user)
    queued = CustomerLetter.objects.filter(theirs, state=CustomerLetterState.QUEUED)
    moved.letters = list(queued.values_list("pk", flat=True))
    queued.update(state=CustomerLetterState.STOPPED)
    running = list(Job.objects.unfinished().filter(created_by=user).values_list("pk", flat=True))
    for pk in running:
        jobs.cancel(pk)
    moved.jobs = len(running)


def move_work_back(*, user: User, moved: dict, actor: User) -> None:
    """As far as it is still where it went; what others have taken on since stays with them."""
    for pk, to in moved["tasks"].items():
        task = Task.objects.open().filter(pk=pk, owner=to).select_related("owner").first()
        if task:
            before = {"owner": task.owner}
            task.owner = user
            tasks.store(
                task, actor=actor, verb="task.delegated", before=before, shown={"owner"},
                name=str(user),
            )  # fmt: skip
    for pk, to in moved["promises"].items():
        promise = Promise.objects.open().filter(pk=pk, colleague=to).first()
        if promise:
            promise.colleague = user
            promise.version += 1
            promise.save(update_fields=["colleague", "version"])
            record(actor=actor, verb="promise.edited", target=promise, changes={})
    planned = Touchpoint.objects.planned()
    for pk, to in moved["meetings"].items():
        touchpoint = planned.filter(pk=pk).first()
        if touchpoint:
            if to is not None:
                touchpoint.attendances.filter(colleague=to).delete()
            touchpoint.attendances.get_or_create(colleague=user)
    GateOverride.objects.filter(pk__in=moved["overrides"]).update(ended_at=None)
    letters = CustomerLetter.objects.filter(pk__in=moved["letters"])
    letters.filter(state=CustomerLetterState.STOPPED).update(state=CustomerLetterState.DRAFT)
