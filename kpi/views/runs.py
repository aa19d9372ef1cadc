"""Background work that people can see, stop, and start."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from kpi import forms, queries
from kpi.commands import runs as commands
from kpi.queries import runs as query

STOP_POLLING = 286


@login_required
@require_safe
def run_list(request: HttpRequest) -> HttpResponse:
    _staff_with_work_only(request.user)
    context = _list(request.user, before=row_id(request.GET.get("before")))
    return render(request, "kpi/run_list.html", context)


@login_required
@require_safe
def night_state(request: HttpRequest) -> HttpResponse:
    """The last night in a sentence, for the settings."""
    _staff_with_work_only(request.user)
    context = {"night": query.last_night(request.user)}
    return render(request, "kpi/_night_state.html", context)


@login_required
@require_safe
def run_page(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(query.readable(request.user), pk=pk)
    return render(request, "kpi/run_page.html", {"run": query.as_run(job)})


@login_required
@require_safe
def run_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part that moves; the answer that shows the end also ends the polling."""
    job = get_object_or_404(query.readable(request.user), pk=pk)
    status = STOP_POLLING if job.is_finished else 200
    return render(request, "kpi/_run_progress.html", {"run": query.as_run(job)}, status=status)


@login_required
@require_POST
def run_stop(request: HttpRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(query.readable(request.user), pk=pk)
    try:
        commands.stop_job(actor=request.user, job=job)
    except RuleBroken as refusal:
        toast(request, str(refusal))
    else:
        toast(request, _("It stops at the next safe point."))
    return redirect("kpi:run_page", pk=job.pk)


@login_required
@require_POST
def run_compute(request: HttpRequest) -> HttpResponse:
    """The director's button "compute now", also for a day in the past."""
    if not request.user.is_director:
        raise Http404
    newest = queries.reporting_day()
    form = forms.ComputeForm(request.POST, newest=newest)
    if not form.is_valid():
        context = {**_list(request.user), "compute": form}
        return render(request, "kpi/run_list.html", context, status=422)
    day = form.cleaned_data["as_of"]
    job = commands.compute_day(actor=request.user, day=day, newest=newest)
    return redirect("kpi:run_page", pk=job.pk)


def _list(user, *, before: int | None = None) -> dict:
    rows, following = query.runs(user, before=before)
    return {
        "runs": rows,
        "following": following,
        "is_first": before is None,
        "night": query.last_night(user),
        "compute": forms.ComputeForm(newest=queries.reporting_day()),
    }


def _staff_with_work_only(user) -> None:
    if not (user.is_director or user.is_administrator or user.is_kam or user.is_assistant):
        raise Http404
