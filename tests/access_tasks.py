"""Tasks that addresses are about."""

from itertools import count

from accounts.commands import task as commands
from accounts.commands import task_undo
from accounts.models import Promise
from people.models import User
from tests.cast import LONG_AGO, Cast, make_account

numbers = count(1)


def task(cast: Cast, owner: User) -> dict:
    made = make_account(f"Task access {next(numbers)}", owner=owner)
    return {"pk": _made(owner, made.pk).pk}


def _made(owner: User, account_id: int):
    return commands.create_task(actor=owner, title="Access", account_id=account_id)


def task_deed(cast: Cast, owner: User) -> dict:
    made = _made(owner, make_account(f"Task access {next(numbers)}", owner=owner).pk)
    return {"event": task_undo.last_deed(made).pk}


def task_deeds(cast: Cast, owner: User) -> dict:
    made = _made(owner, make_account(f"Task access {next(numbers)}", owner=owner).pk)
    return {"event": task_undo.complete_tasks(actor=owner, task_ids=[made.pk]).pk}


def kept_promise(cast: Cast, owner: User) -> dict:
    made = make_account(f"Promise access {next(numbers)}", owner=owner)
    row = Promise.objects.create(
        account=made, text="Access", colleague=owner, made_on=LONG_AGO, state="kept"
    )
    return {"pk": row.pk}


MAKERS = {
    "kept_promise": kept_promise,
    "task": task,
    "task_deed": task_deed,
    "task_deeds": task_deeds,
}
