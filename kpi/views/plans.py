"""/kpi/plans/: how far the year is, its versions, and the way of a draft to adoption and back."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Scoring
from common.answers import acted
from common.errors import RuleBroken
from common.export import csv_response, xlsx_response
from common.ids import row_id
from common.toasts import toast
from kpi.commands import plan as commands
from kpi.commands.plan_start import draft_from_last_year
from kpi.forms.plan import AdoptForm, BeginForm, suggested_start
from kpi.models import PlanVersion
from kpi.queries.plans import page as query
from kpi.queries.plans.standing import plan_of
from kpi.queries.reporting import reporting_day
from people.guards import director_only, sellers_only
from people.models import company_day


def figures_day() -> dt.date:
    return Scoring.current().as_of or reporting_day()


def plans_url(year: int) -> str:
    return f"{reverse('kpi:plan_page')}?year={year}"


@sellers_only
@require_safe
def plan_page(request: HttpRequest) -> HttpResponse:
    day = figures_day()
    year = row_id(request.GET.get("year", "")) or day.year
    if not commands.FIRST_YEAR <= year <= commands.LAST_YEAR:
        raise Http404
    found = query.page(request.user, year, day, company_day(), request.company.currency)
    context = {
        "page": found,
        "found": found.found,
        "currency": request.company.currency,
        "years": [{"value": one, "label": str(one), "url": plans_url(one)} for one in found.years],
        "adopt": AdoptForm(initial={"start": suggested_start(company_day(), year)}),
    }
    return render(request, "kpi/plans/plan_page.html", context)


@director_only
@require_POST
def plan_create(request: HttpRequest) -> HttpResponse:
    """A draft, and on to its table."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise BadRequest("no such way to begin a plan")
    year = form.cleaned_data["year"]
    said = _("A draft of the plan of %(year)s was made. It holds once you adopt it.")
    return acted(
        request, lambda: _begun(request, form), said % {"year": year}, to=_edit_url(year),
        undo_url=lambda made: reverse("kpi:plan_discard", args=[made.pk]),
    )  # fmt: skip


def _begun(request: HttpRequest, form: BeginForm) -> PlanVersion:
    asked, actor = form.cleaned_data, request.user
    if asked["source"] == "last_year":
        return draft_from_last_year(
            actor=actor, year=asked["year"], percent=asked["percent"] or Decimal(),
            day=figures_day(), today=company_day(),
        )  # fmt: skip
    if asked["source"] == "copy":
        version = plan_of(asked["year"], company_day())
        if version is None:
            raise RuleBroken(_("There is no plan of this year to copy."))
        return commands.copy_version(actor=actor, version=version)
    return commands.create_draft(actor=actor, year=asked["year"])


def _edit_url(year: int) -> str:
    return reverse("kpi:plan_edit", args=[year])


@director_only
@require_POST
def plan_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    version = get_object_or_404(PlanVersion.objects.visible_to(request.user), pk=pk)
    form = AdoptForm(request.POST)
    if not form.is_valid():
        toast(request, _("Choose the day from which the plan holds. Nothing was changed."))
        return redirect(plans_url(version.year))
    adopted = commands.adopt_plan
    return acted(
        request,
        lambda: adopted(
            actor=request.user, version=version, start=form.cleaned_data["start"],
            today=company_day(), note=form.cleaned_data["note"],
        ),
        _("The plan of %(year)s is adopted.") % {"year": version.year},
        to=plans_url(version.year),
        undo_url=reverse("kpi:plan_withdraw", args=[pk]),
    )  # fmt: skip


@director_only
@require_POST
def plan_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("The adoption was taken back. The version is a draft again.")
    return _changed(request, pk, commands.withdraw_adoption, said)


@director_only
@require_POST
def plan_discard(request: HttpRequest, pk: int) -> HttpResponse:
    undo = reverse("kpi:plan_restore", args=[pk])
    return _changed(request, pk, commands.discard_draft, _("The draft was discarded."), undo)


@director_only
@require_POST
def plan_restore(request: HttpRequest, pk: int) -> HttpResponse:
    return _changed(request, pk, commands.restore_draft, _("The draft is back."))


def _changed(
    request: HttpRequest, pk: int, command: Callable, said: str, undo_url: str = ""
) -> HttpResponse:
    version = get_object_or_404(PlanVersion.objects.visible_to(request.user), pk=pk)
    return acted(
        request, lambda: command(actor=request.user, version=version), said,
        to=plans_url(version.year), undo_url=undo_url,
    )  # fmt: skip


@sellers_only
@require_safe
def plan_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The lines that the reader may see, in the shape the import reads."""
    version = get_object_or_404(PlanVersion.objects.visible_to(request.user), pk=pk)
    respond = {"csv": csv_response, "xlsx": xlsx_response}.get(kind)
    if respond is None:
        raise Http404
    header = query.file_header(request.company.currency)
    rows = query.file_rows(request.user, version)
    return respond(f"plan-{version.year}-{version.number}", header, rows)
