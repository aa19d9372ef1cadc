"""The phone log: its page, the same page empty for devices to keep, and what they need."""

import uuid
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.choices import Channel, Direction, Tone
from accounts.queries.log import log_data
from common.i18n import plural_forms
from common.offline import build
from people.guards import accounts_reader

CHANNELS = (  # in the order of the thumb: three that meet, two that write, two on the side
    (Channel.MEETING, "people"),
    (Channel.CALL, "telephone"),
    (Channel.VIDEO, "camera-video"),
    (Channel.MAIL, "envelope"),
    (Channel.MESSAGE, "chat"),
    (Channel.EVENT, "calendar-event"),
    (Channel.INFORMAL, "cup-hot"),
)
TONES = ((Tone.GOOD, "emoji-smile"), (Tone.EVEN, "emoji-neutral"), (Tone.POOR, "emoji-frown"))


def device_reader(view):
    """For scripts: 401 with the sign-in address instead of a page; others as on every page."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            door = f"{settings.LOGIN_URL}?next={reverse('accounts:log_page')}"
            return JsonResponse({"state": "signed_out", "sign_in": door}, status=401)
        return accounts_reader(view)(request, *args, **kwargs)

    return guarded


@accounts_reader
@require_safe
def log_page(request: HttpRequest) -> HttpResponse:
    """With the reader's accounts in it; without JavaScript it is a plain form for one account."""
    wanted = request.GET.get("account", "")
    data = log_data(request.user, wanted=wanted if wanted.isascii() and wanted.isdigit() else "")
    return render(request, "accounts/log_page.html", page_context(data))


@accounts_reader
@require_safe
def log_shell(request: HttpRequest) -> HttpResponse:
    """The page as devices keep it: in the reader's language and nobody's data."""
    return render(request, "accounts/log_page.html", page_context(None) | {"user": None})


def page_context(data: dict | None, **context) -> dict:
    accounts = data["accounts"] if data else []
    first = next((row for row in accounts if row["id"] == data["first"]), None) if data else None
    return {
        "data": data,
        "first": first,
        "key": uuid.uuid4() if data else "",
        "build": build(),
        "channels": [(choice, icon) for choice, icon in CHANNELS],
        "tones": TONES,
        "directions": Direction.choices,
        "steps": [_("Call back"), _("Send an offer"), _("Send samples"), _("Arrange a meeting")],
        "waiting_words": plural_forms(
            lambda n: ngettext("%(n)s waiting to send", "%(n)s waiting to send", n)
        ),
        "others_words": plural_forms(
            lambda n: ngettext(
                "%(n)s entry of somebody else waits on this device until they sign in.",
                "%(n)s entries of somebody else wait on this device until they sign in.",
                n,
            )
        ),
    } | context


@device_reader
@require_safe
def log_data_page(request: HttpRequest) -> JsonResponse:
    return JsonResponse(log_data(request.user, wanted=request.GET.get("q", "")))


@device_reader
@require_safe
def log_token(request: HttpRequest) -> JsonResponse:
    """A fresh token for a page that was kept on the device, and whose session this is."""
    return JsonResponse({"token": get_token(request), "user": request.user.pk})
