"""/kpi/plans/import/: a file becomes a draft, or a list of what to mend in it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import RuleBroken
from common.export import csv_response, xlsx_response
from common.toasts import toast
from kpi.commands import plan_import as commands
from kpi.forms.plan import FileForm
from kpi.queries.plans.page import file_header, template_rows
from people.guards import director_only
from people.models import company_day

MOST_SHOWN = 200


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan_import(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            sent = form.cleaned_data["file"]
            version, found = commands.import_plan(
                actor=request.user, chunks=sent.chunks(), filename=sent.name
            )
        except RuleBroken as refusal:
            form.add_error("file", str(refusal))
        else:
            if version is not None:
                return _drafted(request, version, len(found.lines))
    context = {
        "form": form,
        "found": found,
        "rejects": [
            {"row": one.row, "field": commands.FIELDS.get(one.field, ""), "value": one.value,
             "reason": commands.reason(one.code)}
            for one in (found.rejects[:MOST_SHOWN] if found else [])
        ],
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "kpi/plans/plan_import.html", context, status=status)


def _drafted(request: HttpRequest, version, count: int) -> HttpResponse:
    said = ngettext(
        "%(count)d figure is in the draft. Look it through and adopt it.",
        "%(count)d figures are in the draft. Look it through and adopt it.",
        count,
    ) % {"count": count}
    toast(request, said, undo_url=reverse("kpi:plan_discard", args=[version.pk]))
    return redirect("kpi:plan_edit", year=version.year)


@director_only
@require_safe
def plan_template(request: HttpRequest, kind: str) -> HttpResponse:
    """The columns of the import, with a row of sales for everybody who sells."""
    respond = {"csv": csv_response, "xlsx": xlsx_response}.get(kind)
    if respond is None:
        raise Http404
    header = file_header(request.company.currency)
    return respond("plan-template", header, template_rows(company_day().year + 1))
