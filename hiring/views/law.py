"""/hiring/data/: what candidates may ask of us, and who of us looked at them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.answers import acted, came_from
from common.errors import RuleBroken
from common.export import csv_response
from common.toasts import toast
from hiring.choices import AccessAct
from hiring.commands import erasure, retention
from hiring.commands.access import note_access
from hiring.forms.law import HoldForm, LooksForm
from hiring.models import Candidate, Erasure, HiringSettings, LegalHold
from hiring.queries import law
from hiring.queries.candidate_export import candidate_archive
from people.guards import hirers_only, recruiters_only
from people.models import User

PAGE = 100
SHOWN_ACTS = 50


@hirers_only
@require_safe
def data_page(request: HttpRequest) -> HttpResponse:
    acts = law.acts(request.user)
    context = {
        "wishes": law.wishes(request.user),
        "holds": law.holds(request.user),
        "acts": acts[:SHOWN_ACTS],
        "settings": HiringSettings.current(),
    }
    return render(request, "hiring/data.html", context)


@hirers_only
@require_POST
def erasure_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Erasure.objects.visible_to(request.user), pk=pk)
    return acted(
        request, lambda: erasure.confirm_erasure(actor=request.user, erasure_id=pk),
        _("The data is being erased. The act will stand below."), to=reverse("hiring:data_page"),
    )  # fmt: skip


@recruiters_only
@require_POST
def erasure_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Erasure.objects.visible_to(request.user), pk=pk)
    return acted(
        request, lambda: erasure.refuse_erasure(actor=request.user, erasure_id=pk),
        _("Not erased. The record keeps that it was asked for."), to=reverse("hiring:data_page"),
    )  # fmt: skip


@hirers_only
@require_safe
def erasure_act(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof, to print: what went and when, on whose word; never what was in it."""
    row = get_object_or_404(law.acts(request.user), pk=pk)
    return render(request, "hiring/erasure_act.html", {"act": row})


@recruiters_only
@require_POST
def candidate_erase(request: HttpRequest, pk: int) -> HttpResponse:
    _own(request.user, pk)
    try:
        erasure.ask_erasure(actor=request.user, candidate_id=pk, because=erasure.STAFF)
    except RuleBroken as broken:
        toast(request, str(broken))
        return redirect(came_from(request, reverse("hiring:data_page")))
    toast(request, _("Asked for. A second person has to confirm the erasure."))
    return redirect("hiring:data_page")


@recruiters_only
@require_safe
def candidate_archive_download(request: HttpRequest, pk: int) -> HttpResponse:
    """All we hold, for the candidate; noted like every export."""
    candidate = _own(request.user, pk)
    content = candidate_archive(candidate)
    note_access(actor=request.user, candidate_id=pk, act=AccessAct.EXPORTED, purpose="all data")
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="candidate-{pk}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


@recruiters_only
@require_POST
def candidate_hold(request: HttpRequest, pk: int) -> HttpResponse:
    _own(request.user, pk)
    form = HoldForm(request.POST)
    back = came_from(request, reverse("hiring:data_page"))
    if not form.is_valid():
        toast(request, _("Say why the data has to be kept, and until a real day if you know it."))
        return redirect(back)
    return acted(
        request,
        lambda: retention.hold_data(actor=request.user, candidate_id=pk, **form.cleaned_data),
        _("The data is held."), to=back,
    )  # fmt: skip


@recruiters_only
@require_POST
def hold_end(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(LegalHold, candidate__in=Candidate.objects.editable_by(request.user), pk=pk)
    retention.end_hold(actor=request.user, hold_id=pk)
    toast(request, _("The hold is ended; the usual time holds again."))
    return redirect("hiring:data_page")


@hirers_only
@require_safe
def looks_page(request: HttpRequest) -> HttpResponse:
    form, rows = _looks(request)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "people": law.people_seen(rows)}
    return render(request, "hiring/looks.html", context)


@hirers_only
@require_safe
def looks_export(request: HttpRequest) -> HttpResponse:
    _form, rows = _looks(request)
    header = [_("When"), _("Colleague"), _("Candidate"), _("What"), _("For what")]
    cells = (
        (row.at, row.actor or "", row.candidate or "", row.get_act_display(), row.purpose)
        for row in rows.iterator(chunk_size=2_000)
    )
    return csv_response(f"looks-{timezone.localdate()}", header, cells)


def _looks(request: HttpRequest):
    """A wrong field shows its error and narrows nothing."""
    form = LooksForm(request.GET, reader=request.user)
    form.is_valid()
    chosen = form.cleaned_data
    rows = law.looks(
        request.user, by=chosen.get("by"), first=chosen.get("first"), last=chosen.get("last")
    )
    return form, rows


def _own(user: User, pk: int) -> Candidate:
    return get_object_or_404(Candidate.objects.editable_by(user), pk=pk)
