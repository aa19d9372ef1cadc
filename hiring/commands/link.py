"""The link that is a candidate's own: made for a letter, ended when it is no longer needed."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from common import tokens
from hiring.models import Candidate, CandidateLink, HiringSettings


def make_link(
    candidate: Candidate, purpose: str = "page", *, now: dt.datetime | None = None
) -> CandidateLink:
    """A new link beside those there are; it lives as long as the settings say.

    `.token` is reckoned from the row and SECRET_KEY; the row itself opens nothing.
    """
    now = now or timezone.now()
    days = HiringSettings.current().link_days
    link = CandidateLink(
        candidate=candidate, purpose=purpose, expires_at=now + dt.timedelta(days=days)
    )
    link.digest = tokens.digest(link.token)
    link.save()
    return link


@transaction.atomic
def end_links(*, candidate_id: int, now: dt.datetime | None = None) -> int:
    """Every link of this person stops opening anything; how many did."""
    rows = CandidateLink.objects.filter(candidate=candidate_id, ended_at=None)
    return rows.update(ended_at=now or timezone.now())
