from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import RuleBroken
from common.toasts import toast
from people import commands, queries
from people.forms import InviteForm, JoinForm
from people.guards import managers_only
from people.models import Invitation
from people.views.sign_in import enter

FRESH = "fresh_invitations"


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def people_invite(request: HttpRequest) -> HttpResponse:
    """The form; after sending, the links once, to copy for those whose mail does not arrive."""
    form = InviteForm(request.POST or None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            made = commands.invite_people(
                actor=request.user,
                people=chosen["people"],
                roles=set(chosen["roles"]),
                team=chosen["team"],
            )
        except RuleBroken as refusal:
            form.add_error("people", str(refusal))
        else:
            request.session[FRESH] = [row.pk for row in made]
            return redirect("people:people_invite")
    context = {"form": form, "fresh": _fresh(request)}
    return render(request, "people/invite.html", context)


def _fresh(request: HttpRequest) -> list[dict]:
    """Invitations just made with their links; each is shown once."""
    ids = request.session.pop(FRESH, []) if request.method == "GET" else []
    rows = queries.invitations(request.user).filter(pk__in=ids)
    return [{"invitation": row, "link": _link(row)} for row in rows]


def _link(row: Invitation) -> str:
    return settings.BASE_URL + reverse("people:invitation_accept", args=[row.token])


@managers_only
@require_POST
def invitation_renew(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.invitations(request.user), pk=pk)
    try:
        commands.renew_invitation(actor=request.user, invitation=row)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("people:people_page")
    request.session[FRESH] = [row.pk]
    return redirect("people:people_invite")


@managers_only
@require_POST
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.invitations(request.user), pk=pk)
    try:
        commands.withdraw_invitation(actor=request.user, invitation=row)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        toast(request, _("Invitation withdrawn."))
    return redirect("people:people_page")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    row = queries.invitation_by_token(token)
    if row is None:
        return _private(render(request, "people/invitation_gone.html", status=404))
    form = JoinForm(request.POST or None, email=row.email, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = commands.accept_invitation(
                token=token, language=request.LANGUAGE_CODE, **form.cleaned_data
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            return _private(enter(request, user, to="/me/security/?welcome=1"))
    return _private(render(request, "people/join.html", {"form": form, "invitation": row}))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
