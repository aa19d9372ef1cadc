"""A test task of one candidate: sent, answered on their own page, graded blind."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.answers import acted
from common.errors import RuleBroken
from common.toasts import toast
from common.uploads import paper_uploads
from hiring.choices import AccessAct
from hiring.commands import home_task as commands
from hiring.commands.access import note_access
from hiring.commands.grading import grades_of
from hiring.forms.task import ExtendForm, GradersForm, SendForm
from hiring.models import Candidacy, Candidate, HomeTask, TestTaskVersion
from hiring.queries import home_tasks as queries
from hiring.queries.sheets import asked_of
from hiring.rules.scoring import combined_grade
from hiring.views.own_link import own
from hiring.views.own_page import act_on_page
from people.guards import hirers_only, recruiters_only


def visible(request: HttpRequest, pk: int) -> HomeTask:
    try:
        return queries.visible_task(request.user, pk)
    except HomeTask.DoesNotExist as error:
        raise Http404 from error


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def home_task_send(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Candidacy.objects.editable_by(request.user).exclude(candidate=None)
    candidacy = get_object_or_404(rows.select_related("candidate"), pk=pk)
    versions = queries.usable(request.user)
    form = SendForm(request.POST or None, versions=versions)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            task = commands.send_home_task(
                actor=request.user, candidacy_id=pk, version_id=data["version"].pk,
                due_at=data["due_at"],
            )  # fmt: skip
        except (Candidacy.DoesNotExist, TestTaskVersion.DoesNotExist) as error:
            raise Http404 from error
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Sent; due %(due)s.") % {"due": commands.due_words(task)})
            return redirect("hiring:home_task_page", task.pk)
    context = {"form": form, "candidacy": candidacy, "versions": versions}
    return render(
        request, "hiring/home_task_send.html", context, status=422 if form.errors else 200
    )


@recruiters_only
@require_safe
def home_task_page(request: HttpRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    note_access(
        actor=request.user, candidate_id=task.candidacy.candidate_id,
        act=AccessAct.VIEWED, purpose="test task",
    )  # fmt: skip
    result = combined_grade(grades_of(task))
    shown = queries.graded(task, request.user, result, commands.needs_another(task))
    context = {
        "shown": shown, "task": task, "due": commands.due_words(task),
        "extend": ExtendForm(auto_id="extend-%s"), "graders": GradersForm(
            auto_id="graders-%s", graders=queries.possible_graders(task),
            is_third=shown.needs_third,
        ),
    }  # fmt: skip
    return render(request, "hiring/home_task_page.html", context)


def _act(request: HttpRequest, pk: int, said: str, command, **fields) -> HttpResponse:
    return acted(
        request, lambda: command(actor=request.user, task_id=pk, **fields), said,
        to=reverse("hiring:home_task_page", args=[pk]),
    )  # fmt: skip


@recruiters_only
@require_POST
def home_task_extend(request: HttpRequest, pk: int) -> HttpResponse:
    visible(request, pk)
    form = ExtendForm(request.POST)
    if not form.is_valid():
        toast(request, _("Choose a later time."))
        return redirect("hiring:home_task_page", pk)
    due_at = form.cleaned_data["due_at"]
    return _act(request, pk, _("More time is given."), commands.extend_home_task, due_at=due_at)


@recruiters_only
@require_POST
def home_task_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    visible(request, pk)
    return _act(request, pk, _("The task is withdrawn."), commands.cancel_home_task)


@recruiters_only
@require_POST
def home_task_graders(request: HttpRequest, pk: int) -> HttpResponse:
    task = visible(request, pk)
    form = GradersForm(request.POST, graders=queries.possible_graders(task))
    if not form.is_valid():
        toast(request, _("Choose two different graders."))
        return redirect("hiring:home_task_page", pk)
    raters = list(form.cleaned_data["raters"])
    return _act(request, pk, _("They were asked."), commands.ask_graders, raters=raters)


@hirers_only
@require_safe
def candidate_rounds(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of a candidate's card: scorecards and test tasks."""
    candidate = get_object_or_404(Candidate.objects.visible_to(request.user), pk=pk)
    rows = Candidacy.objects.visible_to(request.user).filter(candidate=candidate)
    candidacies = list(rows.select_related("vacancy"))
    tasks = HomeTask.objects.visible_to(request.user).filter(candidacy__in=candidacies)
    context = {
        "candidate": candidate,
        "candidacies": [row for row in candidacies if row.state == "active"],
        "asked": asked_of(candidacies, request.user),
        "tasks": tasks.select_related("version__task"),
    }
    return render(request, "hiring/candidate/_rounds.html", context)


@paper_uploads
@require_POST
@own
def own_task(request: HttpRequest, candidate: Candidate, token: str, pk: int) -> HttpResponse:
    """Hand in, from the candidate's own page; an answer that cannot be taken stays in its field."""
    text = request.POST.get("text", "")
    uploads = request.FILES.getlist("files")[: commands.MOST_UPLOADS + 1]
    return act_on_page(
        request, candidate, token,
        lambda: commands.hand_in(candidate=candidate, task_id=pk, text=text, uploads=uploads),
        _("Thank you, your answer is with us."), typed=(pk, text),
    )  # fmt: skip
