"""The door of every address below /c/<token>/: who it is, in their language, or nothing at all."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from common.throttle import address_of, is_over
from common.visitors import chosen_language, private
from hiring.queries.letter import language_of
from hiring.queries.link import candidate_of

# Wrong tokens an hour from one address; beyond it even a right one is not looked up.
MOST_WRONG = 30
HOUR = 3600


def own(view: Callable) -> Callable:
    """For views of (request, candidate, token, …). A link that is expired, wrong, of another
    purpose or of somebody erased is answered with one and the same 404.

    The page speaks the candidate's language or the one chosen in its menu; no account is asked.
    """

    @sensitive_post_parameters()
    @sensitive_variables("token")
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs) -> HttpResponse:
        now, key = timezone.now(), f"own-wrong:{address_of(request)}"
        stopped = is_over(key, MOST_WRONG, HOUR, count=False)
        candidate = None if stopped else candidate_of(token, now)
        if candidate is None:
            is_over(key, MOST_WRONG, HOUR)
            return private(render(request, "hiring/own/gone.html", status=404))
        language = chosen_language(request) or language_of(candidate)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = view(request, candidate, token, **kwargs)
            return private(response)

    return opened
