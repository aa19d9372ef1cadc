"""The bank of test tasks and its versions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import RuleBroken
from common.toasts import toast
from hiring.commands import task_bank as commands
from hiring.forms.task import TaskForm, TextsForm
from hiring.models import TestTask, TestTaskVersion
from hiring.queries.home_tasks import bank
from hiring.queries.sections import section_tabs
from people.guards import hirers_only, recruiters_only


@hirers_only
@require_safe
def task_bank(request: HttpRequest) -> HttpResponse:
    context = {"tasks": bank(request.user), "sections": section_tabs(request.user, "tasks")}
    return render(request, "hiring/task_bank.html", context)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def testtask_create(request: HttpRequest) -> HttpResponse:
    form = TaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            task = commands.create_task(
                actor=request.user, names={(get_language() or "en"): data["name"]},
                texts=form.written("text"), guides=form.written("guide"),
                **{name: data[name] for name in commands.FIELDS},
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Added to the bank."))
            return redirect("hiring:testtask_page", task.pk)
    status = 422 if form.errors else 200
    return render(request, "hiring/task_form.html", {"form": form}, status=status)


@hirers_only
@require_safe
def testtask_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Its versions, the newest to be worded anew; one that was sent stays as it is."""
    return _shown(request, pk)


def _shown(request: HttpRequest, pk: int, form: TextsForm | None = None) -> HttpResponse:
    task = get_object_or_404(TestTask.objects.visible_to(request.user), pk=pk)
    versions = list(task.versions.prefetch_related("given"))
    context = {
        "task": task,
        "versions": versions,
        "form": form or TextsForm(version=versions[0] if versions else None),
    }
    return render(request, "hiring/task_page.html", context, status=422 if form else 200)


@recruiters_only
@require_POST
def version_write(request: HttpRequest, pk: int) -> HttpResponse:
    form = TextsForm(request.POST)
    if form.is_valid():
        try:
            version = commands.write_version(
                actor=request.user, task_id=pk,
                texts=form.written("text"), guides=form.written("guide"),
            )  # fmt: skip
        except TestTask.DoesNotExist as error:
            raise Http404 from error
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved as version %(number)s.") % {"number": version.number})
            return redirect("hiring:testtask_page", pk)
    return _shown(request, pk, form)


@recruiters_only
@require_POST
def version_leak(request: HttpRequest, pk: int, leaked: int) -> HttpResponse:
    try:
        version = commands.mark_leaked(actor=request.user, version_id=pk, leaked=bool(leaked))
    except TestTaskVersion.DoesNotExist as error:
        raise Http404 from error
    undo = reverse("hiring:version_leak", args=[pk, 0 if leaked else 1])
    said = _("It is not sent any more.") if leaked else _("It may be sent again.")
    toast(request, said, undo_url=undo)
    return redirect("hiring:testtask_page", version.task_id)


@recruiters_only
@require_POST
def testtask_retire(request: HttpRequest, pk: int, retired: int) -> HttpResponse:
    try:
        commands.retire_task(actor=request.user, task_id=pk, retired=bool(retired))
    except TestTask.DoesNotExist as error:
        raise Http404 from error
    undo = reverse("hiring:testtask_retire", args=[pk, 0 if retired else 1])
    toast(request, _("Retired.") if retired else _("Back in the bank."), undo_url=undo)
    return redirect("hiring:task_bank")
