"""Adding and removing second factors: allauth's views, then our record, letter and new session."""

from collections.abc import Callable
from functools import wraps

from allauth.mfa.base.views import index
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import view_recovery_codes
from allauth.mfa.totp.views import activate_totp, deactivate_totp
from allauth.mfa.webauthn.views import add_webauthn, remove_webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from people import commands
from people.adapters import FactorAdapter
from people.middleware import AFTER_FACTOR, lacks_factor


def _noted(view: Callable, verb: str) -> Callable:
    """After a successful POST: other sessions end, this one gets a new id, the deed is kept."""

    @login_required
    @wraps(view)
    def noted(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        before = _count(request.user)
        response = view(request, *args, **kwargs)
        if request.method == "POST" and _count(request.user) != before:
            request.session.cycle_key()
            key = request.session.session_key
            commands.note_factor_change(user=request.user, verb=verb, session_key=key)
        return response

    return noted


def _count(user) -> int:
    return Authenticator.objects.filter(user=user).count()


app_connect = _noted(activate_totp, "user.factor_added")
app_disconnect = _noted(deactivate_totp, "user.factor_removed")
passkey_add = _noted(add_webauthn, "user.factor_added")
_passkey_remove = _noted(remove_webauthn, "user.factor_removed")


@login_required
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """allauth asks whether a code app may go, but not whether a passkey may."""
    passkey = get_object_or_404(
        Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN
    )
    adapter = FactorAdapter()
    if not adapter.can_delete_authenticator(passkey):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("people:security_page")
    return _passkey_remove(request, pk=pk)


@login_required
def factor_page(request: HttpRequest) -> HttpResponse:
    """Where a role's compulsory second factor is made; otherwise it lives on the security page."""
    if lacks_factor(request):
        return index(request)
    return redirect("people:security_page")


@login_required
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes, and the way on to where the person was going before a factor was asked of them."""
    response = view_recovery_codes(request)
    if getattr(response, "context_data", None) is not None:
        response.context_data["after"] = request.session.pop(AFTER_FACTOR, "")
    return response
