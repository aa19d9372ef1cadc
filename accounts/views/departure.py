"""Somebody leaves: what is at stake, one button for at once, a last day for later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import departure as commands
from accounts.forms.departure import NoteForm, SuddenForm
from accounts.queries import departure as queries
from common import formats
from common.drawer import go, saved
from common.errors import RuleBroken
from common.toasts import toast
from people.commands import departure as people
from people.guards import director_only
from people.models import Departure, User


def person(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def home(user_id: int) -> str:
    return reverse("accounts:departure_page", args=[user_id])


@director_only
@require_safe
def departure_list(request: HttpRequest) -> HttpResponse:
    """Who leaves and who has left; and the choice of whom it is about."""
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    rows = queries.departures(request.user)
    context = {
        "rows": rows, "q": text, "people": queries.people_with_accounts(request.user, text)
    }  # fmt: skip
    return render(request, "accounts/care/departures.html", context)


@director_only
@require_safe
def departure_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that hangs on one person, the dearest first; or how their leaving was settled."""
    return shown(request, person(request, pk))


def shown(request: HttpRequest, user: User, form: SuddenForm | None = None) -> HttpResponse:
    departure = queries.departure_of(request.user, user)
    stakes = queries.stakes_of(user, request.user)
    deed = departure and commands.deed_of(departure)
    context = {
        "person": user, "stakes": stakes, "departure": departure, "is_me": user == request.user,
        "settled": deed and queries.settled(departure, deed, request.user),
        "may_undo": bool(departure and commands.may_undo(departure, timezone.now())),
        "form": form or SuddenForm(user=user, heir=stakes.heir),
        "currency": request.company.currency, "letters_url": letters_url(departure),
    }  # fmt: skip
    status = 422 if form and form.errors else 200
    return render(request, "accounts/care/departure.html", context, status=status)


def letters_url(departure: Departure | None) -> str:
    """The letters of one leaving, to read over and send."""
    return f"{reverse('accounts:letter_review')}?departure={departure.pk}" if departure else ""


@director_only
@require_POST
def departure_sudden(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything at once."""
    user = person(request, pk)
    form = SuddenForm(request.POST, user=user, heir=queries.heir_of(user))
    if not form.is_valid():
        return shown(request, user, form)
    try:
        departure = commands.leave_suddenly(actor=request.user, user=user, **form.said())
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return shown(request, user, form)
    number = commands.deed_of(departure).data["key"]
    words = ngettext(
        "%(n)s key account is under your control now.",
        "%(n)s key accounts are under your control now.",
        number,
    ) % {"n": formats.number(number)}
    undo = reverse("accounts:departure_undo", args=[departure.pk])
    toast(request, words if number else _("Settled."), undo_url=undo)
    return redirect(home(pk))


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def departure_note(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day, known beforehand."""
    user = person(request, pk)
    form = NoteForm(request.POST or None, initial=NoteForm.values(None))
    title = _("Last day of %(name)s") % {"name": user}

    def save() -> None:
        people.note_departure(actor=request.user, user=user, **form.cleaned_data)

    return saved(request, form, title, save, home(pk))


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def departure_change(request: HttpRequest, pk: int) -> HttpResponse:
    row = one(request, pk)
    form = NoteForm(request.POST or None, initial=NoteForm.values(row))
    title = _("Last day of %(name)s") % {"name": row.user}

    def save() -> None:
        people.change_departure(actor=request.user, departure_id=pk, **form.cleaned_data)

    return saved(request, form, title, save, home(row.user_id))


def one(request: HttpRequest, pk: int) -> Departure:
    rows = Departure.objects.visible_to(request.user).select_related("user")
    return get_object_or_404(rows, pk=pk)


@director_only
@require_POST
def departure_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    return told(request, one(request, pk), people.cancel_departure, _("Stays after all."))


@director_only
@require_POST
def departure_undo(request: HttpRequest, pk: int) -> HttpResponse:
    words = _("Taken back: everything is as it was.")
    return told(request, one(request, pk), commands.undo_departure, words)


def told(request: HttpRequest, row: Departure, command, words: str) -> HttpResponse:
    try:
        command(actor=request.user, departure_id=row.pk)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, words)
    return go(request, home(row.user_id))
