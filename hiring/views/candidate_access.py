"""A candidate as a reader may reach them; anybody else's do not exist."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from common.ids import row_id
from hiring.models import Candidate, Vacancy

MOST = 1_000


def visible_candidate(request: HttpRequest, pk: int) -> Candidate:
    rows = Candidate.objects.visible_to(request.user).select_related("user", "referred_by")
    return get_object_or_404(rows.prefetch_related("reaches"), pk=pk)


def editable_candidate(request: HttpRequest, pk: int) -> Candidate:
    rows = Candidate.objects.editable_by(request.user).present()
    return get_object_or_404(rows.prefetch_related("reaches"), pk=pk)


def editable_vacancy(request: HttpRequest, pk: int) -> Vacancy:
    return get_object_or_404(Vacancy.objects.editable_by(request.user), pk=pk)


def posted_ids(request: HttpRequest, most: int = MOST) -> list[int]:
    """The ids ticked in a list or sent in one field with commas between; 404 for anything else."""
    texts = ",".join(request.POST.getlist("ids")).split(",")[: most + 1]
    ids = [row_id(text) for text in texts]
    if None in ids:
        raise Http404
    return list(dict.fromkeys(ids))
