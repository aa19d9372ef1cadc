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
from common.drawer import saved, seen_in
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
    form = DivisionForm(
        request.POST or None, account=account, division=row, initial=row and commands.shown(row)
    )

    def save() -> None:
        commands.save_division(
            actor=request.user, account_id=pk, division_id=row and row.pk, seen=seen_in(request),
            **form.cleaned_data,
        )  # fmt: skip

    def now() -> dict:
        return commands.shown(account.divisions.get(pk=row.pk))

    return saved(
        request, form, row.name if row else _("New division"), save,
        reverse("accounts:account_people", args=[pk]), now=now if row else None,
        template="accounts/_division_form.html",
        remove=reverse("accounts:division_remove", args=[pk, row.pk]) if row else "",
    )  # fmt: skip


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
