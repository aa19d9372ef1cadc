"""The way of a file from the drop to the report; every step is an address of its own."""

from itertools import islice

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import importing
from accounts.commands.import_kinds import CONTACTS, LEDGER, Kind, kind_of
from accounts.forms.contact_import import ContactUploadForm, columns_form
from accounts.forms.importing import ColumnsForm, LayoutForm, MapForm, UploadForm, map_initial
from accounts.queries import imports as queries
from common import imports
from common.choices import ImportState
from common.errors import RuleBroken
from common.models import Import
from common.reading import detect
from common.reading.errors import FileUnusable
from common.reading.layout import Layout
from common.reading.rows import open_rows
from common.toasts import toast
from people.guards import bringers_only, director_only, importer_only, sellers_only
from people.models import Company

PAGE = 50
SHOWN_ROWS = 8


def _import(request: HttpRequest, pk: int) -> Import:
    return get_object_or_404(queries.import_list(request.user), pk=pk)


def _draft(request: HttpRequest, pk: int) -> Import:
    """An import that can still be read and mapped anew, by those who may."""
    batch = _import(request, pk)
    if batch.state not in imports.RESUMABLE or importing.is_busy(batch):
        raise Http404
    if not importing.may_change(request.user, batch):
        raise Http404
    return batch


@importer_only
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.import_list(request.user), PAGE).get_page(request.GET.get("page"))
    rows = [{"batch": batch, "tone": queries.tone(batch)} for batch in page]
    return render(request, "ledger/import_list.html", {"rows": rows, "page": page})


@director_only
@require_safe
def import_new(request: HttpRequest) -> HttpResponse:
    names = queries.source_names()
    form = UploadForm(initial={"source": names[0] if len(names) == 1 else ""})
    return render(request, "ledger/import_new.html", {"form": form, "sources": names})


@sellers_only
@require_safe
def contacts_new(request: HttpRequest) -> HttpResponse:
    return render(request, "ledger/contacts_new.html", {"form": ContactUploadForm()})


@director_only
@require_POST
def import_upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    page = ("ledger/import_new.html", {"form": form, "sources": queries.source_names()})
    return _receive(request, form, LEDGER, page)


@sellers_only
@require_POST
def contacts_upload(request: HttpRequest) -> HttpResponse:
    form = ContactUploadForm(request.POST, request.FILES)
    return _receive(request, form, CONTACTS, ("ledger/contacts_new.html", {"form": form}))


def _receive(
    request: HttpRequest, form: ContactUploadForm, kind: Kind, page: tuple[str, dict]
) -> HttpResponse:
    """Answers with a page; for a script that shows the progress of the upload, with JSON."""
    if form.is_valid():
        try:
            batch = importing.receive_file(
                actor=request.user,
                chunks=form.cleaned_data["file"].chunks(),
                filename=form.cleaned_data["file"].name,
                source=form.cleaned_data.get("source", ""),
                kind=kind,
            )
        except RuleBroken as refusal:
            form.add_error("file", str(refusal))
        else:
            return _uploaded(request, reverse("ledger:import_read", args=[batch.pk]))
    if request.accepts("text/html"):
        template, context = page
        return render(request, template, context, status=422)
    said = [text for errors in form.errors.values() for text in errors]
    return JsonResponse({"error": " ".join(said)})


def _uploaded(request: HttpRequest, url: str) -> HttpResponse:
    return redirect(url) if request.accepts("text/html") else JsonResponse({"url": url})


@importer_only
@require_safe
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Where this import stands: the step to go on with, the work in progress, or the report."""
    batch = _import(request, pk)
    if importing.is_busy(batch):
        return render(request, "ledger/import_run.html", _work(batch, request))
    if batch.state in queries.DONE or not importing.may_change(request.user, batch):
        return render(request, "ledger/import_report.html", _report(batch, request))
    step = "read" if batch.state == ImportState.UPLOADED else "preview"
    return redirect(f"ledger:import_{step}", pk=pk)


def _work(batch: Import, request: HttpRequest) -> dict:
    is_check = batch.job.name.endswith("check_import")
    return {
        "batch": batch,
        "job": batch.job,
        "is_check": is_check,
        "is_undo": batch.job.name.endswith("undo_import"),
        "steps": queries.import_steps(batch, "preview" if is_check else "run"),
        "can_stop": not batch.job.name.endswith("undo_import"),
    }


def _report(batch: Import, request: HttpRequest) -> dict:
    user = request.user
    may_read = importing.may_change(user, batch)
    return {
        "batch": batch,
        "tone": queries.tone(batch),
        "counts": batch.counts,
        "reasons": queries.reject_reasons(batch),
        "steps": queries.import_steps(
            batch, "report" if batch.state in queries.DONE else "preview"
        ),
        "undo": queries.undo_effect(batch) if batch.state == ImportState.APPLIED else None,
        "can_run": importing.may_rerun(user, batch),
        "has_report": bool(batch.report) and may_read,
        "kept": batch.preview.get("kept", []) if may_read else [],
    }


@importer_only
@require_safe
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The moving part of the page; when the work has ended the page is loaded anew."""
    batch = _import(request, pk)
    if not importing.is_busy(batch):
        answer = HttpResponse()
        answer["HX-Redirect"] = reverse("ledger:import_page", args=[pk])
        return answer
    return render(request, "ledger/_progress.html", _work(batch, request))


