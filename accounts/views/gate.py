"""Let somebody through the gate of a key account for a time, and end it before."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.commands import gate as commands
from accounts.forms.gate import OverrideForm
from accounts.models import GateOverride
from accounts.views.access import editable_account
from common.answers import acted
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import director_only


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def override_create(request: HttpRequest, pk: int) -> HttpResponse:
    account = editable_account(request, pk)
    form = OverrideForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            row = commands.override_gate(actor=request.user, account_id=pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("%(name)s may answer for it until then.") % {"name": row.user})
            return go(request, reverse("accounts:account_details", args=[pk]))
    context = {
        "form": form, "account": account, "title": _("Let somebody through the gate"),
        "action": request.path, "submit": _("Let through"),
    }  # fmt: skip
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


@director_only
@require_POST
def override_end(request: HttpRequest, pk: int, override: int) -> HttpResponse:
    rows = GateOverride.objects.visible_to(request.user)
    row = get_object_or_404(rows, pk=override, account=pk)
    end = partial(commands.end_override, actor=request.user, override_id=row.pk)
    said = _("Ended; a director answers for what it carried.")
    return acted(request, end, said, to=reverse("accounts:account_details", args=[pk]))
