from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kpi.queries import palette as queries
from kpi.views.search import typed


@login_required
@require_safe
def palette(request: HttpRequest) -> HttpResponse:
    """The part of the palette that the server knows; pages come from the shell."""
    text = typed(request)
    groups = queries.palette(request.user, text)
    return render(request, "_palette.html", {"groups": groups, "text": text})
