"""Pins and criteria: set on an account's page, seen together under the portfolio."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import criterion as marking
from accounts.commands import pin as pinning
from accounts.models import Account, Criterion
from common.errors import RuleBroken
from common.toasts import toast
from kpi.forms import MarkForm, PinForm, UnpinForm
from kpi.queries import pins as query
from kpi.queries.reporting import reporting_day


@login_required
@require_safe
def pin_list(request: HttpRequest) -> HttpResponse:
    _readers_only(request.user)
    day = reporting_day()
    rows = query.pins_in_force(request.user, day)
    return render(request, "kpi/pin_list.html", {"rows": rows, "day": day})


@login_required
@require_safe
def criteria_matrix(request: HttpRequest) -> HttpResponse:
    _readers_only(request.user)
    criteria, rows = query.criteria_matrix(request.user, reporting_day())
    return render(request, "kpi/criteria_matrix.html", {"criteria": criteria, "rows": rows})


@login_required
@require_POST
def criteria_install(request: HttpRequest) -> HttpResponse:
    """Bring the criteria KAM Hub starts with; those the company has stay as they are."""
    if not request.user.is_director:
        raise Http404
    number = marking.install_criteria()
    toast(
        request,
        ngettext("%(number)s criterion was added.", "%(number)s criteria were added.", number)
        % {"number": number},
    )
    return redirect("kpi:criteria_matrix")


@login_required
@require_safe
def account_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Tier, key, pins and criteria of one account: a part of its page, or a page without script."""
    account = _account(request, pk)
    context = {
        "standing": query.account_standing(request.user, account, reporting_day()),
        "may_mark": _may_mark(request.user),
    }
    template = "kpi/_standing.html" if request.htmx else "kpi/account_standing.html"
    return render(request, template, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pin_create(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(request, pk)
    if not request.user.is_director:
        raise Http404
    day = reporting_day()
    form = PinForm(request.POST or None, initial={"until": day + dt.timedelta(days=365)})
    if request.method == "POST" and form.is_valid():
        try:
            pinning.pin_account(actor=request.user, account=account, day=day, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, _("“%(name)s” is pinned.") % {"name": account.name})
            return redirect(f"/accounts/{account.pk}/")
    status = 422 if form.is_bound else 200
    return render(request, "kpi/pin_form.html", {"form": form, "account": account}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pin_end(request: HttpRequest, pk: int) -> HttpResponse:
    pin = query.visible_pin(request.user, pk)
    if pin is None or not request.user.is_director:
        raise Http404
    form = UnpinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pinning.unpin_account(
                actor=request.user, pin=pin, day=reporting_day(), **form.cleaned_data
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, _("The pin of “%(name)s” has ended.") % {"name": pin.account.name})
            return redirect("kpi:pin_list")
    status = 422 if form.is_bound else 200
    context = {"form": form, "pin": pin, "account": pin.account}
    return render(request, "kpi/pin_end.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mark_create(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    account = _account(request, pk)
    if not _may_mark(request.user):
        raise Http404
    criterion = get_object_or_404(Criterion, code=code, is_active=True)
    words = query.scale_words(criterion)
    form = MarkForm(request.POST or None, criterion=criterion, words=words)
    if request.method == "POST" and form.is_valid():
        try:
            marking.mark_criterion(
                actor=request.user,
                account=account,
                criterion=criterion,
                day=reporting_day(),
                **form.cleaned_data,
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, _("The mark is saved."))
            return redirect(f"/accounts/{account.pk}/")
    status = 422 if form.is_bound else 200
    context = {"form": form, "account": account, "criterion": criterion}
    return render(request, "kpi/mark_form.html", context, status=status)


def _account(request: HttpRequest, pk: int) -> Account:
    return get_object_or_404(Account.objects.visible_to(request.user), pk=pk)


def _may_mark(user) -> bool:
    """The command asks again; this only hides what would be refused."""
    return user.is_director or user.is_kam


def _readers_only(user) -> None:
    if not (user.is_director or user.is_kam):
        raise Http404
