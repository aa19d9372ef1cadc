"""Possible duplicates, two accounts side by side, their merge and the way back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import merge as commands
from accounts.models import Account, Merge
from accounts.queries.duplicates import duplicate_pairs
from accounts.queries.merge import comparison
from common.errors import RuleBroken
from common.toasts import toast
from people.commands import look_again, tell_apart
from people.guards import director_only
from people.queries import told_apart


@director_only
@require_safe
def account_duplicates(request: HttpRequest) -> HttpResponse:
    rows = Account.objects.visible_to(request.user).present()
    context = {
        "pairs": duplicate_pairs(request.user), "currency": request.company.currency,
        "apart": [
            (one, other, reverse("accounts:account_alike", args=[one.pk, other.pk]))
            for one, other in told_apart(rows)
        ],
    }  # fmt: skip
    return render(request, "accounts/account_duplicates.html", context)


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def account_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """`pk` stays, `other` goes into it; per field either value may be kept."""
    survivor, absorbed = _both(request, pk, other)
    if request.method == "POST":
        take = {name: request.POST.get(f"take-{name}", "survivor") for name in commands.CHOSEN}
        try:
            merge = commands.merge_accounts(
                actor=request.user, survivor_id=pk, absorbed_id=other, take=take
            )
        except RuleBroken as broken:
            messages.error(request, str(broken))
            return redirect("accounts:account_duplicates")
        undo = reverse("accounts:merge_undo", args=[merge.pk])
        toast(request, _("Two accounts became one."), undo_url=undo)
        return redirect("accounts:account_page", pk)
    context = {
        "survivor": survivor, "absorbed": absorbed, "rows": comparison(survivor, absorbed),
        "currency": request.company.currency,
    }  # fmt: skip
    return render(request, "accounts/account_merge.html", context)


def _both(request: HttpRequest, pk: int, other: int) -> tuple[Account, Account]:
    rows = Account.objects.visible_to(request.user).present()
    return get_object_or_404(rows, pk=pk), get_object_or_404(rows.exclude(pk=pk), pk=other)


@director_only
@require_POST
def account_distinct(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """They look alike and are two customers."""
    one, two = _both(request, pk, other)
    tell_apart(actor=request.user, one=one, other=two)
    undo = reverse("accounts:account_alike", args=[pk, other])
    toast(request, _("They are two and will not be asked about again."), undo_url=undo)
    return redirect("accounts:account_duplicates")


@director_only
@require_POST
def account_alike(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    one, two = _both(request, pk, other)
    look_again(actor=request.user, one=one, other=two)
    return redirect("accounts:account_duplicates")


@director_only
@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        merge = commands.undo_merge(actor=request.user, merge_id=pk)
    except (Merge.DoesNotExist, Account.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("accounts:account_list")
    toast(request, _("The merge is undone."))
    return redirect("accounts:account_page", merge.absorbed_id)
