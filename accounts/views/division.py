"""Divisions and buying centres of a customer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.commands import division as commands
from accounts.forms.contact import DivisionForm
from accounts.models import Division
from accounts.views.access import editable_account
from accounts.views.drawer import drawer, go
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import accounts_reader


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def division_create(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, pk, None)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def division_edit(request: HttpRequest, pk: int, division: int) -> HttpResponse:
    account = editable_account(request, pk)
    return _edit(request, pk, get_object_or_404(account.divisions, pk=division))


def _edit(request: HttpRequest, pk: int, row: Division | None) -> HttpResponse:
    account = editable_account(request, pk)
    initial = {"name": row.name, "buys": row.buys, "parent": row.parent_id} if row else {}
    form = DivisionForm(request.POST or None, account=account, division=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            commands.save_division(
                actor=request.user, account_id=pk, division_id=row and row.pk, **form.cleaned_data
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return go(request, reverse("accounts:account_people", args=[pk]))
    context = {
        "form": form, "title": row.name if row else _("New division"), "action": request.path,
        "remove": reverse("accounts:division_remove", args=[pk, row.pk]) if row else "",
    }  # fmt: skip
    status = 422 if form.errors else 200
    return drawer(request, "accounts/_division_form.html", context, status=status)


@accounts_reader
@require_POST
def division_remove(request: HttpRequest, pk: int, division: int) -> HttpResponse:
    editable_account(request, pk)
    try:
        commands.remove_division(actor=request.user, account_id=pk, division_id=division)
    except Division.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("Removed."))
    return redirect("accounts:account_people", pk)
