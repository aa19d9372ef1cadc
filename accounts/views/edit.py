"""Create, edit, close and reopen an account; its numbers and its logo."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import account as commands
from accounts.forms.account import AccountForm, CreateForm
from accounts.forms.assignment import LogoForm, NumberForm
from accounts.models import Account, ExternalId
from accounts.queries.duplicates import lookalikes
from accounts.queries.listing import pick
from accounts.views.access import editable_account
from common.editing import opened, plain, sealed, settled, words
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
    form = AccountForm(request.POST or None, user=request.user, account=account)
    context = {
        "form": form, "account": account, "title": account.name,
        "version": account.version, "seen": sealed(form.values()),
    }  # fmt: skip
    if request.method == "POST":
        context["version"] = whole(request.POST.get("version"))
        context["seen"] = request.POST.get("seen", "")
        if form.is_valid():
            try:
                commands.edit_account(
                    actor=request.user, account_id=pk, version=context["version"],
                    **form.cleaned_data,
                )  # fmt: skip
            except commands.Conflict as conflict:
                return conflict_page(request, form, conflict.account, opened(context["seen"]))
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                toast(request, _("Saved."))
                return redirect("accounts:account_page", pk)
    return render(
        request, "accounts/account_form.html", context, status=422 if form.errors else 200
    )


def whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def conflict_page(
    request: HttpRequest, form: AccountForm, account: Account, seen: dict
) -> HttpResponse:
    """What stood there, what somebody else made of it, what this person wants: choose and save.

    A field that only one side changed is settled by itself; nothing is lost silently.
    """
    current = AccountForm(user=request.user, account=account)
    theirs = {name: plain(value) for name, value in current.values().items()}
    mine = {name: plain(form.cleaned_data[name]) for name in form.fields}
    merged, rows = {}, []
    for name in form.fields:
        before = seen.get(name, theirs.get(name))
        is_both = mine[name] != theirs.get(name) and before not in (mine[name], theirs.get(name))
        merged[name] = theirs.get(name) if mine[name] == before else mine[name]
        if mine[name] != theirs.get(name) or before != theirs.get(name):
            rows.append(
                {
                    "label": form.fields[name].label, "name": name, "is_both": is_both,
                    "before": words(current, name, before),
                    "theirs": words(current, name, theirs.get(name)),
                    "mine": words(current, name, mine[name]),
                }
            )  # fmt: skip
    fresh = AccountForm(user=request.user, account=account, initial=settled(merged))
    context = {
        "form": fresh, "account": account, "title": account.name, "rows": rows,
        "version": account.version, "seen": sealed(current.values()),
    }  # fmt: skip
    return render(request, "accounts/account_form.html", context, status=409)


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
