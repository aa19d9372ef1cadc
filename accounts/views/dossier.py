"""The account's file: read it as of any day, add to it, confirm, take back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import DossierSection
from accounts.commands import dossier as commands
from accounts.forms.dossier import EntryForm
from accounts.forms.fact import OnForm
from accounts.models import Account, DossierEntry
from accounts.queries.dossier import ASK, HELP, dossier, entries_of, newest_entry
from accounts.rules import dossier as rule
from accounts.views import account as account_views
from accounts.views.access import editable_account, visible_account
from common.answers import done, refused
from common.drawer import drawer
from common.errors import RuleBroken
from common.ids import row_id
from people.guards import accounts_reader

CHANGED = "dossier:changed"


def page_url(account_id: int) -> str:
    return reverse("accounts:dossier_page", args=[account_id])


@accounts_reader
@require_safe
def dossier_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The nine sections today, or on the day ?on=."""
    account = visible_account(request, pk)
    form = OnForm(request.GET)
    on = form.cleaned_data["on"] if form.is_valid() else None
    context = {"dossier": dossier(request.user, account, on)}
    if request.htmx:
        return render(request, "accounts/_dossier.html", context)
    return account_views.page(request, account, "dossier", "accounts/dossier_page.html", **context)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def dossier_write(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Add to a section. A second writer is shown what the first wrote, and keeps their own text."""
    account = editable_account(request, pk)
    if section not in DossierSection.values:
        raise Http404
    entry = entry_to_edit(request, account, section)
    form = EntryForm(request.POST or None, section=section, entry=entry)
    context = {
        "account": account, "section": section, "help": HELP[section], "ask": ASK[section],
        "title": capfirst(str(DossierSection(section).label)), "action": request.path,
    }  # fmt: skip
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            row = commands.write_entry(
                actor=request.user, account_id=pk, section=section, **form.cleaned_data
            )
        except commands.Conflict as conflict:
            data = request.POST.copy()
            data["seen"] = conflict.entry.pk if conflict.entry else ""
            form = EntryForm(data, section=section, entry=conflict.entry)
            context |= {"theirs": conflict.entry, "conflict": str(conflict)}
            status = 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return said(request, row, _("Added."))
    status = 422 if status == 200 and form.errors else status
    return drawer(request, "accounts/_dossier_form.html", context | {"form": form}, status=status)


def entry_to_edit(request: HttpRequest, account: Account, section: str) -> DossierEntry | None:
    """What stands in the section; among competitors the one in ?entry=, else a new one."""
    if not rule.holds_many(section):
        return newest_entry(account.pk, section)
    number = row_id(request.GET.get("entry"))
    if number is None:
        return None
    return get_object_or_404(DossierEntry, account=account, section=section, pk=number)


@accounts_reader
@require_safe
def dossier_history(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    account = visible_account(request, pk)
    if section not in DossierSection.values:
        raise Http404
    context = {
        "account": account, "title": capfirst(str(DossierSection(section).label)),
        "said": entries_of(account, section),
        "may_edit": Account.objects.editable_by(request.user).filter(pk=pk).exists(),
    }  # fmt: skip
    return drawer(request, "accounts/_dossier_history.html", context)


def said(request: HttpRequest, row: DossierEntry, text: str) -> HttpResponse:
    """Noted; Undo takes it back, except where it was itself an undoing."""
    is_undoing = row.retracts is not None and row.retracts.retracts_id is not None
    undo = "" if is_undoing else reverse("accounts:dossier_retract", args=[row.pk])
    otherwise = page_url(row.account_id)
    return done(request, text, event=CHANGED, undo_url=undo, otherwise=otherwise)


def change(request: HttpRequest, pk: int, verb, text: str) -> HttpResponse:
    row = get_object_or_404(DossierEntry.objects.editable_by(request.user), pk=pk)
    try:
        row = verb(actor=request.user, entry_id=pk)
    except RuleBroken as broken:
        otherwise = page_url(row.account_id)
        return refused(request, str(broken), event=CHANGED, otherwise=otherwise)
    return said(request, row, text)


@accounts_reader
@require_POST
def dossier_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return change(request, pk, commands.confirm_entry, _("Still so, as of today."))


@accounts_reader
@require_POST
def dossier_gone(request: HttpRequest, pk: int) -> HttpResponse:
    return change(request, pk, commands.mark_gone, _("Marked as no longer there."))


@accounts_reader
@require_POST
def dossier_retract(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(DossierEntry.objects.editable_by(request.user), pk=pk)
    text = _("Put back.") if row.retracts_id else _("Taken back.")
    return change(request, pk, commands.retract_entry, text)
