"""Vacancies, their stages, profiles and what belongs to them; hiring has no owners."""

import datetime as dt
from decimal import Decimal
from itertools import count

from hiring.models import Competency, PayBenchmark
from people.models import User
from tests.cast import Cast
from tests.recruiting import make_profile, make_vacancy

numbers = count(1)


def job_ad(cast: Cast, owner: User) -> dict:
    return {"slug": make_vacancy(recruiter=cast.rita).slug}


def hiring_stage(cast: Cast, owner: User) -> dict:
    vacancy = make_vacancy(recruiter=cast.rita)
    return {"pk": vacancy.pk, "stage": vacancy.stages.get(kind="task").pk}


def hiring_profile(cast: Cast, owner: User) -> dict:
    return {"pk": make_profile().pk}


def competency(cast: Cast, owner: User) -> dict:
    row = Competency.objects.create(code=f"access_{next(numbers)}", names={"en": "Access"})
    return {"pk": row.pk}


def benchmark(cast: Cast, owner: User) -> dict:
    row = PayBenchmark.objects.create(
        city="Kazan", employer="company", median=Decimal(1), on=dt.date(2026, 1, 1), origin="access"
    )
    return {"pk": row.pk}


MAKERS = {
    "benchmark": benchmark,
    "competency": competency,
    "hiring_profile": hiring_profile,
    "hiring_stage": hiring_stage,
    "job_ad": job_ad,
}
