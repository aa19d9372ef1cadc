"""One touchpoint: logged, planned, read, changed, told, called off, taken back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import TouchpointState
from accounts.commands import touchpoint as commands
from accounts.forms.touchpoint import EditForm, LogForm, PlanForm, TouchpointForm, values_of
from accounts.models import Account, Contact, Touchpoint
from accounts.queries.card import team_of
from accounts.queries.people import people_at
from accounts.queries.promises import line as promise_line
from accounts.queries.tasks import line as task_line
from accounts.queries.timeline import line_of, with_details
from accounts.views.access import editable_account
from accounts.views.overview import log_form, ours_of, overview
from common.answers import came_from
from common.drawer import drawer, go
from common.editing import opened, plain, sealed
from common.errors import RuleBroken
from common.file_checks import FileTooLarge
from common.ids import row_id
from common.toasts import toast
from people.guards import accounts_reader
from people.models import User
from people.queries import history

# The composer stands on the page behind the drawer: no two fields have one id.
IDS = "touchpoint_%s"


def shown(request: HttpRequest, pk: int) -> Touchpoint:
    rows = with_details(Touchpoint.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("account", "author"), pk=pk)


def touchable(request: HttpRequest, pk: int) -> Touchpoint:
    rows = with_details(Touchpoint.objects.editable_by(request.user))
    return get_object_or_404(rows.select_related("account"), pk=pk)


def people_and_ours(
    request: HttpRequest, account: Account, touchpoint: Touchpoint | None = None
) -> dict:
    """Whom a form can name: who is there today, and who is named already."""
    people = [row.contact for row in people_at(account, request.user) if not row.is_hole]
    ours = ours_of(request.user, team_of(account))
    if touchpoint:
        line = line_of(touchpoint)
        people = list(dict.fromkeys([*people, *line.theirs]))
        ours = list(dict.fromkeys([*ours, *line.ours]))
    return {"people": people, "ours": ours}


@accounts_reader
@require_POST
def touchpoint_log(request: HttpRequest, pk: int) -> HttpResponse:
    """The composer of the account page; sent twice it logs once."""
    account = editable_account(request, pk)
    people = people_at(account, request.user)
    ours = ours_of(request.user, team_of(account))
    form = log_form(request.user, people, ours, request.POST, request.FILES)
    if form.is_valid():
        said = form.fields_of() | form.people_of() | form.following()
        try:
            row, is_new = commands.log_touchpoint(
                actor=request.user, key=form.cleaned_data["key"], account_id=pk, **said
            )
        except FileTooLarge as large:
            form.add_error(None, str(large))
            return overview(request, account, form, status=413)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        except (Contact.DoesNotExist, User.DoesNotExist, Touchpoint.DoesNotExist):
            form.add_error(None, _("Somebody named here is not there any more. Choose again."))
        else:
            if is_new:
                undo = reverse("accounts:touchpoint_remove", args=[row.pk])
                toast(request, _("Logged."), undo_url=undo)
            there = reverse("accounts:account_page", args=[pk])
            return redirect(f"{there}?{urlencode({'logged': row.key})}")
    return overview(request, account, form, status=422)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def touchpoint_plan(request: HttpRequest, pk: int) -> HttpResponse:
    account = editable_account(request, pk)
    initial = {"colleagues": [request.user.pk]}
    whom = people_and_ours(request, account)
    form = PlanForm(request.POST or None, initial=initial, auto_id=IDS, **whom)
    if request.method == "POST" and form.is_valid():
        try:
            row, _is_new = commands.log_touchpoint(
                actor=request.user, key=form.cleaned_data["key"], account_id=pk,
                state=TouchpointState.PLANNED, **form.fields_of(), **form.people_of(),
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            undo = reverse("accounts:touchpoint_remove", args=[row.pk])
            toast(request, _("Planned."), undo_url=undo)
            return go(request, reverse("accounts:account_page", args=[pk]))
    context = {
        "form": form, "account": account, "title": _("Plan a touchpoint"),
        "action": request.path, "submit": _("Plan"),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return drawer(request, "accounts/_touchpoint_form.html", context, status=status)


@accounts_reader
@require_safe
def touchpoint_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it: who, what was said, what came of it, files, history."""
    row = shown(request, pk)
    may_edit = Touchpoint.objects.editable_by(request.user).filter(pk=pk).exists()
    today = timezone.localdate()
    promises = row.promises.select_related("colleague", "contact", "account")
    tasks = row.next_steps.select_related("owner", "contact", "account")
    context = {
        "line": line_of(row),
        "touchpoint": row,
        "account": row.account,
        "may_edit": may_edit,
        "promises": [promise_line(one, may_settle=may_edit, day=today) for one in promises],
        "tasks": [task_line(one, request.user, may_settle=may_edit) for one in tasks],
        "files": row.files.filter(removed_at=None).select_related("uploaded_by"),
        "days": history(row, reader=request.user),
    }
    return drawer(request, "accounts/_touchpoint.html", context)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def touchpoint_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = touchable(request, pk)
    is_plan = row.state == TouchpointState.PLANNED
    whom = people_and_ours(request, row.account, row)
    form = EditForm(
        request.POST or None, touchpoint=row, is_plan=is_plan, auto_id=IDS, **whom
    )  # fmt: skip

    def save(version: int) -> Touchpoint:
        return commands.edit_touchpoint(
            actor=request.user, touchpoint_id=pk, version=version, **as_it_was(form, row)
        )

    context = {
        "form": form, "account": row.account, "title": _("Change the touchpoint"),
        "action": request.path, "submit": _("Save"),
    }  # fmt: skip
    return _saved(request, row, form, save, context, _("Saved."))


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def touchpoint_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """A planned one took place: how it went, on the same row."""
    row = touchable(request, pk)
    whom = people_and_ours(request, row.account, row)
    initial = values_of(row) | {"key": row.key}
    if row.at > timezone.now():
        initial["at"] = timezone.localtime().replace(second=0, microsecond=0)
    form = LogForm(
        request.POST or None, request.FILES or None, initial=initial, reader=request.user,
        owners=whom["ours"], auto_id=IDS, **whom,
    )  # fmt: skip

    def save(version: int) -> Touchpoint:
        return commands.hold_touchpoint(
            actor=request.user, touchpoint_id=pk, version=version, **as_it_was(form, row),
            **form.following(),
        )  # fmt: skip

    context = {
        "form": form, "account": row.account, "title": _("How did it go?"), "is_log": True,
        "action": request.path, "submit": pgettext("a touchpoint", "Log"),
    }  # fmt: skip
    if request.GET.get("on") == "brief":  # the page before the meeting becomes the one after it
        context |= {"action": request.get_full_path(), "target": "#brief-log"}
    return _saved(request, row, form, save, context, _("Logged."))


