"""The link at the foot of a letter. Opening it changes nothing; one press or one POST does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hiring.commands import letter_stop as commands
from hiring.queries import letter as queries


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the link is the right to do it
@require_http_methods(["GET", "HEAD", "POST"])
def letters_stop(request: HttpRequest, token: str) -> HttpResponse:
    candidate = queries.reader_of(token, timezone.now())
    if candidate is None:
        return render(request, "hiring/letters_stop.html", {"is_gone": True}, status=404)
    if request.method == "POST":
        act = commands.want_letters_again if "again" in request.POST else commands.want_no_letters
        candidate = act(candidate_id=candidate.pk)
    with translation.override(queries.language_of(candidate)):
        context = {"is_stopped": candidate.wants_no_letters is not None}
        return render(request, "hiring/letters_stop.html", context)
