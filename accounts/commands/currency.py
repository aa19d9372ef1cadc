from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import AccountDay, Rate
from common.errors import RuleBroken
from people import commands as people
from people.models import Company, User


@transaction.atomic
def change_currency(*, actor: User, currency: str) -> Company:
    """The company's currency, while nothing has been counted in it: sums are never relabelled."""
    if AccountDay.objects.exists():
        raise RuleBroken(_("The ledger is counted in this currency. Undo its imports first."))
    if Rate.objects.exists():
        raise RuleBroken(_("There are rates into this currency. Remove them first."))
    return people.change_currency(actor=actor, currency=currency)
