"""Possible duplicates among people, two side by side, their merge and the way back."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import contact_merge as commands
from accounts.models import Contact, ContactMerge
from accounts.queries.contact_duplicates import contact_pairs
from accounts.queries.contact_merge import contact_comparison, home_of
from common.errors import RuleBroken
from common.toasts import toast
from people.commands import look_again, tell_apart
from people.guards import sellers_only
from people.queries import told_apart


def at_home(request: HttpRequest, contact: Contact) -> HttpResponse:
    home = home_of(contact, request.user)
    if home is None:
        return redirect("accounts:contact_duplicates")
    return redirect("accounts:contact_page", home.account_id, home.contact_id)


@sellers_only
@require_safe
def contact_duplicates(request: HttpRequest) -> HttpResponse:
    apart = [
        (one, other, reverse("accounts:contact_alike", args=[one.pk, other.pk]))
        for one, other in told_apart(_own(request))
    ]
    context = {"pairs": contact_pairs(request.user), "apart": apart}
    return render(request, "accounts/contact_duplicates.html", context)


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def contact_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """`pk` stays, `other` goes into it; per field either value may be kept."""
    survivor, absorbed = _both(request, pk, other)
    if request.method == "POST":
        take = {name: request.POST.get(f"take-{name}", "survivor") for name in commands.CHOSEN}
        try:
            merge = commands.merge_contacts(
                actor=request.user, survivor_id=pk, absorbed_id=other, take=take
            )
        except RuleBroken as broken:
            messages.error(request, str(broken))
            return redirect("accounts:contact_duplicates")
        undo = reverse("accounts:contact_merge_undo", args=[merge.pk])
        toast(request, _("Two records became one person."), undo_url=undo)
        return at_home(request, survivor)
    context = {
        "survivor": survivor, "absorbed": absorbed,
        "rows": contact_comparison(survivor, absorbed, request.user),
    }  # fmt: skip
    return render(request, "accounts/contact_merge.html", context)


def _own(request: HttpRequest) -> QuerySet[Contact]:
    kept = Contact.objects.kept_by(request.user).values("pk")
    return Contact.objects.editable_by(request.user).present().filter(pk__in=kept)


def _both(request: HttpRequest, pk: int, other: int) -> tuple[Contact, Contact]:
    rows = _own(request)
    return get_object_or_404(rows, pk=pk), get_object_or_404(rows.exclude(pk=pk), pk=other)


@sellers_only
@require_POST
def contact_distinct(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """They look alike and are two people."""
    one, two = _both(request, pk, other)
    tell_apart(actor=request.user, one=one, other=two)
    undo = reverse("accounts:contact_alike", args=[pk, other])
    toast(request, _("They are two and will not be asked about again."), undo_url=undo)
    return redirect("accounts:contact_duplicates")


@sellers_only
@require_POST
def contact_alike(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    one, two = _both(request, pk, other)
    look_again(actor=request.user, one=one, other=two)
    return redirect("accounts:contact_duplicates")


@sellers_only
@require_POST
def contact_merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        merge = commands.undo_contact_merge(actor=request.user, merge_id=pk)
    except (ContactMerge.DoesNotExist, Contact.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("accounts:contact_duplicates")
    toast(request, _("The merge is undone."))
    return at_home(request, merge.absorbed)
