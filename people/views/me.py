from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import RuleBroken
from common.toasts import toast
from people import commands, queries
from people.choices import Density, Scheme
from people.forms import EmailForm, ProfileForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_page(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user, company=request.company)
    if request.method == "POST" and form.is_valid():
        commands.update_profile(user=request.user, **form.cleaned_data)
        toast(request, _("Saved."))
        return redirect("people:profile_page")
    if request.method == "POST":
        request.user.refresh_from_db()
    return render(request, "people/profile.html", {"form": form})


@login_required
@require_http_methods(["GET"])
def security_page(request: HttpRequest) -> HttpResponse:
    factors = Authenticator.objects.filter(user=request.user).order_by("created_at")
    of_type = {kind: [row for row in factors if row.type == kind] for kind in Authenticator.Type}
    codes = of_type[Authenticator.Type.RECOVERY_CODES]
    context = {
        "app": next(iter(of_type[Authenticator.Type.TOTP]), None),
        "passkeys": of_type[Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes[0].wrap().get_unused_codes()) if codes else None,
        "sessions": queries.sessions(request.user, this=request.session.session_key),
        "email_change": queries.pending_email_change(request.user),
        "email_form": EmailForm(),
    }
    return render(request, "people/security.html", context)


@require_POST
def preference_set(request: HttpRequest) -> HttpResponse:
    """Scheme, density or language in one click; returns to the page. Visitors set a cookie."""
    chosen = {
        field: request.POST[field]
        for field, allowed in (
            ("scheme", Scheme.values),
            ("density", Density.values),
            ("language", dict(settings.LANGUAGES)),
        )
        if request.POST.get(field) in allowed
    }
    if request.user.is_authenticated and chosen:
        commands.update_profile(user=request.user, **chosen)
    response = redirect(_safe_next(request))
    if "language" in chosen:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen["language"],
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    safe = target.startswith("/") and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else "/"


@login_required
@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    commands.end_session(user=request.user, mark=request.POST.get("session", ""))
    toast(request, _("That session has ended."))
    return redirect("people:security_page")


@login_required
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    ended = commands.sign_out_everywhere(
        actor=request.user, user=request.user, keep=request.session.session_key
    )
    words = ngettext("%(count)d other session ended.", "%(count)d other sessions ended.", ended)
    toast(request, words % {"count": ended})
    return redirect("people:security_page")


@login_required
@require_POST
@reauthentication_required
def email_change(request: HttpRequest) -> HttpResponse:
    form = EmailForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("email", [])))
        return redirect("people:security_page")
    try:
        commands.ask_email_change(user=request.user, email=form.cleaned_data["email"])
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        toast(request, _("Open the link in the letter to the new address within an hour."))
    return redirect("people:security_page")


@require_http_methods(["GET", "HEAD", "POST"])
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    return _email_answer(request, token, undo=False)


@require_http_methods(["GET", "HEAD", "POST"])
def email_undo(request: HttpRequest, token: str) -> HttpResponse:
    return _email_answer(request, token, undo=True)


def _email_answer(request: HttpRequest, token: str, *, undo: bool) -> HttpResponse:
    """A link only shows; the button acts, because mail scanners open links."""
    context = {"undo": undo, "change": queries.email_change_by_token(token, undo=undo)}
    command = commands.undo_email_change if undo else commands.confirm_email_change
    if request.method == "POST":
        try:
            command(token=token)
            context["done"] = True
        except RuleBroken as refusal:
            context["refusal"] = str(refusal)
    elif context["change"] is None:
        context["refusal"] = _("This link has been used, replaced or has expired.")
    response = render(request, "people/email_answer.html", context)
    response["Cache-Control"] = "no-store"
    return response
