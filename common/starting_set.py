"""Reference data a company starts from, kept in JSON files beside the commands."""

import json
from pathlib import Path

from django.db.models import Model


def install(model: type[Model], path: Path) -> int:
    """Bring the rows of the file whose code is not known yet, placed as they stand there; those the
    company has keep its own words. Returns how many were new."""
    known = set(model.objects.values_list("code", flat=True))
    rows = json.loads(path.read_text(encoding="utf-8"))
    fresh = [
        model(position=position, **row)
        for position, row in enumerate(rows)
        if row["code"] not in known
    ]
    model.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
