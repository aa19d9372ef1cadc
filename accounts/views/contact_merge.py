"""Possible duplicates among people, two side by side, their merge and the way back."""

from django.contrib import messages
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
from people.guards import sellers_only


def at_home(request: HttpRequest, contact: Contact) -> HttpResponse:
    home = home_of(contact, request.user)
    if home is None:
        return redirect("accounts:contact_duplicates")
    return redirect("accounts:contact_page", home.account_id, home.contact_id)


@sellers_only
@require_safe
def contact_duplicates(request: HttpRequest) -> HttpResponse:
    context = {"pairs": contact_pairs(request.user)}
    return render(request, "accounts/contact_duplicates.html", context)


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def contact_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """`pk` stays, `other` goes into it; per field either value may be kept."""
    user = request.user
    rows = (
        Contact.objects.editable_by(user)
        .present()
        .filter(pk__in=Contact.objects.kept_by(user).values("pk"))
    )
    survivor = get_object_or_404(rows, pk=pk)
    absorbed = get_object_or_404(rows.exclude(pk=pk), pk=other)
    if request.method == "POST":
        take = {name: request.POST.get(f"take-{name}", "survivor") for name in commands.CHOSEN}
        try:
            merge = commands.merge_contacts(
                actor=user, survivor_id=pk, absorbed_id=other, take=take
            )
        except RuleBroken as broken:
            messages.error(request, str(broken))
            return redirect("accounts:contact_duplicates")
        undo = reverse("accounts:contact_merge_undo", args=[merge.pk])
        toast(request, _("Two records became one person."), undo_url=undo)
        return at_home(request, survivor)
    context = {
        "survivor": survivor, "absorbed": absorbed,
        "rows": contact_comparison(survivor, absorbed, user),
    }  # fmt: skip
    return render(request, "accounts/contact_merge.html", context)


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
