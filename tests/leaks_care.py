"""Letters, a watch, answers and a plan of a foreign account, each with a mark of its own."""

from accounts.commands.pulse import ask_pulse
from accounts.models import Account, HandoverPlan, Pulse
from people.models import User, company_day
from tests.caring import make_letter, make_powerful, make_watched


def plant_care(account: Account, owner: User, mark: str) -> None:
    contact = make_powerful(account, f"{mark} Powerful")
    make_letter(owner, account, contact, subject=f"{mark}-subject", body=f"{mark}-letter")
    handover = make_watched(
        account, owner, days_ago=40, baseline={str(contact.pk): 50.0}, note=f"{mark}-note",
        signature=f"{mark}-signed", result={"retained": 0.5},
    )  # fmt: skip
    ask_pulse(handover, 30)
    Pulse.objects.filter(handover=handover).update(
        answer=2, comment=f"{mark}-comment", answered_at=handover.made_at
    )
    plan = HandoverPlan.objects.create(
        to_user=owner, starts_on=company_day(), note=f"{mark}-plan",
        closed_at=handover.made_at,
    )  # fmt: skip
    plan.steps.create(account=account, position=0, planned_for=company_day(), handover=handover)
