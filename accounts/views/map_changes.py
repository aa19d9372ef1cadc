"""Changes of the account map: the script is answered with the new drawing, a form with a page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.commands import contact as contact_commands
from accounts.commands import map as commands
from accounts.commands import task as task_commands
from accounts.models import Account, Contact, ContactRole, Division, Line
from accounts.queries.graph import picture_of
from accounts.queries.graph_answers import task_title
from accounts.queries.graph_drawing import drawing
from accounts.views.access import editable_account
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from people.guards import accounts_reader
from people.models import Event

MISSING = (Account.DoesNotExist, Contact.DoesNotExist, Line.DoesNotExist, Event.DoesNotExist)


def is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def answer(request: HttpRequest, account: Account, say: str, event: Event | None) -> HttpResponse:
    """Done: the words, the way back, and for the script the map as it is now."""
    undo = reverse("accounts:map_undo", args=[account.pk, event.pk]) if event else ""
    if is_script(request):
        shown = picture_of(account, request.user)
        return JsonResponse({"say": say, "undo": undo, "drawing": drawing(shown)})
    toast(request, say, undo_url=undo)
    return redirect(back(request, account))


def back(request: HttpRequest, account: Account) -> str:
    """To the person whose lines were changed, or to the table."""
    about = row_id(request.POST.get("about"))
    if about is not None:
        return reverse("accounts:map_person", args=[account.pk, about])
    return reverse("accounts:map_page", args=[account.pk]) + "?view=table"


def refused(request: HttpRequest, account: Account, broken: RuleBroken) -> HttpResponse:
    if is_script(request):
        shown = picture_of(account, request.user)
        return JsonResponse({"say": str(broken), "drawing": drawing(shown)}, status=409)
    messages.error(request, str(broken))
    return redirect(back(request, account))


def change(request: HttpRequest, pk: int, command: Callable[[Account], tuple]) -> HttpResponse:
    """Run a command that gives (words, event); what is not there is not found."""
    account = editable_account(request, pk)
    try:
        say, event = command(account)
    except RuleBroken as broken:
        return refused(request, account, broken)
    except MISSING as error:
        raise Http404 from error
    return answer(request, account, say, event)


@accounts_reader
@require_POST
def line_draw(request: HttpRequest, pk: int) -> HttpResponse:
    """`kind` as in the menu: "reports", or "<reports" where the other one reports to this one."""
    kind = request.POST.get("kind", "")
    start, end = request.POST.get("start", ""), request.POST.get("end", "")
    if kind.startswith("<"):
        kind, start, end = kind[1:], end, start

    def command(account: Account) -> tuple:
        line, event = commands.draw_line(
            actor=request.user, account_id=account.pk, kind=kind, start=start, end=end
        )
        return commands.drawn(event.data), event

    return change(request, pk, command)


@accounts_reader
@require_POST
def line_end(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    def command(account: Account) -> tuple:
        event = commands.end_line(actor=request.user, account_id=account.pk, line_id=line)
        return commands.ended(event.data), event

    return change(request, pk, command)


@accounts_reader
@require_POST
def card_place(request: HttpRequest, pk: int) -> HttpResponse:
    editable_account(request, pk)
    try:
        x, y, version = (int(request.POST.get(name, "")) for name in ("x", "y", "version"))
    except ValueError:
        return HttpResponseBadRequest()

    def command(account: Account) -> tuple:
        _place, event = commands.place_card(
            actor=request.user, account_id=account.pk, key=request.POST.get("key", ""),
            x=x, y=y, version=version,
        )  # fmt: skip
        return _("The card is where you put it."), event

    return change(request, pk, command)


@accounts_reader
@require_POST
def places_reset(request: HttpRequest, pk: int) -> HttpResponse:
    def command(account: Account) -> tuple:
        event = commands.reset_places(actor=request.user, account_id=account.pk)
        return _("All cards are laid out anew."), event

    return change(request, pk, command)


@accounts_reader
@require_POST
def map_undo(request: HttpRequest, pk: int, event: int) -> HttpResponse:
    def command(account: Account) -> tuple:
        done = commands.undo_change(actor=request.user, account_id=account.pk, event_id=event)
        return _("Taken back."), done if done.data["lines"] or done.data["places"] else None

    return change(request, pk, command)


@accounts_reader
@require_POST
def person_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody new, a new hole, or the name of one that is drawn already (`hole`)."""
    given = request.POST.get
    name, title = given("name", "").strip(), given("title", "").strip()
    hole = given("hole", "")

    def command(account: Account) -> tuple:
        if hole:
            return name_hole(request, account, hole, name)
        division = given("division", "")
        _person, event = commands.add_person(
            actor=request.user,
            account_id=account.pk,
            name=name,
            title=title,
            role=role_of(given("role", "")),
            division=get_object_or_404(Division, pk=number(division), account=account)
            if division
            else None,
            superior=given("superior", "") or None,
        )
        return _("%(name)s is on the map.") % {"name": event.data["name"]}, event

    return change(request, pk, command)


def name_hole(request: HttpRequest, account: Account, hole: str, name: str) -> tuple:
    if not name:
        raise RuleBroken(_("Write the name."))
    contact = get_object_or_404(
        Contact.objects.editable_by(request.user).filter(positions__account=account).distinct(),
        pk=number(hole),
    )
    contact_commands.edit_contact(
        actor=request.user, contact_id=contact.pk, version=contact.version,
        account_id=account.pk, name=name,
    )  # fmt: skip
    return _("%(name)s is on the map.") % {"name": name}, None


def role_of(text: str) -> ContactRole | None:
    return get_object_or_404(ContactRole, pk=number(text)) if text else None


def number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


@accounts_reader
@require_POST
def task_make(request: HttpRequest, pk: int) -> HttpResponse:
    """What an answer of the map asks for becomes a task; its cause says which."""
    account = editable_account(request, pk)
    cause = request.POST.get("cause", "")
    if not cause:
        return HttpResponseBadRequest()
    title = task_title(picture_of(account, request.user), cause)
    if not title:
        raise Http404
    kind, _colon, about = cause.partition(":")
    try:
        task_commands.create_task(
            actor=request.user, title=title[:200], account_id=account.pk, cause=cause,
            contact_id=int(about) if kind == "move" else None,
        )  # fmt: skip
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, _("The task is made."))
    return redirect("accounts:map_page", account.pk)
