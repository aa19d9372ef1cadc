"""Personal links: from a token to the person, and from a row to its address."""

import datetime as dt

from django.conf import settings
from django.urls import reverse

from common import tokens
from hiring.models import Candidate, CandidateLink

# A token has 43 characters; what is much longer is not even looked up.
LONGEST_TOKEN = 64


def link_of(token: str, now: dt.datetime, purpose: str = "page") -> CandidateLink | None:
    """The living link this token belongs to, with its candidate."""
    if not 40 <= len(token) <= LONGEST_TOKEN or not token.isascii():
        return None
    link = (
        CandidateLink.objects.select_related("candidate")
        .filter(digest=tokens.digest(token), purpose=purpose)
        .first()
    )
    return link if link and link.is_open(now) else None


def candidate_of(token: str, now: dt.datetime, purpose: str = "page") -> Candidate | None:
    """Whose page it opens; of a row that was merged away, the one it was merged into."""
    link = link_of(token, now, purpose)
    candidate = link and link.candidate
    while candidate and candidate.merged_into_id:
        candidate = candidate.merged_into
    return candidate


def link_url(link: CandidateLink) -> str:
    """The whole address, for a letter. It is not kept anywhere."""
    return settings.BASE_URL + reverse("hiring:own_page", args=[link.token])
