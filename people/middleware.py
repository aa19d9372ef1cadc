"""What each request needs to know of its reader: language, zone, limits, second factor."""

import time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from people import rules, sessions
from people.models import Company, User
from people.models.company import company_known

# Before set-up and before the second factor nothing else answers.
ALWAYS_OPEN = {"common:health", "common:ready", "people:preference_set", "account_logout"}
SET_UP_OPEN = ALWAYS_OPEN | {"people:set_up"}
FACTOR_OPEN = ALWAYS_OPEN | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
AFTER_FACTOR = "after_factor"
SEEN_EVERY = 60


def reader_locale(get_response):
    """Activate the reader's language and time zone; visitors get the cookie's or the browser's."""

    def middleware(request):
        request.company = Company.read()
        user = request.user
        language = user.language if user.is_authenticated else ""
        chosen = language or translation.get_language_from_request(request)
        translation.activate(chosen)
        request.LANGUAGE_CODE = chosen
        zone = (user.time_zone if user.is_authenticated else "") or request.company.time_zone
        timezone.activate(ZoneInfo(zone))
        with company_known(request.company):
            response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware


def first_visit(get_response):
    """While there is neither a company nor a person, every page leads to set-up."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.company.is_set_up or request.resolver_match.view_name in SET_UP_OPEN:
            return None
        return None if User.objects.exists() else redirect("people:set_up")

    middleware.process_view = process_view
    return middleware


def session_limits(get_response):
    """End sessions that are too old or were idle too long (docs/security.md)."""

    def middleware(request):
        if request.user.is_authenticated and not _still_good(request):
            logout(request)
            messages.info(request, _("You were signed out to keep your account safe."))
        response = get_response(request)
        return _reload(response) if _is_part_led_away(request, response) else response

    return middleware


def _is_part_led_away(request, response) -> bool:
    """A part of a page asked for by htmx must not be filled with the sign-in page."""
    doors = (settings.LOGIN_URL, "/me/second-factor/")
    is_led = response.status_code == 302 and response["Location"].startswith(doors)
    return is_led and request.headers.get("HX-Request") == "true"


def _reload(response) -> HttpResponse:
    whole = HttpResponse(status=204, headers={"HX-Refresh": "true"})
    whole.cookies = response.cookies
    return whole


def _still_good(request) -> bool:
    now, session = time.time(), request.session
    started, seen = session.get(sessions.STARTED), session.get(sessions.SEEN)
    if started is None or seen is None:
        sessions.begin(request)
        return True
    if rules.is_session_over(
        now=now,
        started=started,
        seen=seen,
        idle_seconds=settings.SESSION_IDLE_SECONDS,
        age_seconds=settings.SESSION_COOKIE_AGE,
    ):
        return False
    if now - seen >= SEEN_EVERY:  # not each request writes
        session[sessions.SEEN] = now
    return True


def second_factor(get_response):
    """Whose role needs a second factor and who has none reaches only the pages that make one."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if not lacks_factor(request) or request.resolver_match.view_name in FACTOR_OPEN:
            return None
        if request.method == "GET" and not request.headers.get("HX-Request"):
            request.session[AFTER_FACTOR] = request.get_full_path()
        return redirect("mfa_index")

    middleware.process_view = process_view
    return middleware


def lacks_factor(request) -> bool:
    user, company = request.user, request.company
    if settings.DEMO or not user.is_authenticated or not company.is_set_up:
        return False
    required = rules.needs_second_factor(user.roles, company.second_factor_roles)
    return required and not user.has_second_factor
