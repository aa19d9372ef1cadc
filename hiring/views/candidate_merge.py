"""Records that may be one person: looked at side by side, merged, and taken apart again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import RuleBroken
from common.toasts import toast
from hiring.choices import AccessAct
from hiring.commands import candidate_merge as commands
from hiring.commands.access import note_access
from hiring.models import Candidate, CandidateMerge
from hiring.queries.candidate_pairs import candidate_pairs, merge_preview
from hiring.views.candidate_access import editable_candidate
from people.commands import look_again, tell_apart
from people.guards import recruiters_only
from people.queries import told_apart


@recruiters_only
@require_safe
def candidate_duplicates(request: HttpRequest) -> HttpResponse:
    rows = Candidate.objects.editable_by(request.user).present()
    apart = [
        (one, other, reverse("hiring:candidate_alike", args=[one.pk, other.pk]))
        for one, other in told_apart(rows)
    ]
    context = {"pairs": candidate_pairs(request.user), "apart": apart}
    return render(request, "hiring/candidate/duplicates.html", context)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_merge(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Field by field what the one record will be; the other goes out of sight."""
    survivor, absorbed = editable_candidate(request, pk), editable_candidate(request, other)
    if survivor == absorbed:
        raise Http404
    preview = merge_preview(survivor, absorbed)
    if request.method == "POST":
        said = {one.name: request.POST.get(f"take-{one.name}") for one in preview.choices}
        taken = [name for name, whose in said.items() if whose == "absorbed"]
        try:
            merge = commands.merge_candidates(
                actor=request.user, survivor_id=pk, absorbed_id=other, taken=taken
            )
        except RuleBroken as broken:
            messages.error(request, str(broken))
        else:
            undo = reverse("hiring:candidate_merge_undo", args=[merge.pk])
            toast(request, _("The two records are one now."), undo_url=undo)
            return redirect("hiring:candidate_page", pk)
    for one in (survivor, absorbed):
        note_access(actor=request.user, candidate_id=one.pk, act=AccessAct.VIEWED, purpose="merge")
    context = {"survivor": survivor, "absorbed": absorbed, "preview": preview}
    return render(request, "hiring/candidate/merge.html", context)


@recruiters_only
@require_POST
def candidate_distinct(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """They look alike and are two people."""
    one, two = editable_candidate(request, pk), editable_candidate(request, other)
    if one == two:
        raise Http404
    tell_apart(actor=request.user, one=one, other=two)
    undo = reverse("hiring:candidate_alike", args=[pk, other])
    toast(request, _("They are two and will not be asked about again."), undo_url=undo)
    return redirect("hiring:candidate_duplicates")


@recruiters_only
@require_POST
def candidate_alike(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    one, two = editable_candidate(request, pk), editable_candidate(request, other)
    look_again(actor=request.user, one=one, other=two)
    return redirect("hiring:candidate_duplicates")


@recruiters_only
@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    own = Candidate.objects.editable_by(request.user)
    merge = get_object_or_404(CandidateMerge, pk=pk, survivor__in=own.values("pk"))
    try:
        commands.undo_merge(actor=request.user, merge_id=pk)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("Taken back: two records again."))
    return redirect("hiring:candidate_page", merge.survivor_id)
