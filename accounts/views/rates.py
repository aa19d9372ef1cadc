"""Rates into the company's currency, and the lines that wait for one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.commands import rate as commands
from accounts.forms.importing import RateFileForm, RateForm
from accounts.models import Rate
from accounts.queries import imports as queries
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import director_only

PAGE = 50


def _page(request: HttpRequest, **context) -> HttpResponse:
    currency = request.GET.get("currency", "").replace("\x00", "")[:3]
    page = Paginator(queries.rates(currency), PAGE).get_page(request.GET.get("page"))
    fresh = {
        "form": RateForm(),
        "file_form": RateFileForm(),
        "page": page,
        "waiting": queries.waiting_lines(),
    }
    status = 422 if context else 200
    return render(request, "ledger/rates.html", fresh | context, status=status)


@director_only
@require_safe
def rate_list(request: HttpRequest) -> HttpResponse:
    return _page(request)


@director_only
@require_POST
def rate_save(request: HttpRequest) -> HttpResponse:
    form = RateForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        return _save(request, [(values["currency"], values["day"], values["rate"])])
    return _page(request, form=form)


@director_only
@require_POST
def rate_import(request: HttpRequest) -> HttpResponse:
    form = RateFileForm(request.POST)
    if form.is_valid():
        return _save(request, form.cleaned_data["text"])
    return _page(request, file_form=form)


def _save(request: HttpRequest, rates: list) -> HttpResponse:
    try:
        saved = commands.save_rates(actor=request.user, rates=rates)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        toast(
            request,
            ngettext(
                "%(count)d rate saved. Its lines are being converted.",
                "%(count)d rates saved. Their lines are being converted.",
                saved,
            )
            % {"count": saved}
            if saved
            else _("These rates were known already."),
        )
    return redirect("ledger:rate_list")


@director_only
@require_POST
def rate_remove(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        commands.remove_rate(actor=request.user, rate_id=pk)
    except Rate.DoesNotExist:
        messages.error(request, _("This rate is gone already."))
    else:
        toast(request, _("Rate removed. Its lines are being converted."))
    return redirect("ledger:rate_list")
