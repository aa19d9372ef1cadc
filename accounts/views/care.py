"""/care/settings/: what the company asks at the gate, of handovers, control and load."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.commands import care as commands
from accounts.forms.care import CareForm
from accounts.models import CareSettings
from accounts.queries.care import grade_lines
from accounts.rules.care import TIERS
from common.answers import acted
from common.editing import Conflict, both_versions, opened, sealed
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import director_only
from people.models import Event


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def care_settings(request: HttpRequest) -> HttpResponse:
    """Who saves second sees both versions, and saves once more."""
    make = partial(CareForm, now=CareSettings.current())
    form = make(request.POST if request.method == "POST" else None)
    context = {"form": form, "seen": request.POST.get("seen") or sealed(form.values())}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            event = commands.set_care_settings(
                actor=request.user, seen=opened(context["seen"]), **form.figures()
            )
        except Conflict:
            context |= both_versions(form, make, seen=context["seen"])
            status = 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return _saved(request, event)
    status = 422 if form.is_bound and form.errors else status
    context |= {"tiers": TIERS, "grades": grade_lines()}
    return render(request, "accounts/care_settings.html", context, status=status)


def _saved(request: HttpRequest, event: Event | None) -> HttpResponse:
    if event is None:
        toast(request, _("Nothing was changed."))
    else:
        undo = reverse("accounts:care_undo", args=[event.pk])
        toast(request, _("Saved; it counts from now on."), undo_url=undo)
    return redirect("accounts:care_settings")


@director_only
@require_POST
def care_undo(request: HttpRequest, event: int) -> HttpResponse:
    undo = partial(commands.undo_care_settings, actor=request.user, event_id=event)
    return acted(request, undo, _("Put back as it was."), to=reverse("accounts:care_settings"))
