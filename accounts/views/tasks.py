"""Tasks: their list, their page, and each deed done where its line stands."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import task as commands
from accounts.commands import task_undo as undo_commands
from accounts.forms.task import FIELDS, CommentForm, GiveForm, PostponeForm, TaskForm
from accounts.models import Account, Task
from accounts.queries import task_list as queries
from common import formats
from common.drawer import go
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast, toast_now
from people.models import Event, User
from people.queries import Day, history

MOST = 500


def shown(request: HttpRequest, pk: int) -> Task:
    rows = Task.objects.visible_to(request.user)
    wanted = rows.select_related("owner", "account", "contact", "created_by", "settled_by")
    return get_object_or_404(wanted, pk=pk)


def touchable(request: HttpRequest, pk: int) -> Task:
    rows = Task.objects.editable_by(request.user).select_related("owner", "account", "contact")
    return get_object_or_404(rows, pk=pk)


def back(request: HttpRequest, otherwise: str = "") -> str:
    """The page of ours the reader came from."""
    here = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    try:
        there = urlsplit(here)
    except ValueError:
        there = urlsplit("")
    if there.netloc != request.get_host() or not there.path.startswith("/"):
        return otherwise or reverse("accounts:task_list")
    return there.path.replace("//", "/") + (f"?{there.query}" if there.query else "")


def undo_url(user: User, task: Task) -> str:
    """Where the reader takes back what they just did; nothing when others did the last deed."""
    deed = undo_commands.last_deed(task)
    is_own = deed is not None and deed.actor_id == user.pk
    return reverse("accounts:task_undo", args=[deed.pk]) if is_own else ""


def drawer(
    request: HttpRequest, template: str, context: dict, *, status: int = 200
) -> HttpResponse:
    """In the drawer, or on a page under the list of tasks."""
    if request.htmx:
        return render(request, template, context, status=status)
    return render(request, "accounts/task_page.html", {**context, "part": template}, status=status)


@login_required
@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    has_accounts = user.is_director or user.is_kam or user.is_assistant
    scope = request.GET.get("scope", "mine")
    scope = scope if scope in queries.SCOPES else "mine"
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    numbers = queries.counts(user)
    names = {
        "mine": _("Mine"), "given": _("Given by me"), "accounts": _("Of my accounts"),
        "overdue": _("Overdue"), "done": _("Done"),
    }  # fmt: skip
    tabs = [
        {"label": label, "url": f"?scope={name}", "count": numbers.get(name) or None,
         "is_current": name == scope}
        for name, label in names.items()
        if has_accounts or name != "accounts"
    ]  # fmt: skip
    owner = row_id(request.GET.get("owner", ""))
    page = queries.page_of(user, scope, text, request.GET.get("page"), owner)
    context = {
        "tabs": tabs, "page": page, "scope": scope, "q": text, "owner": owner,
        "owners": () if scope == "mine" else queries.owners_in(user, scope),
        "words": ngettext("%(n)s task", "%(n)s tasks", page.paginator.count)
        % {"n": formats.number(page.paginator.count)},
        "tomorrow": timezone.localdate() + dt.timedelta(days=1),
    }  # fmt: skip
    return render(request, "accounts/task_list.html", context)


@login_required
@require_safe
def task_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All about one task: its fields, comments and history."""
    task = shown(request, pk)
    row = queries.rows_of(request.user, [task])[0]
    context = {
        "task": task, "row": row, "title": task.title, "comment": CommentForm(),
        "may_edit": commands.may_edit(task, request.user),
        "days": told(task, request.user, whole=row.may_open or task.account_id is None),
    }  # fmt: skip
    return drawer(request, "accounts/_task.html", context)


