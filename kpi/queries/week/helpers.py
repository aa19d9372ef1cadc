"""What somebody of the account team, or anybody without accounts, is asked to do."""

from accounts.choices import AssignmentRole
from accounts.models import Assignment, Task
from accounts.queries.task_list import TaskRow, rows_of
from accounts.queries.tasks import in_order
from people.models import User, company_day

MOST = 30


def own_tasks(user: User) -> list[TaskRow]:
    """The reader's open tasks, the longest overdue first; of accounts the name only."""
    rows = Task.objects.visible_to(user).open().filter(owner=user)
    return rows_of(user, list(in_order(rows).select_related("owner", "account", "contact")[:MOST]))


def helped_accounts(user: User) -> list[Assignment]:
    """On whose team the reader is today, by the account's name."""
    rows = Assignment.objects.on(company_day()).filter(user=user, role=AssignmentRole.TEAM)
    return list(rows.select_related("account__owner").order_by("account__name"))
