"""Answers that belong to no app: whether we are well, and pages for what went wrong."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common import doctor
from common.uploads import UploadTooBig


@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """The process answers. It looks at nothing else, so that a slow database restarts nobody."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Everything it needs, part by part, without figures: anybody may read this."""
    parts = doctor.readiness()
    return JsonResponse(
        {"ready": all(parts.values()), "parts": parts}, status=200 if all(parts.values()) else 503
    )


def error_page(request: HttpRequest, *, code: int, title: str, words: str) -> HttpResponse:
    """Rendered without context processors: they may need what has just failed."""
    context = {
        "code": code,
        "title": title,
        "words": words,
        "request_id": getattr(request, "id", ""),
    }
    return HttpResponse(loader.render_to_string("errors/page.html", context), status=code)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, UploadTooBig):
        return error_page(
            request,
            code=413,
            title=_("This file is too large"),
            words=_("Split it, or compress it with gzip, and send it again. Nothing was saved."),
        )
    return error_page(
        request,
        code=400,
        title=_("This request could not be read"),
        words=_("Go back, reload the page and try again. Nothing was saved."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        code=403,
        title=_("This is not open to you"),
        words=_("Your role does not include it. An administrator can change your roles."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(
        request,
        code=403,
        title=_("The page had expired"),
        words=_("Go back, reload it and send it again. Nothing was saved."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(
        request,
        code=404,
        title=_("There is nothing here"),
        words=_("The address may be wrong, or what it showed is not open to you."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(
        request,
        code=500,
        title=_("Something failed on our side"),
        words=_("It has been recorded. Try again; if it stays, quote the number below."),
    )