def told(task: Task, reader: User, *, whole: bool) -> list[Day]:
    """The task's record; to who sees the account by name only, without the values of changes."""
    days = history(task, reader=reader)
    if whole:
        return days
    return [
        replace(day, entries=[replace(entry, changes=[]) for entry in day.entries]) for day in days
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_create(request: HttpRequest) -> HttpResponse:
    account = None
    if wanted := row_id(request.POST.get("account") or request.GET.get("account")):
        account = get_object_or_404(Account.objects.editable_by(request.user), pk=wanted)
    initial = {
        "title": request.GET.get("title", "")[:200],
        "contact": row_id(request.GET.get("contact")),
        "due": timezone.localdate() + dt.timedelta(days=1),
    }
    form = TaskForm(request.POST or None, reader=request.user, account=account, initial=initial)
    cause = (request.POST.get("cause") or request.GET.get("cause", ""))[:60]
    key = request.POST.get("key", "")[:40] or secrets.token_hex(16)
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        contact = fields.pop("contact", None)
        try:
            task = commands.create_task(
                actor=request.user, account_id=account and account.pk, cause=cause or f"form:{key}",
                contact_id=contact and contact.pk, **fields,
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Task made."), undo_url=undo_url(request.user, task))
            return go(request, back(request))
    context = {"form": form, "account": account, "cause": cause, "key": key, "title": _("New task")}
    return drawer(request, "accounts/_task_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: HttpRequest, pk: int) -> HttpResponse:
    task = touchable(request, pk)
    if not commands.may_edit(task, request.user):
        raise Http404
    form = TaskForm(request.POST or None, reader=request.user, account=task.account, task=task)
    form.fields["owner"].queryset |= type(task.owner).objects.filter(pk=task.owner_id)
    context = {"form": form, "task": task, "version": task.version, "title": task.title}
    if request.method == "POST" and form.is_valid():
        version = row_id(request.POST.get("version")) or 0
        try:
            commands.edit_task(actor=request.user, task_id=pk, version=version, **form.cleaned_data)
        except commands.Conflict as conflict:
            context |= {"rows": differences(form, conflict.task), "version": conflict.task.version}
            return drawer(request, "accounts/_task_form.html", context, status=409)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."), undo_url=undo_url(request.user, task))
            return go(request, back(request))
    return drawer(request, "accounts/_task_form.html", context, status=422 if form.errors else 200)


def differences(form: TaskForm, task: Task) -> list[dict]:
    """Where what this person wants differs from what somebody else saved meanwhile."""
    task = Task.objects.select_related("owner", "contact").get(pk=task.pk)
    return [
        {
            "label": form.fields[name].label,
            "old": words(task, name, getattr(task, name)),
            "new": words(task, name, form.cleaned_data[name]),
        }
        for name in FIELDS
        if name in form.fields and form.cleaned_data[name] != getattr(task, name)
    ]


def words(task: Task, name: str, value) -> str:
    if isinstance(value, dt.datetime):
        return formats.moment(value)
    if isinstance(value, dt.date):
        return formats.day(value)
    choices = dict(task._meta.get_field(name).flatchoices or ())
    return str(choices.get(value, value) or "—")


def deed(request: HttpRequest, pk: int, say: str, act) -> HttpResponse:
    """Do it and answer with the line as it stands now, or a redirect where there is no script."""
    touchable(request, pk)
    try:
        act()
    except RuleBroken as broken:
        if request.htmx:
            return toast_now(line_of(request, pk), str(broken))
        messages.error(request, str(broken))
        return redirect(back(request))
    task = Task.objects.get(pk=pk)
    undo = undo_url(request.user, task)
    if request.htmx:
        return toast_now(line_of(request, pk), say, undo_url=undo)
    toast(request, say, undo_url=undo)
    return redirect(back(request))


def line_of(request: HttpRequest, pk: int) -> HttpResponse:
    """Its line; nothing when it has been given out of sight."""
    rows = Task.objects.visible_to(request.user).select_related("owner", "account", "contact")
    task = rows.filter(pk=pk).first()
    if task is None:
        return HttpResponse("")
    row = queries.rows_of(request.user, [task])[0]
    return render(request, "accounts/_task_line.html", {"row": row})


@login_required
@require_POST
def task_complete(request: HttpRequest, pk: int) -> HttpResponse:
    outcome = request.POST.get("outcome", "")
    return deed(
        request, pk, _("Done."),
        lambda: commands.complete_task(actor=request.user, task_id=pk, outcome=outcome),
    )  # fmt: skip


@login_required
@require_POST
def task_drop(request: HttpRequest, pk: int) -> HttpResponse:
    return deed(
        request, pk, _("Dropped."), lambda: commands.drop_task(actor=request.user, task_id=pk)
    )


@login_required
@require_POST
def task_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    return deed(
        request, pk, _("Open again."), lambda: commands.reopen_task(actor=request.user, task_id=pk)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """By a number of days from today (`days`), or until a day chosen in the drawer."""
    task = touchable(request, pk)
    days = row_id(request.POST.get("days"))
    if days is not None and days <= 366:
        due = timezone.localdate() + dt.timedelta(days=days)
        return deed(
            request, pk, _("Postponed until %(day)s.") % {"day": formats.day(due)},
            lambda: commands.postpone_task(actor=request.user, task_id=pk, due=due),
        )  # fmt: skip
    form = PostponeForm(request.POST or None, initial={"due": task.due})
    act = lambda data: commands.postpone_task(actor=request.user, task_id=pk, **data)  # noqa: E731
    return in_drawer(request, task, form, _("Postpone"), act)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_delegate(request: HttpRequest, pk: int) -> HttpResponse:
    task = touchable(request, pk)
    if not commands.may_edit(task, request.user):
        raise Http404
    form = GiveForm(request.POST or None, reader=request.user, task=task)
    act = lambda data: commands.delegate_task(actor=request.user, task_id=pk, **data)  # noqa: E731
    return in_drawer(request, task, form, _("Give it"), act)


def in_drawer(request: HttpRequest, task: Task, form, submit: str, act) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."), undo_url=undo_url(request.user, task))
            return go(request, back(request))
    context = {"form": form, "title": task.title, "action": request.path, "submit": submit}
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def task_comment(request: HttpRequest, pk: int) -> HttpResponse:
    touchable(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        commands.comment_task(actor=request.user, task_id=pk, text=form.cleaned_data["text"])
    if request.htmx:
        request.method = "GET"
        return task_page(request, pk)
    return redirect("accounts:task_page", pk)


def take_back(request: HttpRequest, undo: Callable[..., object], event: int) -> HttpResponse:
    try:
        undo(actor=request.user, event_id=event)
    except (Event.DoesNotExist, Task.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("Taken back."))
    return redirect(back(request))


@login_required
@require_POST
def task_undo(request: HttpRequest, event: int) -> HttpResponse:
    return take_back(request, undo_commands.undo_task, event)


@login_required
@require_POST
def tasks_settle(request: HttpRequest) -> HttpResponse:
    """Complete or postpone the ticked ones, all or none."""
    ids = [row_id(text) for text in request.POST.getlist("ids")[: MOST + 1]]
    if not ids or None in ids or len(ids) > MOST:
        raise Http404
    try:
        if request.POST.get("action") == "postpone":
            form = PostponeForm(request.POST)
            if not form.is_valid():
                raise RuleBroken(_("Choose a day."))
            event = undo_commands.postpone_tasks(
                actor=request.user, task_ids=ids, due=form.cleaned_data["due"]
            )
        else:
            event = undo_commands.complete_tasks(actor=request.user, task_ids=ids)
    except Task.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, _("%(why)s Nothing was changed.") % {"why": broken})
    else:
        number = len(event.data["events"])
        said = ngettext("%(n)s task changed.", "%(n)s tasks changed.", number)
        undo = reverse("accounts:tasks_undo", args=[event.pk])
        toast(request, said % {"n": formats.number(number)}, undo_url=undo)
    return redirect(back(request))


@login_required
@require_POST
def tasks_undo(request: HttpRequest, event: int) -> HttpResponse:
    return take_back(request, undo_commands.undo_tasks, event)
