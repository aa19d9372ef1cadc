"""Observers and exercises of a session."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.answers import acted
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.choices import TaskPlace
from hiring.commands import session_parts as commands
from hiring.forms.session import ExerciseForm
from hiring.models import Exercise, Session
from hiring.queries.home_tasks import usable
from hiring.views.session import back_from, editable
from people.guards import recruiters_only

OBSERVER_ACTS = {
    "add": (
        commands.add_observer,
        gettext_lazy("Added; they are asked to judge everybody who has a place."),
    ),
    "remove": (commands.remove_observer, gettext_lazy("Removed.")),
    "lead": (commands.set_chair, gettext_lazy("They lead the session.")),
}


@recruiters_only
@require_POST
def observer_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    editable(request, pk)
    command, said = OBSERVER_ACTS[act]
    user_id = row_id(request.POST.get("user"))

    def change():
        if not user_id:
            raise RuleBroken(_("Choose somebody."))
        command(actor=request.user, session_id=pk, user_id=user_id)

    return acted(request, change, said, to=back_from(request, pk))


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def exercise_add(request: HttpRequest, pk: int) -> HttpResponse:
    return _written(request, editable(request, pk), None, _("Exercise added."))


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def exercise_edit(request: HttpRequest, pk: int) -> HttpResponse:
    exercise = exercise_of(request, pk)
    return _written(request, exercise.session, exercise, _("Saved."))


def exercise_of(request: HttpRequest, pk: int) -> Exercise:
    rows = Exercise.objects.filter(session__in=Session.objects.editable_by(request.user))
    return get_object_or_404(rows.select_related("session__vacancy"), pk=pk)


def _written(
    request: HttpRequest, session: Session, exercise: Exercise | None, said: str | Promise
) -> HttpResponse:
    tasks = usable(request.user, TaskPlace.ROOM)
    form = ExerciseForm(request.POST or None, exercise=exercise, tasks=tasks)
    if request.method == "POST" and form.is_valid():
        values = form.values(get_language() or "en", exercise and exercise.names)
        try:
            if exercise:
                commands.edit_exercise(actor=request.user, exercise_id=exercise.pk, **values)
            else:
                commands.add_exercise(actor=request.user, session_id=session.pk, **values)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, said)
            return redirect("hiring:session_page", pk=session.pk)
    context = {
        "form": form, "session": session, "vacancy": session.vacancy, "exercise": exercise,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "hiring/sessions/exercise_form.html", context, status=status)


@recruiters_only
@require_POST
def exercise_remove(request: HttpRequest, pk: int) -> HttpResponse:
    exercise = exercise_of(request, pk)
    return acted(
        request, lambda: commands.remove_exercise(actor=request.user, exercise_id=pk),
        _("Exercise removed."), to=back_from(request, exercise.session_id),
    )  # fmt: skip


@recruiters_only
@require_POST
def exercise_move(request: HttpRequest, pk: int) -> HttpResponse:
    exercise = exercise_of(request, pk)
    places = 1 if request.POST.get("to") == "later" else -1
    return acted(
        request,
        lambda: commands.move_exercise(actor=request.user, exercise_id=pk, places=places),
        _("Moved."), to=back_from(request, exercise.session_id),
    )  # fmt: skip
