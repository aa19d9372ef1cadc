"""What the market pays: the list, own figures, a file with its preview."""

import csv
import datetime as dt
import tempfile
from decimal import Decimal
from functools import partial
from pathlib import Path

from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.drawer import removed, saved
from common.errors import RuleBroken
from common.export import csv_response
from common.toasts import toast
from hiring.choices import EmployerKind
from hiring.commands import benchmark as commands
from hiring.forms.benchmark import BenchmarkFileForm, BenchmarkForm
from hiring.models import PayBenchmark
from hiring.queries import benchmark as queries
from hiring.rules.benchmark import city_name, is_old
from people.guards import hirers_only

PAGE = 60
SALT = "benchmarks"
SHOWN = 50


@hirers_only
@require_safe
def benchmark_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    city = request.GET.get("city", "").replace("\x00", "")[:80]
    employer, own = request.GET.get("employer", ""), request.GET.get("own") == "1"
    rows = queries.benchmarks(user, city=city, employer=employer, own=own)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page, "city": city, "employer": employer, "own": own,
        "rows": [(row, city_name(row.city), is_old(row.on, today)) for row in page.object_list],
        "cities": queries.cities(user), "employers": EmployerKind.choices,
        "is_empty": not PayBenchmark.objects.exists(),
    }  # fmt: skip
    return render(request, "hiring/benchmark_list.html", context)


@hirers_only
@require_POST
def benchmarks_install(request: HttpRequest) -> HttpResponse:
    number = commands.install_benchmarks()
    words = ngettext("%(n)s figure was brought.", "%(n)s figures were brought.", number)
    toast(request, words % {"n": number})
    return redirect("hiring:benchmark_list")


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def benchmark_create(request: HttpRequest) -> HttpResponse:
    return _edit(request, BenchmarkForm(request.POST or None), None, _("Enter a figure"))


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def benchmark_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(PayBenchmark.objects.visible_to(request.user), pk=pk)
    form = BenchmarkForm(request.POST or None, row=row)
    return _edit(request, form, pk, city_name(row.city))


def _edit(request: HttpRequest, form: BenchmarkForm, pk: int | None, title: str) -> HttpResponse:
    def save() -> None:
        commands.save_benchmark(actor=request.user, benchmark_id=pk, **form.cleaned_data)

    return saved(request, form, title, save, reverse("hiring:benchmark_list"))


@hirers_only
@require_POST
def benchmark_remove(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(PayBenchmark.objects.visible_to(request.user), pk=pk)
    remove = partial(commands.remove_benchmark, actor=request.user, benchmark_id=pk)
    return removed(request, remove, reverse("hiring:benchmark_list"))


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def benchmark_import(request: HttpRequest) -> HttpResponse:
    """First the file is read and shown; what was shown travels sealed and is kept by a yes."""
    if request.method == "POST" and "rows" in request.POST:
        return _keep(request)
    form = BenchmarkFileForm(request.POST or None, request.FILES or None)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            found = _read(upload)
        except RuleBroken as broken:
            form.add_error("file", str(broken))
        else:
            rows = [{**row, "where": city_name(row["city"])} for row in found.rows[:SHOWN]]
            context |= {
                "found": found, "rows": rows, "name": upload.name,
                "sealed": signing.dumps([_plain(row) for row in found.rows], salt=SALT,
                                        compress=True),
            }  # fmt: skip
    return render(
        request, "hiring/benchmark_import.html", context, status=422 if form.errors else 200
    )


def _read(upload: UploadedFile) -> commands.Reading:
    if upload.size > commands.MOST_BYTES:
        raise RuleBroken(_("The file is larger than 2 MB. Leave out what is not salaries."))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "salaries"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        return commands.read_benchmarks(path)


def _plain(row: dict) -> dict:
    return {
        name: value if value is None or isinstance(value, int) else str(value)
        for name, value in row.items()
    }


def _keep(request: HttpRequest) -> HttpResponse:
    try:
        rows = signing.loads(request.POST["rows"], salt=SALT, max_age=3600)
    except signing.BadSignature:
        messages.error(request, _("The preview is too old. Choose the file again."))
        return redirect("hiring:benchmark_import")
    for row in rows:
        for name in ("low", "high", "median"):
            row[name] = Decimal(row[name]) if row[name] is not None else None
        row["on"] = dt.date.fromisoformat(row["on"])
    try:
        number = commands.import_benchmarks(
            actor=request.user, rows=rows, filename=request.POST.get("name", "")[:200]
        )
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("hiring:benchmark_import")
    words = ngettext("%(n)s new figure was kept.", "%(n)s new figures were kept.", number)
    toast(request, words % {"n": number} if number else _("All these figures were known already."))
    return redirect("hiring:benchmark_list")


@hirers_only
@require_safe
def benchmark_example(request: HttpRequest) -> HttpResponse:
    """A file to fill in: the columns and two shipped rows."""
    with commands.SHIPPED.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))[:3]
    return csv_response("salaries.csv", header, rows)
