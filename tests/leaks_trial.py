"""A trial of Kim's with all its words, papers and an account of hers; told to who may not know."""

import datetime as dt
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Account
from hiring.models import EvidenceFile, Probation
from hiring.queries import probation_notices as notices
from people import commands
from people.models import User, company_day
from tests.cast import LONG_AGO

TOLD = (notices.STARTED, notices.WEEK_DUE, notices.EVIDENCE, notices.ENDING)


def plant_trial(account: Account, owner: User, mark: str, *, whole: bool = True) -> None:
    """Led and mentored by the director; not `whole`: without what recruiters may read, too."""
    director, now = User.objects.get(name="Dora"), timezone.now()
    plan = f"{mark}-plan" if whole else "plan"
    trial, made = Probation.objects.get_or_create(
        user=owner,
        defaults={
            "state": "running", "grade": 2, "country": "EE", "starts_on": LONG_AGO,
            "ends_on": company_day(), "lead": director, "mentor": director,
            "criteria": plan, "reasons": plan,
            "extensions": [{"from": "2020-01-01", "to": "2020-02-01", "reasons": plan}],
        },
    )  # fmt: skip
    given = trial.accounts.filter(matched_to=None).first()
    trial.accounts.create(account=account, matched_to=given, left_why=f"{mark}-left")
    if not made:
        return
    goal = trial.goals.create(kind="free", title=plan, judged=False, judged_note=plan)
    trial.check_ins.create(
        week=1, due_on=LONG_AGO, state="held", held_on=LONG_AGO, newcomer_words=f"{mark}-own",
        mentor_words=f"{mark}-mentor", lead_words=f"{mark}-lead", agreed=f"{mark}-agreed",
        seen_at=now,
    )  # fmt: skip
    note = trial.evidence.create(kind="fault", on=LONG_AGO, text=f"{mark}-seen", goal=goal)
    file = EvidenceFile(evidence=note, name=f"{mark}.txt", content_type="text/plain", size=1)
    file.content.save("", ContentFile(mark.encode()), save=False)
    file.save()
    for user in User.objects.filter(name__in=("Karl", "Anna", "Ivan", "Adam", "Sam")):
        for kind in TOLD:
            commands.tell(user=user, kind=kind, target=trial, cause=f"{kind}:{trial.pk}")


def plant_control(account: Account, figure: int) -> None:
    """Held against an account of Karl's own trial, of which he knows the accounts given."""
    karl, start = User.objects.get(name="Karl"), company_day() - dt.timedelta(days=7)
    trial, _made = Probation.objects.get_or_create(
        user=karl,
        defaults={
            "state": "running", "grade": 2, "country": "EE", "starts_on": start,
            "ends_on": start + dt.timedelta(days=28), "lead": User.objects.get(name="Dora"),
        },
    )  # fmt: skip
    known = Account.objects.filter(owner=karl).first()
    given, _made = trial.accounts.get_or_create(account=known, matched_to=None)
    baselines = {"baseline": Decimal(figure), "before": Decimal(figure)}
    trial.accounts.create(account=account, matched_to=given, distance=0.5, **baselines)
