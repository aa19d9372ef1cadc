"""Letters, a watch, answers, a plan, somebody standing in and personal control of a foreign
account, each with a mark of its own."""

from django.utils import timezone

from accounts.commands.pulse import ask_pulse
from accounts.models import Account, Control, Cover, HandoverPlan, Pulse
from people.models import User, company_day
from tests.care import in_days, make_absence
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
    plant_covers(account, owner, mark)


def plant_covers(account: Account, owner: User, mark: str) -> None:
    """One that runs, one that is over with what was said, one that Karl declined and one that he
    handed back; and personal control."""
    director, karl = User.objects.get(name="Dora"), User.objects.get(name="Karl")
    texts = {"account": account, "brief": f"{mark}-brief", "words": f"{mark}-words"}
    over = {"state": "ended", "handed_back_at": timezone.now(), "summary": {"touchpoints": 3}}
    running = make_absence(owner, -2, 9, note=f"{mark}-away")
    Cover.objects.create(absence=running, substitute=director, state="agreed", **texts)
    Cover.objects.create(absence=running, substitute=karl, state="cancelled", **texts)
    for days, user in ((40, director), (80, karl)):
        absence = make_absence(owner, -days, 10 - days, note=f"{mark}-was-away")
        Cover.objects.create(absence=absence, substitute=user, **over, **texts)
    Control.objects.create(
        account=account, director=director, former=owner, reason=f"{mark}-reason",
        valid_from=in_days(-3), valid_to=in_days(40),
    )  # fmt: skip
