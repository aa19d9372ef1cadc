from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpi.queries import palette as queries


@login_required
@require_safe
def palette(request: HttpRequest) -> HttpResponse:
    """The part of the palette that the server knows; pages come from the shell."""
    groups = queries.palette(request.user, request.GET.get("q", "").replace("\x00", "")[:100])
    return render(request, "_palette.html", {"groups": groups})
