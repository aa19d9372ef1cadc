"""An offer in any state."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from hiring.choices import StageKind
from hiring.commands import offer as commands
from hiring.models import Offer
from people.models import User
from tests.cast import Cast
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy


def terms(**given) -> dict:
    now = timezone.now()
    return {
        "title": "Key account manager", "grade": 2, "salary": Decimal("160000"),
        "currency": "RUB", "commission": "2 % of margin", "conditions": "",
        "starts_on": timezone.localdate() + dt.timedelta(days=20), "probation_weeks": 12,
        "expires_at": now + dt.timedelta(days=5), "language": "en", **given,
    }  # fmt: skip


def make_offer(
    cast: Cast, state: str = "draft", *, maker: User | None = None, name: str = "Jo Nowak", **given
) -> Offer:
    """Made by Rita, decided by Dora."""
    vacancy = given.pop("vacancy", None) or make_vacancy("KAM", recruiter=cast.rita)
    candidate = make_candidate(name, language=given.get("language", "en"))
    add_reach(candidate, f"jo{candidate.pk}@example.org")
    row = make_candidacy(
        vacancy, candidate, stage=StageKind.DECISION, shortlisted_at=timezone.now()
    )
    maker = maker or cast.rita
    offer = commands.draft_offer(actor=maker, candidacy_id=row.pk, **terms(**given))
    if state == "draft":
        return offer
    offer = commands.propose_offer(actor=maker, offer_id=offer.pk)
    if state == "proposed":
        return offer
    offer = commands.approve_offer(actor=cast.dora, offer_id=offer.pk)
    if state == "approved":
        return offer
    return commands.send_offer(actor=cast.rita, offer_id=offer.pk)
