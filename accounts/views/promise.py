"""Promises: of one account, and all that are open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import PromiseState
from accounts.commands import promise as commands
from accounts.forms.promise import PromiseForm, SettleForm
from accounts.models import Account, Contact, Promise
from accounts.queries.promises import open_promises, promises_of
from accounts.views.access import editable_account, visible_account
from accounts.views.account import page
from accounts.views.touchpoint import in_words, people_and_ours
from common.answers import came_from
from common.drawer import drawer, go
from common.editing import opened, plain, sealed
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from people.guards import accounts_reader
from people.models import User


@accounts_reader
@require_safe
def promise_list(request: HttpRequest) -> HttpResponse:
    """All open promises of the accounts the reader may open, the longest overdue first."""
    whose, q = request.GET.get("whose", ""), request.GET.get("q", "").replace("\x00", "")[:100]
    mine = request.GET.get("mine") == "1"
    rows = open_promises(request.user, whose=whose, mine=mine, q=q)
    context = {"rows": rows, "whose": whose, "mine": mine, "q": q}
    return render(request, "accounts/promise_list.html", context)


@accounts_reader
@require_safe
def promise_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    account = visible_account(request, pk)
    may = Account.objects.editable_by(request.user).filter(pk=pk).exists()
    rows = promises_of(account, may_settle=may)
    ours = [row for row in rows if row.promise.is_ours]
    theirs = [row for row in rows if not row.promise.is_ours]
    template = "accounts/promise_ledger.html"
    return page(request, account, "promises", template, ours=ours, theirs=theirs)


def touchable(request: HttpRequest, pk: int) -> Promise:
    rows = Promise.objects.editable_by(request.user)
    return get_object_or_404(rows.select_related("account", "contact", "colleague"), pk=pk)


def named(request: HttpRequest, account: Account, promise: Promise | None = None) -> dict:
    whom = people_and_ours(request, account)
    if promise and promise.contact:
        whom["people"] = list(dict.fromkeys([*whom["people"], promise.contact]))
    if promise:
        whom["ours"] = list(dict.fromkeys([*whom["ours"], promise.colleague]))
    return whom


def home(request: HttpRequest, account_id: int) -> str:
    return came_from(request, reverse("accounts:promise_ledger", args=[account_id]))


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def promise_create(request: HttpRequest, pk: int) -> HttpResponse:
    account = editable_account(request, pk)
    form = PromiseForm(request.POST or None, **named(request, account))
    if request.method == "POST" and form.is_valid():
        try:
            commands.make_promise(actor=request.user, account_id=pk, **form.said())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        except (Contact.DoesNotExist, User.DoesNotExist):
            form.add_error(None, _("Somebody named here is not there any more. Choose again."))
        else:
            toast(request, _("Promise written down."))
            return go(request, home(request, pk))
    context = {
        "form": form, "account": account, "title": _("Write a promise down"),
        "action": request.path, "submit": _("Save"),
    }  # fmt: skip
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def promise_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = touchable(request, pk)
    form = PromiseForm(request.POST or None, promise=row, **named(request, row.account, row))
    context = {
        "form": form, "account": row.account, "title": _("Change the promise"),
        "action": request.path, "submit": _("Save"), "version": row.version,
        "seen": sealed(form.values(row)),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        version = row_id(request.POST.get("version")) or 0
        try:
            commands.edit_promise(actor=request.user, promise_id=pk, version=version, **form.said())
        except commands.Conflict as conflict:
            return conflict_part(request, form, conflict.promise, context)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return go(request, home(request, row.account_id))
    status = 422 if form.errors else 200
    return drawer(request, "accounts/_promise_form.html", context, status=status)


def conflict_part(
    request: HttpRequest, form: PromiseForm, promise: Promise, context: dict
) -> HttpResponse:
    """Both versions, with what this person wrote kept in the form."""
    seen = opened(request.POST.get("seen", ""))
    now = form.values(promise)
    rows = [
        {
            "label": form.fields[name].label,
            "theirs": in_words(form, name, plain(now[name])),
            "mine": in_words(form, name, plain(form.cleaned_data[name])),
        }
        for name in form.fields
        if plain(now[name]) not in (plain(form.cleaned_data[name]), seen.get(name))
    ]
    data = form.data.copy()
    for name in form.fields:  # what only they changed is taken over by itself
        if plain(form.cleaned_data[name]) == seen.get(name):
            data[name] = plain(now[name])
    form.data = data
    context |= {"rows": rows, "version": promise.version, "seen": sealed(now)}
    return drawer(request, "accounts/_promise_form.html", context, status=422)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def promise_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap says kept; the drawer asks how else it ended, and why."""
    row = touchable(request, pk)
    form = SettleForm(request.POST or None, initial={"state": PromiseState.KEPT})
    if request.method == "POST" and form.is_valid():
        try:
            row = commands.settle_promise(actor=request.user, promise_id=pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            words = {
                PromiseState.KEPT: _("Promise kept."), PromiseState.BROKEN: _("Promise broken."),
                PromiseState.RELEASED: _("Promise no longer wanted."),
            }  # fmt: skip
            undo = reverse("accounts:promise_reopen", args=[pk])
            toast(request, words[PromiseState(row.state)], undo_url=undo)
            return go(request, home(request, row.account_id))
    context = {
        "form": form, "account": row.account, "title": _("How did it end?"),
        "action": request.path, "submit": _("Save"),
    }  # fmt: skip
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


@accounts_reader
@require_POST
def promise_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    row = touchable(request, pk)
    try:
        commands.reopen_promise(actor=request.user, promise_id=pk)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("Open again."))
    return go(request, home(request, row.account_id))
