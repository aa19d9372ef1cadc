"""The interview kit a company starts from: questions by round and competency."""

import json
from pathlib import Path

from django.db import transaction

from hiring.models import Competency, KitQuestion

STARTING_SET = Path(__file__).parent.parent / "interview_kit.json"


@transaction.atomic
def install_kit() -> int:
    """Add the questions that are missing; a company's own words stay. How many were added.

    A question whose competency the company does not have is asked in its round all the same.
    """
    known = set(KitQuestion.objects.values_list("code", flat=True))
    competencies = {row.code: row for row in Competency.objects.all()}
    rows = json.loads(STARTING_SET.read_text(encoding="utf-8"))
    fresh = [
        KitQuestion(
            position=place,
            **{**row, "competency": competencies.get(row["competency"])},
        )
        for place, row in enumerate(rows)
        if row["code"] not in known
    ]
    KitQuestion.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