@bringers_only
@require_http_methods(["GET", "HEAD", "POST"])
def import_read(request: HttpRequest, pk: int) -> HttpResponse:
    """What we understood of the file, each part changeable."""
    batch = _draft(request, pk)
    layout = Layout.from_dict(batch.dialect)
    form = LayoutForm(request.POST or None, layout=layout)
    if request.method == "POST" and form.is_valid():
        try:
            importing.change_layout(actor=request.user, batch=batch, said=form.said())
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("ledger:import_read", pk=pk)
    context = {
        "batch": batch,
        "layout": layout,
        "form": form,
        "dates": [(layout.columns[n], order) for n, order in sorted(layout.orders.items())],
        "rows": _first_rows(batch, layout),
        "steps": queries.import_steps(batch, "read"),
    }
    return render(request, "ledger/import_read.html", context)


def _first_rows(batch: Import, layout: Layout) -> list[list[str]]:
    try:
        path = detect.readable(imports.source_of(batch), layout)
        with open_rows(path, layout) as rows:
            found = [cells for _number, cells in islice(rows, SHOWN_ROWS)]
    except (FileUnusable, OSError):
        return []
    width = len(layout.columns)
    plain = [[cell.lstrip("\x1f")[cell.startswith("\x1f") :] for cell in row] for row in found]
    return [(row + [""] * width)[:width] for row in plain]


@bringers_only
@require_http_methods(["GET", "HEAD", "POST"])
def import_map(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is which."""
    batch = _draft(request, pk)
    layout = Layout.from_dict(batch.dialect)
    form = _map_form(request, batch, layout)
    if request.method == "POST" and form.is_valid():
        try:
            importing.map_columns(
                actor=request.user,
                batch=batch,
                mapping=form.mapping(),
                source=form.cleaned_data["source"] if kind_of(batch).has_source else batch.source,
                options=form.options(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("ledger:import_page", pk=pk)
    context = {
        "batch": batch,
        "layout": layout,
        "form": form,
        "rows": _first_rows(batch, layout)[:4],
        "sources": queries.source_names(),
        "steps": queries.import_steps(batch, "map"),
    }
    return render(request, "ledger/import_map.html", context)


def _map_form(request: HttpRequest, batch: Import, layout: Layout) -> ColumnsForm:
    said = request.POST or None
    kind = kind_of(batch)
    if kind is not LEDGER:
        form = columns_form(kind.fields, kind.required, kind.terms)
        return form(said, layout=layout, initial=batch.mapping | batch.options)
    currency = Company.current().currency
    start = map_initial(batch.mapping, batch.options, batch.source, currency, layout.columns)
    return MapForm(said, layout=layout, initial=start)


@bringers_only
@require_safe
def import_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The first lines as they will be read, and what running would do."""
    batch = _draft(request, pk)
    if batch.state == ImportState.UPLOADED:
        return redirect("ledger:import_map", pk=pk)
    context = {
        "batch": batch,
        "counts": batch.counts,
        "rows": queries.first_lines(batch),
        "reasons": queries.reject_reasons(batch),
        "steps": queries.import_steps(batch, "preview"),
        "can_run": batch.state in importing.STARTABLE and bool(batch.counts.get("lines")),
    }
    return render(request, "ledger/import_preview.html", context)


def _answer(request: HttpRequest, pk: int, verb) -> HttpResponse:
    batch = _import(request, pk)
    try:
        verb(actor=request.user, batch=batch)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    return redirect("ledger:import_page", pk=pk)


@importer_only
@require_POST
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, importing.start_import)


@importer_only
@require_POST
def import_stop(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, importing.stop_import)


@importer_only
@require_POST
def import_undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, importing.start_undo)


@bringers_only
@require_POST
def import_discard(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _import(request, pk)
    try:
        importing.discard_import(actor=request.user, batch=batch)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect("ledger:import_page", pk=pk)
    toast(request, _("The file was thrown away. Nothing was changed."))
    return redirect("ledger:import_list")


@bringers_only
@require_safe
def import_rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of rows set aside, as a file."""
    batch = _import(request, pk)
    if not (batch.report and importing.may_change(request.user, batch)):
        raise Http404
    path = imports.folder_of(batch) / batch.report.rpartition("/")[2]
    if not path.is_file():
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=f"rejects-{batch.pk}.csv",
        content_type="text/csv; charset=utf-8",
    )  # fmt: skip
