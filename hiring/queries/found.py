"""Candidates as rows of the search page and of the palette: name, and where they stand."""

from urllib.parse import urlencode

from django.urls import reverse

from accounts.queries.found import Found
from common import folding
from hiring.models import Candidate
from hiring.queries.candidate_list import candidacies_beside
from hiring.queries.candidate_search import found_in
from people.models import User


def candidates_found(user: User, text: str, most: int) -> list[Found]:
    """At most so many of those the reader may open, newest first; six queries at most."""
    if not folding.words(text) or not user.is_active:
        return []
    rows = found_in(Candidate.objects.visible_to(user).present(), user, text)
    people = list(rows.order_by("-created_at", "-pk")[:most])
    beside = candidacies_beside(user, people) if people else {}
    return [
        Found(
            reverse("hiring:candidate_page", args=[one.pk]),
            one.name,
            beside[one.pk][0].vacancy.title if beside.get(one.pk) else one.city,
        )
        for one in people
    ]


def candidates_url(user: User, text: str) -> str:
    """The list with this search, for those who have a list."""
    return f"{reverse('hiring:candidate_list')}?{urlencode({'q': text})}" if user.hires else ""
