"""/kpi/plans/<year>/edit/: the table of a draft, saved cell by cell."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_POST, require_safe

from common.errors import RuleBroken
from kpi.choices import PlanMeasure
from kpi.commands.plan_cells import PlanConflict, set_cells
from kpi.forms.plan import AdoptForm, read_cells, suggested_start
from kpi.models import PlanVersion
from kpi.queries.plans import grid as query
from kpi.queries.plans.cells import planned_cells
from kpi.queries.plans.page import measure_sentence
from kpi.views.plans import figures_day, plans_url
from people.guards import director_only
from people.models import company_day


@director_only
@require_safe
def plan_edit(request: HttpRequest, year: int) -> HttpResponse:
    """Without a draft there is nothing to edit: back to where one is made."""
    version = PlanVersion.objects.visible_to(request.user).drafts().filter(year=year).first()
    if version is None:
        return redirect(plans_url(year))
    measure = _measure(request.GET.get("measure"))
    return _page(request, query.grid(version, measure, figures_day()))


def _page(
    request: HttpRequest, found: query.Grid, *, error: str = "", status: int = 200
) -> HttpResponse:
    year = found.version.year
    page = f"{reverse('kpi:plan_edit', args=[year])}?measure="
    context = {
        "grid": found,
        "version": found.version,
        "error": error,
        "sentence": measure_sentence(found.measure),
        "measures": [
            {
                "value": one.value,
                "label": capfirst(str(one.label)),
                "url": page + one.value,
            }
            for one in PlanMeasure
        ],
        "adopt": AdoptForm(initial={"start": suggested_start(company_day(), year)}),
        "currency": request.company.currency,
    }
    return render(request, "kpi/plans/plan_edit.html", context, status=status)


@director_only
@require_POST
def plan_cells(request: HttpRequest, year: int) -> HttpResponse:
    """Some cells from the script, which reads JSON, or all of them from a browser without one.

    What somebody else changed meanwhile is answered with 409 and both figures.
    """
    rows = PlanVersion.objects.visible_to(request.user).drafts()
    version = get_object_or_404(rows, year=year)
    measure = _measure(request.POST.get("measure"))
    wanted = {}
    try:
        seen, wanted = read_cells(request.POST, measure)
        set_cells(actor=request.user, version=version, seen=seen, wanted=wanted)
    except PlanConflict as conflict:
        return _refused(request, version, measure, conflict, wanted, conflict.theirs)
    except RuleBroken as refusal:
        return _refused(request, version, measure, refusal, wanted, {})
    if request.accepts("text/html"):
        return redirect(f"{reverse('kpi:plan_edit', args=[year])}?measure={measure}")
    return JsonResponse(_saved(version, measure, wanted))


def _refused(request, version, measure, refusal, wanted, theirs) -> HttpResponse:
    status = 409 if theirs else 422
    if request.accepts("text/html"):
        found = query.with_conflicts(query.grid(version, measure, figures_day()), wanted, theirs)
        return _page(request, found, error=str(refusal), status=status)
    cells = {
        f"{user}-{month}": {"text": query.shown(now) or query.NOTHING, "seen": query.plain(now)}
        for (user, _name, month), now in theirs.items()
    }
    return JsonResponse({"error": str(refusal), "theirs": cells}, status=status)


def _saved(version: PlanVersion, measure: str, wanted: dict) -> dict:
    """How the changed cells are written, and everything that adds up."""
    cells = planned_cells(version)
    totals, whole = query.sums(cells, measure)
    return {
        "cells": {
            f"{user}-{month}": {"text": query.shown(now), "seen": query.plain(now)}
            for user, name, month in wanted
            for now in [cells.get((user, name, month))]
        },
        "rows": {user: query.row_total(cells, user, measure) for user, _name, _month in wanted},
        "months": totals,
        "total": whole,
    }


def _measure(code: str | None) -> PlanMeasure:
    try:
        return PlanMeasure(code or PlanMeasure.SALES)
    except ValueError:
        raise BadRequest("no such measure") from None
