"""Letters to customers, watches and questions that addresses are about."""

from itertools import count

from accounts.commands.customer_letter import install_customer_letters
from accounts.commands.pulse import ask_pulse
from accounts.models import CustomerLetterTemplate, HandoverPlan
from accounts.rules import pulse as rules
from common import tokens
from people.models import User, company_day
from tests.caring import make_letter, make_powerful, make_watched
from tests.cast import Cast, make_account

numbers = count(1)


def customer_letter(cast: Cast, owner: User) -> dict:
    account = make_account(f"Letter access {next(numbers)}", owner=owner)
    return {"pk": make_letter(cast.dora, account, make_powerful(account)).pk}


def watched(cast: Cast, owner: User) -> dict:
    account = make_account(f"Watch access {next(numbers)}", owner=owner)
    make_powerful(account)
    make_watched(account, owner, days_ago=10)
    return {"pk": account.pk}


def customer_template(cast: Cast, owner: User) -> dict:
    install_customer_letters()
    return {"pk": CustomerLetterTemplate.objects.first().pk}


def pulse(cast: Cast, owner: User) -> dict:
    account = make_account(f"Pulse access {next(numbers)}", owner=owner)
    make_powerful(account)
    (row,) = ask_pulse(make_watched(account, owner, days_ago=30), 30)
    return {"token": tokens.derive(rules.PURPOSE, row.seed)}


def handover_plan(cast: Cast, owner: User) -> dict:
    """For `owner`, whose own it is; begun by nobody yet."""
    row = HandoverPlan.objects.create(to_user=owner, starts_on=company_day(), made_by=cast.dora)
    account = make_account(f"Plan access {next(numbers)}", owner=cast.dora)
    row.steps.create(account=account, position=0, planned_for=company_day())
    return {"pk": row.pk}


MAKERS = {
    "handover_plan": handover_plan,
    "customer_letter": customer_letter,
    "customer_template": customer_template,
    "pulse": pulse,
    "watched": watched,
}