def as_it_was(form: TouchpointForm, row: Touchpoint) -> dict:
    """What was sent; what a form cannot show stays: seconds, and the order of who took part."""
    found = form.fields_of() | form.people_of()
    if found["at"] == values_of(row)["at"]:
        found["at"] = row.at
    before = [presence.contact_id for presence in row.presences.all()]
    chosen = found["contact_ids"]
    stayed = [pk for pk in before if pk in chosen]
    found["contact_ids"] = [*stayed, *(pk for pk in chosen if pk not in before)]
    return found


def _saved(
    request: HttpRequest,
    row: Touchpoint,
    form: TouchpointForm,
    save: Callable[[int], Touchpoint],
    context: dict,
    words: str,
) -> HttpResponse:
    """Save what was sent; who comes second sees both versions and loses nothing (G03)."""
    context |= {"touchpoint": row, "version": row.version, "seen": sealed(_values(row, form))}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return drawer(request, "accounts/_touchpoint_form.html", context, status=status)
    try:
        saved = save(row_id(request.POST.get("version")) or 0)
    except commands.Conflict as conflict:
        return conflict_part(request, form, conflict.touchpoint, context)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return drawer(request, "accounts/_touchpoint_form.html", context, status=422)
    toast(request, words)
    there = reverse("accounts:account_page", args=[saved.account_id])
    return go(request, f"{there}?{urlencode({'logged': saved.key})}")


def _values(row: Touchpoint, form: TouchpointForm) -> dict:
    found = values_of(row)
    return {name: found[name] for name in form.fields if name in found}


def conflict_part(
    request: HttpRequest, form: TouchpointForm, row: Touchpoint, context: dict
) -> HttpResponse:
    """What stood there, what somebody else made of it, what this person wants."""
    seen = opened(request.POST.get("seen", ""))
    theirs = {name: plain(value) for name, value in _values(row, form).items()}
    mine = {name: plain(form.cleaned_data[name]) for name in theirs}
    rows = [
        {
            "label": form.fields[name].label,
            "theirs": in_words(form, name, theirs[name]),
            "mine": in_words(form, name, mine[name]),
        }
        for name in theirs
        if theirs[name] not in (mine[name], seen.get(name, theirs[name]))
    ]
    data = form.data.copy()
    for name in theirs:  # what only they changed is taken over by itself
        if mine[name] == seen.get(name) != theirs[name]:
            _put(data, name, values_of(row)[name])
    form.data = data
    context |= {"rows": rows, "version": row.version, "seen": sealed(_values(row, form))}
    return drawer(request, "accounts/_touchpoint_form.html", context, status=422)


def _put(data, name: str, value) -> None:
    if isinstance(value, list):
        data.setlist(name, [str(item) for item in value])
    elif hasattr(value, "strftime"):
        data[name] = value.strftime("%Y-%m-%dT%H:%M")
    else:
        data[name] = "" if value is None else str(value)


def in_words(form: TouchpointForm, name: str, value) -> str:
    """A plain value as a person reads it."""
    choices = {str(code): str(label) for code, label in getattr(form.fields[name], "choices", ())}
    if isinstance(value, list):
        return ", ".join(choices.get(item, item) for item in value)
    return choices.get(value, value)


def _done(request: HttpRequest, pk: int, act: Callable, words: str, undo: str = "") -> HttpResponse:
    """A deed of one button, and back to the account."""
    touchable_row = touchable(request, pk)
    try:
        row = act(actor=request.user, touchpoint_id=pk)
    except RuleBroken as broken:
        messages.error(request, str(broken))
        row = touchable_row
    except Touchpoint.DoesNotExist as error:
        raise Http404 from error
    else:
        toast(request, words, undo_url=reverse(undo, args=[pk]) if undo else "")
    there = reverse("accounts:account_page", args=[row.account_id])
    return go(request, came_from(request, there))


@accounts_reader
@require_POST
def touchpoint_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    words = _("Called off.")
    return _done(request, pk, commands.cancel_touchpoint, words, "accounts:touchpoint_restore")


@accounts_reader
@require_POST
def touchpoint_remove(request: HttpRequest, pk: int) -> HttpResponse:
    words = _("Taken back.")
    return _done(request, pk, commands.remove_touchpoint, words, "accounts:touchpoint_restore")


@accounts_reader
@require_POST
def touchpoint_restore(request: HttpRequest, pk: int) -> HttpResponse:
    return _done(request, pk, commands.restore_touchpoint, _("Brought back."))
