"""Pages of people without an account: their language, and that nothing of them is kept."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def chosen_language(request: HttpRequest) -> str:
    """What the language menu was last set to, if it is one of ours."""
    wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wanted if wanted in dict(settings.LANGUAGES) else ""


def private(response: HttpResponse) -> HttpResponse:
    """Neither kept by browsers and proxies, nor found by search, nor told to other sites."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    return response
