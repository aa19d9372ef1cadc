"""Evidence of a trial: one note more, and its papers as downloads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.drawer import drawer, go
from common.errors import RuleBroken
from common.files import served
from common.toasts import toast
from hiring.commands.probation_evidence import add_evidence
from hiring.forms.probation_course import EvidenceForm
from hiring.models import Probation
from hiring.queries.probation_evidence import kinds_of, papers_of
from hiring.queries.probation_words import goal_words
from hiring.views.probation_page import page_url, visible_probation
from people.guards import sellers_only


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: HttpRequest, pk: int) -> HttpResponse:
    probation = visible_probation(request, pk)
    kinds = kinds_of(probation, request.user)
    if not kinds:
        raise Http404
    form = _form(request, probation, kinds)
    if request.method == "POST" and form.is_valid():
        try:
            add_evidence(actor=request.user, probation_id=pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Noted."))
            return go(request, page_url(pk))
    context = {
        "form": form, "action": request.path, "submit": _("Note it"),
        "title": _("What was seen"), "is_own": probation.user_id == request.user.pk,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return drawer(request, "hiring/probation/_evidence_form.html", context, status=status)


def _form(request: HttpRequest, probation: Probation, kinds) -> EvidenceForm:
    goals = [(goal.pk, goal_words(goal)) for goal in probation.goals.all()]
    if request.method != "POST":
        return EvidenceForm(kinds=kinds, goals=goals)
    return EvidenceForm(request.POST, request.FILES, kinds=kinds, goals=goals)


@sellers_only
@require_safe
def evidence_paper(request: HttpRequest, key: str) -> HttpResponse:
    """A download that no browser shows, runs or keeps."""
    return served(get_object_or_404(papers_of(request.user), key=key))
