"""A place nobody by name holds is a task: find out who does, with an owner and a date."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import AssignmentRole
from accounts.commands.task import complete_task, create_task
from accounts.models import Account, ContactRole, Task
from accounts.queries.people import HOLE
from people.models import User, company_day

DAYS = 7


@transaction.atomic
def ask_for_hole(
    *, actor: User, account_id: int, role: ContactRole, due: dt.date | None = None
) -> Task:
    """The task to find out who holds the role: the account's owner's, due in a week.

    One that is open already is returned instead.
    """
    account = Account.objects.editable_by(actor).get(pk=account_id)
    owners = account.assignments.filter(role=AssignmentRole.OWNER).on(company_day())
    owner = owners.select_related("user").first()
    return create_task(
        actor=actor,
        title=_("Find out: %(role)s") % {"role": role.name},
        owner=owner.user if owner and owner.user.is_active else actor,
        account_id=account_id,
        due=due or timezone.localdate() + dt.timedelta(days=DAYS),
        cause=f"{HOLE}{role.code}",
    )


def settle_hole(*, actor: User, account: Account, role: ContactRole | None, name: str) -> None:
    """Somebody by name holds the role now: the task to find them is done."""
    if role is None or not name:
        return
    for task in Task.objects.open().filter(account=account, cause=f"{HOLE}{role.code}"):
        complete_task(actor=actor, task_id=task.pk, outcome=name)
