"""One probation from the day it was offered: how far it is, and the newcomer's own word on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.answers import acted
from common.ids import row_id
from hiring.choices import ProbationState
from hiring.commands import probation as commands
from hiring.models import Probation
from hiring.queries import probation as queries
from hiring.queries.probation_list import COURSE_TONES, TONES
from hiring.views.probation import trials_reader
from people.models import Company


def visible_probation(request: HttpRequest, pk: int) -> Probation:
    """One the reader has to do with; a plan that is not offered yet is not the newcomer's."""
    probation = get_object_or_404(queries.probations(request.user), pk=pk)
    if probation.state == ProbationState.DRAFT and probation.user_id == request.user.pk:
        raise Http404
    return probation


def page_url(pk: int) -> str:
    return reverse("hiring:probation_page", args=[pk])


@trials_reader
@require_safe
def probation_page(request: HttpRequest, pk: int) -> HttpResponse:
    page = queries.probation_page(visible_probation(request, pk), request.user)
    context = {
        "page": page, "one": page.probation, "currency": Company.current().currency,
        "tone": TONES.get(page.probation.state, ""), "course_tones": COURSE_TONES,
        "is_own": page.probation.user_id == request.user.pk,
    }  # fmt: skip
    return render(request, "hiring/probation/page.html", context)


@trials_reader
@require_POST
def probation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    visible_probation(request, pk)
    version = row_id(request.POST.get("version")) or 0

    def accept() -> None:
        commands.accept_probation(actor=request.user, probation_id=pk, version=version)

    return acted(request, accept, _("Accepted. Your lead has been told."), to=page_url(pk))


@trials_reader
@require_POST
def probation_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    visible_probation(request, pk)
    words = request.POST.get("words", "")

    def send_back() -> None:
        commands.send_back_probation(actor=request.user, probation_id=pk, words=words)

    told = _("Sent back. You will see the plan again when it is changed.")
    return acted(request, send_back, told, to=reverse("hiring:probation_list"))
