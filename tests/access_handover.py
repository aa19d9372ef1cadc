"""Handovers that addresses are about: of one account to the director, who sees all anyway."""

from itertools import count

from accounts.commands import handover as commands
from accounts.commands.handover_question import install_questions
from accounts.models import Handover, HandoverQuestion, Promise, Task
from people.models import User, company_day
from tests.cast import LONG_AGO, Cast, make_account

numbers = count(1)


def _made(cast: Cast, owner: User) -> Handover:
    account = make_account(f"Handover access {next(numbers)}", owner=owner)
    taker = cast.dora if owner != cast.dora else cast.lena
    return commands.plan_handover(
        actor=cast.dora, account_id=account.pk, to_user=taker, cause="other",
        planned_for=company_day(),
    )  # fmt: skip


def handover(cast: Cast, owner: User) -> dict:
    return {"pk": _made(cast, owner).pk}


def handover_item(cast: Cast, owner: User) -> dict:
    made = _made(cast, owner)
    return {"pk": made.pk, "item": made.items.first().pk}


def handover_waiver(cast: Cast, owner: User) -> dict:
    made = _made(cast, owner)
    return {"pk": made.pk, "kind": "told", "number": made.items.first().pk}


def handover_promise(cast: Cast, owner: User) -> dict:
    made = _made(cast, owner)
    row = Promise.objects.create(
        account=made.account, text="Access", colleague=owner, made_on=LONG_AGO
    )
    return {"pk": made.pk, "number": row.pk}


def handover_task(cast: Cast, owner: User) -> dict:
    made = _made(cast, owner)
    row = Task.objects.create(account=made.account, title="Access", owner=owner)
    return {"pk": made.pk, "number": row.pk}


def handover_question(cast: Cast, owner: User) -> dict:
    install_questions()
    return {"pk": HandoverQuestion.objects.first().pk}


MAKERS = {
    "handover": handover,
    "handover_item": handover_item,
    "handover_promise": handover_promise,
    "handover_question": handover_question,
    "handover_task": handover_task,
    "handover_waiver": handover_waiver,
}
