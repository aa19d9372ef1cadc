"""/c/<token>/: the candidate's own page. Opening it changes nothing; every act is a POST."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hiring.models import Candidate
from hiring.queries import own as queries
from hiring.views.own_link import own


@require_safe
@own
def own_page(request: HttpRequest, candidate: Candidate, token: str) -> HttpResponse:
    context = {
        "candidate": candidate,
        "token": token,
        "parts": queries.parts_of(candidate, timezone.now()),
    }
    return render(request, "hiring/own/page.html", context)
