"""Companies whose people we do not approach: the list, its entries, who may lift them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Account
from common import folding, formats
from common.answers import acted
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.commands import off_limits as commands
from hiring.forms.sourcing import LiftForm, OffLimitsForm
from hiring.models import OffLimits
from hiring.queries.sourcing import off_limits_list, proposals
from hiring.views.candidate_access import posted_ids
from people.guards import director_only, hirers_only

PAGE = "hiring:off_limits_page"


@hirers_only
@require_safe
def off_limits_page(request: HttpRequest) -> HttpResponse:
    past, q = request.GET.get("view") == "past", request.GET.get("q", "")[:100]
    rows = off_limits_list(past=past, day=timezone.localdate())
    if words := folding.words(q):
        rows = [
            row
            for row in rows
            if all(one in folding.fold(f"{row.name} {' '.join(row.aliases)}") for one in words)
        ]
    context = {
        "rows": rows, "past": past, "q": q,
        "proposals": proposals(request.user) if request.user.is_director and not past else [],
    }  # fmt: skip
    return render(request, "hiring/sourcing/off_limits.html", context)


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def off_limits_add(request: HttpRequest) -> HttpResponse:
    form = OffLimitsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entry = commands.add_off_limits(actor=request.user, **form.entry())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            undo = reverse("hiring:off_limits_remove", args=[entry.pk])
            toast(request, _("%(name)s is off limits.") % {"name": entry}, undo_url=undo)
            return go(request, reverse(PAGE))
    context = {
        "form": form, "title": _("Put a company off limits"), "action": request.path,
        "submit": _("Add"),
    }  # fmt: skip
    return drawer(request, "hiring/_form.html", context, status=422 if form.errors else 200)


def _entry(request: HttpRequest, pk: int) -> OffLimits:
    return get_object_or_404(OffLimits.objects.visible_to(request.user), pk=pk)


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def off_limits_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The second of two editors sees what the other saved."""
    entry = _entry(request, pk)
    form = OffLimitsForm(request.POST or None, entry=entry)
    context = {
        "form": form, "title": entry.name, "action": request.path, "submit": _("Save"),
        "version": entry.version,
    }  # fmt: skip
    status = 200
    if request.method == "POST" and form.is_valid():
        version = row_id(request.POST.get("version")) or 0
        try:
            commands.edit_off_limits(
                actor=request.user, entry_id=pk, version=version, **form.entry()
            )
        except commands.Conflict as conflict:
            context |= {"theirs": conflict.entry, "version": conflict.entry.version}
            status = 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return go(request, reverse(PAGE))
    status = 422 if form.errors else status
    return drawer(request, "hiring/sourcing/_off_limits_form.html", context, status=status)


@hirers_only
@require_POST
def off_limits_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one has just added."""
    _entry(request, pk)
    return acted(
        request, lambda: commands.remove_off_limits(actor=request.user, entry_id=pk),
        _("Taken back."), to=reverse(PAGE),
    )  # fmt: skip


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def off_limits_lift(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.lift_off_limits(actor=request.user, entry_id=pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            undo = reverse("hiring:off_limits_restore", args=[pk])
            said = _("People of %(name)s may be approached again.") % {"name": entry}
            toast(request, said, undo_url=undo)
            return go(request, reverse(PAGE))
    context = {
        "form": form, "title": _("Lift: %(name)s") % {"name": entry}, "action": request.path,
        "submit": _("Lift"),
    }  # fmt: skip
    return drawer(request, "hiring/_form.html", context, status=422 if form.errors else 200)


@hirers_only
@require_POST
def off_limits_restore(request: HttpRequest, pk: int) -> HttpResponse:
    entry = _entry(request, pk)
    commands.restore_off_limits(actor=request.user, entry_id=pk)
    toast(request, _("%(name)s is off limits.") % {"name": entry})
    return redirect(PAGE)


@director_only
@require_POST
def off_limits_adopt(request: HttpRequest) -> HttpResponse:
    """Key accounts that were ticked."""
    try:
        made = commands.adopt_accounts(actor=request.user, account_ids=posted_ids(request, 200))
    except Account.DoesNotExist as error:
        raise Http404 from error
    words = ngettext("%(n)s company added.", "%(n)s companies added.", len(made))
    toast(request, words % {"n": formats.number(len(made))})
    return redirect(PAGE)
