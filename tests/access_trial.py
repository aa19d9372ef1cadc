"""Probations that addresses are about: one running for each, led by who leads them."""

import datetime as dt

from django.core.files.base import ContentFile

from hiring.models import EvidenceFile, Probation
from people.models import User, company_day
from tests.cast import Cast


def made(cast: Cast, owner: User) -> Probation:
    """The director can be no newcomer: theirs is Karl's."""
    user = cast.karl if owner == cast.dora else owner
    today = company_day()
    fields = {
        "state": "running", "grade": 2, "country": "RU", "starts_on": today - dt.timedelta(days=7),
        "ends_on": today + dt.timedelta(days=7), "criteria": "As agreed",
        "lead": cast.lena if user == cast.karl else cast.dora,
    }  # fmt: skip
    return Probation.objects.get_or_create(user=user, defaults=fields)[0]


def trial(cast: Cast, owner: User) -> dict:
    return {"pk": made(cast, owner).pk}


def trial_week(cast: Cast, owner: User) -> dict:
    weeks = made(cast, owner).check_ins
    return {"pk": weeks.get_or_create(week=1, defaults={"due_on": company_day()})[0].pk}


def trial_judged(cast: Cast, owner: User) -> dict:
    return {"pk": made(cast, owner).goals.get_or_create(kind="free", title="Access")[0].pk}


def trial_paper(cast: Cast, owner: User) -> dict:
    note = made(cast, owner).evidence.create(kind="praise", on=company_day(), text="Access")
    file = EvidenceFile(evidence=note, name="a.txt", content_type="text/plain", size=1)
    file.content.save("", ContentFile(b"a"), save=False)
    file.save()
    return {"key": file.key}


MAKERS = {
    "trial": trial,
    "trial_judged": trial_judged,
    "trial_paper": trial_paper,
    "trial_week": trial_week,
}
