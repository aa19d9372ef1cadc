"""/settings/hiring/: the figures hiring reckons with."""

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.errors import RuleBroken
from common.toasts import toast
from hiring.commands import settings as commands
from hiring.forms.settings import FIELDS, SettingsForm
from hiring.models import HiringSettings
from hiring.queries.invitations import evidence
from people.guards import hirers_only

SALT = "hiring.settings"


def sealed(row: HiringSettings) -> str:
    return signing.dumps(commands.plain({name: getattr(row, name) for name in FIELDS}), salt=SALT)


def opened(text: str) -> dict:
    try:
        return signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return {}


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: HttpRequest) -> HttpResponse:
    """Who saves second is told what the first made of them, and saves once more to keep theirs."""
    now = HiringSettings.objects.filter(pk=1).first() or HiringSettings(pk=1)
    form = SettingsForm(request.POST or None, now=now)
    context = {"form": form, "seen": request.POST.get("seen") or sealed(now)}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_hiring_settings(
                actor=request.user, seen=opened(context["seen"]), **form.cleaned_data
            )
        except commands.Conflict as conflict:
            messages.error(request, str(conflict))
            context |= {"seen": sealed(conflict.settings), "conflict": str(conflict)}
            status = 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved; it counts from now on."))
            return redirect("hiring:settings_page")
    context["evidence"] = evidence()
    status = 422 if form.errors else status
    return render(request, "hiring/settings.html", context, status=status)
