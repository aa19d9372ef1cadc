"""Tasks, rhythms and news of an account of somebody else's, given and told to ex-owners too."""

from accounts.models import Account
from people import commands
from people.models import User
from tests.cast import LONG_AGO
from tests.field_tasks import make_cadence, make_rhythm, make_task


def plant_tasks(account: Account, mark: str) -> None:
    make_rhythm(account, LONG_AGO)
    make_cadence(account, 14, note=f"{mark}-rhythm")
    people = User.objects.filter(name__in=("Karl", "Anna", "Ivan"))
    for owner in (account.owner, *people):
        task = make_task(
            f"{mark}-task", owner=owner, account=account, due=LONG_AGO, note=f"{mark}-note",
            planned_on=LONG_AGO, outcome=f"{mark}-outcome",
        )  # fmt: skip
        commands.tell(user=owner, kind="task_given", target=task, cause=f"task:{task.pk}")
        commands.tell(
            user=owner, kind="account_given", target=account, cause=f"account:{account.pk}"
        )
