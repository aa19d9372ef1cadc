"""/kpi/: every measure, one measure, and the accounts behind it."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.urls.converters import StringConverter
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common import export
from common.errors import RuleBroken
from common.toasts import toast
from kpi.commands.measure import set_measure
from kpi.forms import MeasureForm
from kpi.models import MeasureSetting
from kpi.queries.measures import BY_CODE, Definition, explorer, page, rows
from kpi.queries.measures.choice import Choice, choice_of
from people.models import User


class MeasureCode(StringConverter):
    """Only codes of measures, so that /kpi/plans/ and the like stay addresses of their own."""

    regex = "|".join(sorted(BY_CODE))


KINDS = {"csv": export.csv_response, "xlsx": export.xlsx_response}


@login_required
@require_safe
def measures_page(request: HttpRequest) -> HttpResponse:
    choice = asked_for(request)
    found = explorer.explorer(request.user, choice, request.company.currency)
    return render(request, "kpi/measures/measures_page.html", {"found": found, "choice": choice})


@login_required
@require_safe
def measure_page(request: HttpRequest, code: str) -> HttpResponse:
    definition = BY_CODE[code]
    choice = asked_for(request, definition)
    currency = request.company.currency
    found = page.measure_page(request.user, definition, choice, currency)
    rows_url = reverse("kpi:measure_rows", args=[code])
    context = {
        "found": found,
        "definition": definition,
        "choice": choice,
        "currency": currency,
        "rows_url": f"{rows_url}?{choice.query(by=None)}",
    }
    return render(request, "kpi/measures/measure_page.html", context)


@login_required
@require_safe
def measure_rows(request: HttpRequest, code: str) -> HttpResponse:
    """A part of the page, asked for once it stands; a page of its own without script."""
    definition = BY_CODE[code]
    choice = asked_for(request, definition)
    table = rows.account_table(request.user, definition, choice)
    context = {
        "table": table,
        "definition": definition,
        "choice": choice,
        "currency": request.company.currency,
        "files": [
            (kind.upper(), reverse("kpi:measure_export", args=[code, kind])) for kind in KINDS
        ],
        "query": choice.query(by=None),
    }
    part = "kpi/measures/_rows.html" if request.htmx else "kpi/measures/rows_page.html"
    return render(request, part, context)


@login_required
@require_safe
def measure_export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Every account behind the figure, so that it can be made again in a spreadsheet."""
    definition = BY_CODE[code]
    choice = asked_for(request, definition)
    table = rows.account_table(request.user, definition, choice, most=None)
    if kind not in KINDS or table is None:
        raise Http404
    name = f"{code}-{slugify(choice.subject.code)}-{choice.day.isoformat()}"
    header = rows.header(definition, request.company.currency)
    return KINDS[kind](name, header, rows.file_rows(table))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure_set(request: HttpRequest, code: str) -> HttpResponse:
    if not request.user.is_director:
        raise Http404
    definition = BY_CODE[code]
    newest = MeasureSetting.objects.filter(code=code).first()
    form = MeasureForm(
        request.POST or None, initial=_initial(newest), definition=definition,
        currency=request.company.currency,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        asked = {"target": None, **form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
        try:
            set_measure(actor=request.user, code=code, **asked)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, _("“%(name)s” is set.") % {"name": definition.name})
            return redirect("kpi:measure_page", code)
    context = {"form": form, "definition": definition, "newest": newest}
    status = 422 if form.is_bound else 200
    return render(request, "kpi/measures/measure_form.html", context, status=status)


def _initial(newest: MeasureSetting | None) -> dict:
    if newest is None:
        return {"seen": 0, "is_shown": True}
    target = None if newest.target is None else newest.target.normalize()
    return {
        "target": target, "owner": newest.owner, "is_shown": newest.is_shown, "seen": newest.pk,
    }  # fmt: skip


def asked_for(request: HttpRequest, definition: Definition | None = None) -> Choice:
    """404 for figures the reader has not, 400 for a day or a split that is none."""
    if not _reads(request.user):
        raise Http404
    try:
        choice = choice_of(request.user, request.GET.dict(), definition)
    except ValueError:
        raise BadRequest("no such day or split") from None
    if choice is None:
        raise Http404
    return choice


def _reads(user: User) -> bool:
    return user.is_director or user.is_kam
