"""Strategic criteria: why a customer matters beyond money, each mark with a reason and a date."""

import datetime as dt
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.commands.policy import start_recompute
from accounts.models import Account, Criterion, CriterionMark
from accounts.rules import policy as rule
from common.errors import RuleBroken
from common.starting_set import install
from people import commands as people
from people import verbs
from people.models import User

STARTING_SET = Path(__file__).parent.parent / "criteria.json"

verbs.register(
    {
        "account.marked": gettext_lazy("marked the account by a strategic criterion"),
    }
)


@transaction.atomic
def install_criteria() -> int:
    """Bring the eight criteria a company starts from; those it has keep its own words.

    Returns how many were new.
    """
    return install(Criterion, STARTING_SET)


@transaction.atomic
def mark_criterion(
    *, actor: User, account: Account, criterion: Criterion, mark: int, reason: str, day: dt.date
) -> CriterionMark:
    """Add a mark; earlier ones stay, the newest counts. RuleBroken without a right to `account`."""
    account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    allowed = Account.objects.visible_to(actor).filter(pk=account.pk).exists()
    if not (allowed and rule.may_mark(actor.roles)):
        raise RuleBroken(_("Only its manager and the sales director mark an account."))
    if not 0 <= mark < len(criterion.scale):
        raise RuleBroken(_("This mark is not on the scale. Nothing was saved."))
    if not reason.strip():
        raise RuleBroken(_("Write the reason for the mark. Nothing was saved."))
    former = account.marks.filter(criterion=criterion, day__lte=day).first()
    made = CriterionMark.objects.create(
        account=account,
        criterion=criterion,
        mark=mark,
        reason=reason.strip(),
        day=day,
        by=actor,
    )
    people.record(
        actor=actor,
        verb="account.marked",
        target=account,
        criterion=criterion.code,
        changes={"mark": [former.mark if former else None, mark]},
        reason=made.reason,
    )
    start_recompute(by=actor, day=day)
    return made
