"""Observers and exercises of a session."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.commands import session_parts as commands
from hiring.forms.session import ExerciseForm
from hiring.models import Exercise, Observer, Session
from hiring.views.session import editable
from people.guards import recruiters_only


def done(request: HttpRequest, session_id: int, said: str, act) -> HttpResponse:
    try:
        if "observer" in request.resolver_match.url_name and not chosen(request):
            raise RuleBroken(_("Choose somebody."))
        act()
    except (Observer.DoesNotExist, Exercise.DoesNotExist, Session.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, said)
    return redirect("hiring:session_page", pk=session_id)


def chosen(request: HttpRequest) -> int:
    """Who was chosen; nobody is told what to do, not that they are not there."""
    return row_id(request.POST.get("user")) or 0


@recruiters_only
@require_POST
def observer_add(request: HttpRequest, pk: int) -> HttpResponse:
    editable(request, pk)
    user_id = chosen(request)
    return done(
        request, pk, _("Added; they are asked to judge everybody who has a place."),
        lambda: commands.add_observer(actor=request.user, session_id=pk, user_id=user_id),
    )  # fmt: skip


@recruiters_only
@require_POST
def observer_remove(request: HttpRequest, pk: int) -> HttpResponse:
    editable(request, pk)
    user_id = chosen(request)
    return done(
        request, pk, _("Removed."),
        lambda: commands.remove_observer(actor=request.user, session_id=pk, user_id=user_id),
    )  # fmt: skip


@recruiters_only
@require_POST
def observer_lead(request: HttpRequest, pk: int) -> HttpResponse:
    editable(request, pk)
    user_id = chosen(request)
    return done(
        request, pk, _("They lead the session."),
        lambda: commands.set_chair(actor=request.user, session_id=pk, user_id=user_id),
    )  # fmt: skip


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def exercise_add(request: HttpRequest, pk: int) -> HttpResponse:
    session = editable(request, pk)
    form = ExerciseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.add_exercise(
                actor=request.user, session_id=pk, **form.values(get_language() or "en")
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Exercise added."))
            return redirect("hiring:session_page", pk=pk)
    return _form(request, form, session, None)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def exercise_edit(request: HttpRequest, pk: int) -> HttpResponse:
    exercise = exercise_of(request, pk)
    form = ExerciseForm(request.POST or None, exercise=exercise)
    if request.method == "POST" and form.is_valid():
        try:
            commands.edit_exercise(
                actor=request.user, exercise_id=pk,
                **form.values(get_language() or "en", exercise.names),
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return redirect("hiring:session_page", pk=exercise.session_id)
    return _form(request, form, exercise.session, exercise)


def exercise_of(request: HttpRequest, pk: int) -> Exercise:
    rows = Exercise.objects.filter(session__in=Session.objects.editable_by(request.user))
    return get_object_or_404(rows.select_related("session__vacancy"), pk=pk)


def _form(
    request: HttpRequest, form: ExerciseForm, session: Session, exercise: Exercise | None
) -> HttpResponse:
    context = {
        "form": form, "session": session, "vacancy": session.vacancy, "exercise": exercise,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "hiring/sessions/exercise_form.html", context, status=status)


@recruiters_only
@require_POST
def exercise_remove(request: HttpRequest, pk: int) -> HttpResponse:
    exercise = exercise_of(request, pk)
    return done(
        request, exercise.session_id, _("Exercise removed."),
        lambda: commands.remove_exercise(actor=request.user, exercise_id=pk),
    )  # fmt: skip


@recruiters_only
@require_POST
def exercise_move(request: HttpRequest, pk: int) -> HttpResponse:
    exercise = exercise_of(request, pk)
    places = 1 if request.POST.get("to") == "later" else -1
    return done(
        request, exercise.session_id, _("Moved."),
        lambda: commands.move_exercise(actor=request.user, exercise_id=pk, places=places),
    )  # fmt: skip
