"""Create, edit, close and reopen an account; its numbers and its logo."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import account as commands
from accounts.forms.account import AccountForm, CreateForm
from accounts.forms.assignment import LogoForm, NumberForm
from accounts.models import ExternalId
from accounts.queries.duplicates import lookalikes
from accounts.queries.listing import pick
from accounts.views.access import editable_account
from common.editing import both_versions, travelling
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import accounts_reader, director_only, sellers_only


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def account_create(request: HttpRequest) -> HttpResponse:
    if not (request.user.is_director or request.user.is_kam):
        raise Http404
    form = CreateForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            account = commands.create_account(actor=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Account created."))
            return redirect("accounts:account_page", account.pk)
    context = {"form": form, "title": _("New account")}
    return render(
        request, "accounts/account_form.html", context, status=422 if form.errors else 200
    )


@accounts_reader
@require_safe
def account_lookalikes(request: HttpRequest) -> HttpResponse:
    """While a name is typed: accounts that may be the same customer."""
    found = lookalikes(
        request.user,
        name=request.GET.get("name", "")[:200],
        website=request.GET.get("website", "")[:200],
    )
    return render(request, "accounts/_lookalikes.html", {"found": found})


@director_only
@require_safe
def account_pick(request: HttpRequest) -> HttpResponse:
    """Accounts to choose a parent from, as radio buttons."""
    found = pick(request.user, request.GET.get("q", "")[:100])
    return render(request, "accounts/_pick.html", {"found": found})


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def account_edit(request: HttpRequest, pk: int) -> HttpResponse:
    account = editable_account(request, pk)
    make = partial(AccountForm, user=request.user, account=account)
    form = make(request.POST or None)
    context = {"form": form, "account": account, "title": account.name}
    context |= travelling(request, version=account.version, values=form.values())
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.edit_account(
                actor=request.user, account_id=pk, version=context["version"],
                **form.cleaned_data,
            )  # fmt: skip
        except commands.Conflict:
            context |= both_versions(form, make, seen=context["seen"])
            context["version"], status = account.version, 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return redirect("accounts:account_page", pk)
    status = 422 if form.errors else status
    return render(request, "accounts/account_form.html", context, status=status)


@sellers_only
@require_POST
def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    editable_account(request, pk)
    try:
        commands.close_account(actor=request.user, account_id=pk)
    except RuleBroken as broken:
        return refuse(request, pk, broken)
    toast(request, _("Account closed."), undo_url=reverse("accounts:account_reopen", args=[pk]))
    return redirect("accounts:account_page", pk)


@sellers_only
@require_POST
def account_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    editable_account(request, pk)
    try:
        commands.reopen_account(actor=request.user, account_id=pk)
    except RuleBroken as broken:
        return refuse(request, pk, broken)
    toast(request, _("Account opened again."))
    return redirect("accounts:account_page", pk)


def refuse(request: HttpRequest, pk: int, broken: RuleBroken) -> HttpResponse:
    messages.error(request, str(broken))
    return redirect("accounts:account_page", pk)


@accounts_reader
@require_POST
def number_add(request: HttpRequest, pk: int) -> HttpResponse:
    editable_account(request, pk)
    form = NumberForm(request.POST)
    if not form.is_valid():
        return refuse(request, pk, RuleBroken(_("Enter a source and a number.")))
    try:
        commands.add_external_id(actor=request.user, account_id=pk, **form.cleaned_data)
    except RuleBroken as broken:
        return refuse(request, pk, broken)
    toast(request, _("Number added."))
    return redirect("accounts:account_details", pk)


@accounts_reader
@require_POST
def number_remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    editable_account(request, pk)
    try:
        commands.remove_external_id(actor=request.user, account_id=pk, external_id=number)
    except ExternalId.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        return refuse(request, pk, broken)
    toast(request, _("Number removed."))
    return redirect("accounts:account_details", pk)


@accounts_reader
@require_POST
def logo_set(request: HttpRequest, pk: int) -> HttpResponse:
    editable_account(request, pk)
    form = LogoForm(request.POST, request.FILES)
    if not form.is_valid():
        return refuse(request, pk, RuleBroken(_("Choose a picture first.")))
    try:
        commands.set_logo(actor=request.user, account_id=pk, file=form.cleaned_data["file"])
    except RuleBroken as broken:
        return refuse(request, pk, broken)
    toast(request, _("Logo set."))
    return redirect("accounts:account_details", pk)


@accounts_reader
@require_POST
def logo_remove(request: HttpRequest, pk: int) -> HttpResponse:
    editable_account(request, pk)
    try:
        commands.remove_logo(actor=request.user, account_id=pk)
    except RuleBroken as broken:
        return refuse(request, pk, broken)
    toast(request, _("Logo removed."))
    return redirect("accounts:account_details", pk)
