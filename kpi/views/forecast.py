"""/kpi/forecast/: does our history predict losses?"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.toasts import toast
from kpi.commands import backtest as commands
from kpi.queries import forecast as query


@login_required
@require_safe
def forecast_page(request: HttpRequest) -> HttpResponse:
    """The whole company's figures: for directors."""
    if not request.user.is_director:
        raise Http404
    found = query.forecast()
    job = found.job if found else query.waiting_job()
    return render(request, "kpi/forecast/forecast.html", {"found": found, "job": job})


@login_required
@require_POST
def forecast_try(request: HttpRequest) -> HttpResponse:
    if not request.user.is_director:
        raise Http404
    commands.try_again(actor=request.user)
    toast(request, _("The forecast is being tried on past quarters; this takes some seconds."))
    return redirect("kpi:forecast_page")
