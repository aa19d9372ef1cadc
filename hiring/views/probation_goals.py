"""What is to be reached in a trial: set and changed while the plan is a draft."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.answers import acted
from common.drawer import removed, saved
from hiring.choices import ProbationState
from hiring.commands import probation_goal as commands
from hiring.forms.probation import GoalForm
from hiring.models import Probation, ProbationGoal
from hiring.views.probation import trials_reader
from hiring.views.probation_plan import editable

FORM = "hiring/probation/_goal_form.html"


def draft(request: HttpRequest, pk: int) -> Probation:
    row = editable(request, pk, "edit")
    if row.state != ProbationState.DRAFT:
        raise Http404
    return row


def _back(pk: int) -> str:
    return reverse("hiring:probation_plan", args=[pk]) + "#goals"


@trials_reader
@require_http_methods(["GET", "HEAD", "POST"])
def probation_goal_create(request: HttpRequest, pk: int) -> HttpResponse:
    draft(request, pk)
    return _form(request, pk, None, _("New goal"))


@trials_reader
@require_http_methods(["GET", "HEAD", "POST"])
def probation_goal_edit(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    row = get_object_or_404(draft(request, pk).goals, pk=goal)
    return _form(request, pk, row, _("Change the goal"))


def _form(request: HttpRequest, pk: int, goal: ProbationGoal | None, title: str) -> HttpResponse:
    form = GoalForm(request.POST or None, goal=goal)

    def save():
        return commands.save_goal(
            actor=request.user, probation_id=pk, goal_id=goal and goal.pk, **form.cleaned_data
        )

    return saved(request, form, title, save, _back(pk), template=FORM)


@trials_reader
@require_POST
def probation_goal_remove(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    draft(request, pk)
    return removed(
        request,
        lambda: commands.remove_goal(actor=request.user, probation_id=pk, goal_id=goal),
        _back(pk),
        undo_url=lambda event: reverse("hiring:probation_goal_restore", args=[pk, event.pk]),
    )


@trials_reader
@require_POST
def probation_goal_restore(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    draft(request, pk)

    def restore() -> None:
        commands.restore_goal(actor=request.user, probation_id=pk, event_id=event)

    return acted(request, restore, _("Brought back."), to=_back(pk))
