"""Assign one account or many, end an assignment, take a bulk assignment back; tag many."""

from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.commands import account as account_commands
from accounts.commands import assignment as commands
from accounts.forms.assignment import AssignForm, EndForm, TagForm
from accounts.models import Account, Assignment, Scoring
from accounts.queries import export
from accounts.queries.assignment import Preview, preview
from accounts.queries.export import export_selected, header
from accounts.queries.filters import accounts_of
from accounts.queries.list_state import ListState, parse
from accounts.views.access import editable_account
from accounts.views.listing import column_labels, columns_of
from common import formats
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.export import xlsx_response
from common.toasts import toast
from people.guards import accounts_reader, sellers_only
from people.models import Event, company_day

MOST = 2_000


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_create(request: HttpRequest, pk: int) -> HttpResponse:
    account = editable_account(request, pk)
    form = AssignForm(
        request.POST or None, reader=request.user, accounts=[pk], initial=asked(request.GET)
    )
    if request.method == "POST" and form.is_valid():
        try:
            commands.assign_account(actor=request.user, account_id=pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Assigned."))
            return go(request, reverse("accounts:account_page", args=[pk]))
    context = {
        "form": form, "account": account, "title": _("Assign somebody"),
        "action": request.path, "submit": _("Assign"),
        "takers_for": "assign" if request.user.sells else "",
    }  # fmt: skip
    return drawer(request, "accounts/_assign.html", context, status=422 if form.errors else 200)


def asked(sent: QueryDict) -> dict:
    """What is chosen so far when the form asks anew who may."""
    return {name: sent[name] for name in ("role", "user", "start") if sent.get(name)}


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_end(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    account = editable_account(request, pk)
    row = get_object_or_404(
        Assignment.objects.select_related("user"), pk=assignment, account=account
    )
    form = EndForm(request.POST or None, initial={"day": company_day()})
    if request.method == "POST" and form.is_valid():
        try:
            commands.end_assignment(
                actor=request.user, assignment_id=row.pk, day=form.cleaned_data["day"]
            )
        except RuleBroken as broken:
            form.add_error("day", str(broken))
        else:
            toast(request, _("The assignment ends."))
            visible = Account.objects.visible_to(request.user).filter(pk=pk).exists()
            page = ("account_page", [pk]) if visible else ("account_list", [])
            return go(request, reverse(f"accounts:{page[0]}", args=page[1]))
    title = _("End the assignment of %(name)s") % {"name": row.user}
    context = {
        "form": form,
        "account": account,
        "title": title,
        "action": request.path,
        "submit": _("End"),
    }
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


def chosen_ids(request: HttpRequest, among, most: int) -> list[int]:
    """The ids ticked in the list, or those `among` the given accounts that its filters match.

    One more than `most` is told from that many. Forms of the drawer send theirs in one field with
    commas between, because a request has a limited number of fields.
    """
    if request.POST.get("all_matching"):
        rows = accounts_of(request.user, posted_state(request), Scoring.current())
        rows = rows.filter(pk__in=among.values("pk"))
        return list(rows.order_by("pk").values_list("pk", flat=True)[: most + 1])
    texts = ",".join(request.POST.getlist("ids")).split(",")[: most + 1]
    if not all(text.isascii() and text.isdigit() and len(text) < 16 for text in texts):
        raise Http404
    return [int(text) for text in texts]


def posted_state(request: HttpRequest) -> ListState:
    """The list as it was seen; a query that cannot be read must not come to mean all accounts."""
    try:
        return parse(parse_qs(request.POST.get("query", "")))
    except ValueError as error:
        raise BadRequest(str(error)) from error


def checked_ids(request: HttpRequest) -> list[int]:
    """404 unless every chosen account is one the person may change."""
    own = Account.objects.editable_by(request.user).present()
    ids = list(dict.fromkeys(chosen_ids(request, own, MOST)))
    if not ids or own.filter(pk__in=ids).count() != len(ids):
        raise Http404
    return ids


def too_many(ids: list[int]) -> str:
    if len(ids) <= MOST:
        return ""
    words = _("At most %(number)s accounts at a time; narrow the list first.")
    return words % {"number": formats.number(MOST)}


@accounts_reader
@require_POST
def assign_preview(request: HttpRequest) -> HttpResponse:
    """The drawer for assigning the selection: who, from when, and what would change."""
    ids = checked_ids(request)
    form = AssignForm(
        request.POST if "user" in request.POST else None, reader=request.user, many=True,
        accounts=ids,
    )  # fmt: skip
    context = {"form": form, "ids": ids, "too_many": too_many(ids), "preview": None}
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        context["preview"] = preview(ids, user=data["user"], role=data["role"], start=data["start"])
    elif not form.is_bound:
        context["preview"] = Preview(total=len(ids))
    return drawer(request, "accounts/_assign_many.html", context)


@accounts_reader
@require_POST
def assign_many(request: HttpRequest) -> HttpResponse:
    ids = checked_ids(request)
    form = AssignForm(request.POST, reader=request.user, many=True, accounts=ids)
    context = {"form": form, "ids": ids, "too_many": too_many(ids), "preview": None}
    if form.is_valid() and not context["too_many"]:
        try:
            event = commands.assign_accounts(
                actor=request.user, account_ids=ids, **form.cleaned_data
            )
        except Account.DoesNotExist as error:
            raise Http404 from error
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            number = event.data["accounts"]
            words = ngettext("%(n)s account assigned.", "%(n)s accounts assigned.", number)
            undo = reverse("accounts:assign_undo", args=[event.pk])
            toast(request, words % {"n": formats.number(number)}, undo_url=undo)
            return go(request, list_left(request))
    return drawer(request, "accounts/_assign_many.html", context, status=422)


def list_left(request: HttpRequest) -> str:
    """The list with the view, filters and page the reader left it with."""
    here = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    try:
        there = urlsplit(here)
    except ValueError:
        there = urlsplit("")
    address = reverse("accounts:account_list")
    return f"{address}?{there.query}" if there.path == address and there.query else address


@accounts_reader
@require_POST
def assign_undo(request: HttpRequest, event: int) -> HttpResponse:
    try:
        number = commands.undo_assign_accounts(actor=request.user, event_id=event)
    except (Event.DoesNotExist, Account.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        words = ngettext("Taken back for %(n)s account.", "Taken back for %(n)s accounts.", number)
        toast(request, words % {"n": formats.number(number)})
    return redirect(list_left(request))


@accounts_reader
@require_POST
def tag_preview(request: HttpRequest) -> HttpResponse:
    ids = checked_ids(request)
    context = {"form": TagForm(), "ids": ids, "too_many": too_many(ids)}
    return drawer(request, "accounts/_tag_many.html", context)


@accounts_reader
@require_POST
def tag_many(request: HttpRequest) -> HttpResponse:
    ids = checked_ids(request)
    form = TagForm(request.POST)
    if form.is_valid() and not too_many(ids):
        try:
            number = account_commands.tag_accounts(
                actor=request.user, account_ids=ids,
                add=form.names("add"), remove=form.names("remove"),
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error("add", str(broken))
        else:
            words = ngettext("%(n)s account changed.", "%(n)s accounts changed.", number)
            toast(request, words % {"n": formats.number(number)})
            return go(request, list_left(request))
    context = {"form": form, "ids": ids, "too_many": too_many(ids)}
    return drawer(request, "accounts/_tag_many.html", context, status=422)


@sellers_only
@require_POST
def selection_export(request: HttpRequest) -> HttpResponse:
    """The ticked rows as XLSX, with the columns that are shown."""
    own = Account.objects.visible_to(request.user)
    ids = list(dict.fromkeys(chosen_ids(request, own, export.MOST)))
    if not ids or own.filter(pk__in=ids).count() != len(ids):
        raise Http404
    columns = columns_of(request, posted_state(request))
    names = header(columns, column_labels(request.company.currency))
    return xlsx_response("accounts", names, export_selected(request.user, ids, columns))
