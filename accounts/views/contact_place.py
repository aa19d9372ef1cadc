"""Somebody leaves, comes back, or goes to another customer."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import position as commands
from accounts.forms.contact import LeaveForm, MoveForm
from accounts.models import Account, Contact, Position
from accounts.queries.people import customers_to_add_at
from accounts.views.access import editable_account
from accounts.views.contact import visible_person
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import accounts_reader


def place_here(request: HttpRequest, pk: int, contact: int) -> Position:
    """Their running place at this account, or 404."""
    editable_account(request, pk)
    person = visible_person(request, pk, contact)[1]
    return get_object_or_404(person.contact.positions.filter(account=pk, valid_to=None))


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def contact_leave(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    place = place_here(request, pk, contact)
    form = LeaveForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.end_position(
                actor=request.user, position_id=place.pk, day=form.cleaned_data["day"]
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            undo = reverse("accounts:position_reopen", args=[pk, place.pk])
            toast(request, _("They have left; their story stays."), undo_url=undo)
            return go(request, reverse("accounts:account_people", args=[pk]))
    context = {
        "form": form, "title": _("Somebody leaves"), "action": request.path, "submit": _("Save")
    }  # fmt: skip
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def contact_move(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """To another customer of those the reader answers for; the story goes along."""
    place = place_here(request, pk, contact)
    targets = Account.objects.editable_by(request.user).present().exclude(pk=pk)
    initial = {"day": timezone.localdate(), "title": place.title}
    first = [row for row in customers_to_add_at(request.user, "", 7) if row.pk != pk]
    form = MoveForm(request.POST or None, accounts=targets, first=first, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = commands.move_contact(
                actor=request.user, contact_id=contact, from_account_id=pk,
                to_account_id=data["account"].pk, day=data["day"], title=data["title"],
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            undo = reverse("accounts:move_undo", args=[made.account_id, made.pk])
            toast(request, _("Moved to another customer."), undo_url=undo)
            url = reverse("accounts:contact_page", args=[made.account_id, contact])
            return go(request, url)
    context = {
        "form": form, "title": _("Goes to another customer"), "action": request.path,
        "submit": _("Move"),
    }  # fmt: skip
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


@accounts_reader
@require_safe
def contact_targets(request: HttpRequest) -> HttpResponse:
    """Customers of one's own by name, to choose where somebody goes."""
    found = customers_to_add_at(request.user, request.GET.get("q", "")[:100])
    return render(request, "accounts/_targets.html", {"found": found, "name": "account"})


def _back(
    request: HttpRequest, pk: int, position: int, act: Callable[..., Position]
) -> HttpResponse:
    editable_account(request, pk)
    row = get_object_or_404(Position, pk=position, account=pk)
    try:
        place = act(actor=request.user, position_id=row.pk)
    except (Position.DoesNotExist, Contact.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("accounts:account_people", pk)
    toast(request, _("Taken back."))
    return redirect("accounts:contact_page", place.account_id, place.contact_id)


@accounts_reader
@require_POST
def position_reopen(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    return _back(request, pk, position, commands.reopen_position)


@accounts_reader
@require_POST
def move_undo(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    return _back(request, pk, position, commands.undo_move)
