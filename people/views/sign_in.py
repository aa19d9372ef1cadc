"""Doors in and out, on allauth's views: our addresses, limits that answer 429, no idle rows."""

import hashlib

from allauth.account.internal import flows
from allauth.account.models import Login
from allauth.account.views import LoginView, PasswordResetFromKeyView
from allauth.mfa.webauthn.internal.auth import STATE_SESSION_KEY
from allauth.mfa.webauthn.views import login_webauthn
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from common.toasts import toast
from people import commands, queries
from people.adapters import AccountAdapter
from people.forms import PasswordForm
from people.models import User

RETRY_AFTER = str(15 * 60)
CHALLENGE = "kam_passkey"
CHALLENGE_SECONDS = 300


class SignInView(LoginView):
    def get_context_data(self, **kwargs) -> dict:
        demo = queries.demo_people() if settings.DEMO else []
        return super().get_context_data(**kwargs) | {"demo_people": demo}

    def form_invalid(self, form) -> HttpResponse:
        response = super().form_invalid(form)
        if form.has_error("__all__", "too_many_login_attempts"):
            response.status_code = 429
            response["Retry-After"] = RETRY_AFTER
        return response


sign_in = SignInView.as_view()


def enter(request: HttpRequest, user: User, to: str) -> HttpResponse:
    """Sign in somebody who has just chosen a password (or, in the demo, a role)."""
    login = Login(user=user, redirect_url=to)
    return flows.login.perform_password_login(request, {"email": user.email}, login)


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """For every limit of sign-in, reset and signing in again."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = RETRY_AFTER
    return response


def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """allauth keeps the challenge in a session; here it waits in a signed cookie, usable once.

    So that asking for a challenge, which anybody may, leaves no row in the database.
    """
    if request.method == "POST":
        _take_challenge(request)
    response = login_webauthn(request)
    if request.method != "POST":
        state = request.session.pop(STATE_SESSION_KEY, None)
        if state:
            response.set_signed_cookie(
                CHALLENGE,
                f"{state['challenge']} {state['user_verification']}",
                max_age=CHALLENGE_SECONDS,
                path=request.path,
                secure=settings.SECURE,
                httponly=True,
                samesite="Strict",
            )
    return response


def _take_challenge(request: HttpRequest) -> None:
    try:
        value = request.get_signed_cookie(CHALLENGE, "", max_age=CHALLENGE_SECONDS)
    except BadSignature:
        return
    spent = "passkey:" + hashlib.sha256(value.encode()).hexdigest()
    if value and cache.add(spent, 1, CHALLENGE_SECONDS):
        challenge, verification = value.split(" ")
        state = {"challenge": challenge, "user_verification": verification}
        request.session[STATE_SESSION_KEY] = state


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    flows.logout.logout(request, show_message=False)
    response = redirect("account_login")
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click for each role; only in the demo."""
    if not settings.DEMO:
        raise Http404
    people = {person.code: person.user for person in queries.demo_people()}
    user = people.get(request.POST.get("role"))
    if user is None:
        raise Http404
    if request.user.is_authenticated:
        flows.logout.logout(request, show_message=False)
    return enter(request, user, to="/")


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        user = commands.change_password(user=request.user, password=form.cleaned_data["password"])
        flows.password_change.update_session_auth_hash(request, user)
        toast(request, _("Password changed. Other sessions have ended."))
        return redirect("people:security_page")
    return render(request, "people/password_change.html", {"form": form})


class NewPasswordView(PasswordResetFromKeyView):
    """From the link in the letter; whoever has it may try at once, locked or not."""

    def form_valid(self, form) -> HttpResponse:
        response = super().form_valid(form)
        commands.note_password_change(user=self.reset_user)
        AccountAdapter(self.request).forget_failures(self.request, self.reset_user)
        return response


password_reset_from_key = NewPasswordView.as_view()
