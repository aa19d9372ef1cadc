"""What every answer carries, errors too: a request id, and headers that keep browsers strict."""

import logging
import re
import time
import uuid

from django.conf import settings
from django.http import Http404
from django.utils.cache import patch_vary_headers

from common import logs, views
from common.ids import LONGEST

SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET_PATHS = ("/health", "/ready", "/static/")
log = logging.getLogger("kamhub.request")


def request_id(get_response):
    """Name the request, let log lines find it, and write one line when it is answered."""

    def middleware(request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if SANE_ID.fullmatch(given) else uuid.uuid4().hex
        token = logs.current_request.set(request)
        begun = time.perf_counter()
        try:
            response = get_response(request)
            response["X-Request-ID"] = request.id
            if not request.path.startswith(QUIET_PATHS):
                milliseconds = round((time.perf_counter() - begun) * 1000)
                log.info("answered", extra={"status": response.status_code, "ms": milliseconds})
            return response
        finally:
            logs.current_request.reset(token)

    return middleware


def probes(get_response):
    """Answer /health and /ready here: the middlewares below ask the database who is reading."""
    answers = {"/health": views.health, "/ready": views.ready}

    def middleware(request):
        view = answers.get(request.path)
        return view(request) if view else get_response(request)

    return middleware


def security_headers(get_response):
    """Headers Django has no setting for."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"
        )
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # The user is looked at only where a view or middleware has already loaded it.
        user = getattr(request, "_cached_user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response:
            patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def numbers_of_rows(get_response):
    """An address with a number that no column holds names nothing; databases would fall over it."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if any(isinstance(value, int) and value >= 10**LONGEST for value in kwargs.values()):
            raise Http404

    middleware.process_view = process_view
    return middleware
