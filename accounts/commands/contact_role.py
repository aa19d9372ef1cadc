"""The parts people play in a customer's decisions, and which of them a tier requires."""

import json
from pathlib import Path

from django.db import transaction

from accounts.models import ContactRole

STARTING_SET = Path(__file__).parent.parent / "contact_roles.json"


@transaction.atomic
def install_contact_roles() -> int:
    """Bring the roles a company starts from; those it has keep its own words.

    Returns how many were new.
    """
    known = set(ContactRole.objects.values_list("code", flat=True))
    rows = json.loads(STARTING_SET.read_text(encoding="utf-8"))
    fresh = [
        ContactRole(position=position, **row)
        for position, row in enumerate(rows)
        if row["code"] not in known
    ]
    ContactRole.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)
