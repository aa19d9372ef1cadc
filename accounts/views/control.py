"""What is under a director's personal control, and its ways out."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import control as commands
from accounts.forms.control import EndForm, ProlongForm, TakeForm
from accounts.models import Account, Control
from accounts.queries.control import controls
from common.answers import acted
from common.drawer import saved
from people.guards import director_only


@director_only
@require_safe
def control_list(request: HttpRequest) -> HttpResponse:
    ended = request.GET.get("look") == "ended"
    context = {"rows": controls(request.user, ended=ended), "ended": ended}
    return render(request, "accounts/care/control.html", context)


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def control_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Of one account, by the director who presses the button."""
    account = get_object_or_404(Account.objects.visible_to(request.user), pk=pk)
    form = TakeForm(request.POST or None, initial=TakeForm.values())
    title = _("Take %(account)s under personal control") % {"account": account.name}

    def save() -> None:
        commands.take_control(
            actor=request.user, account_id=pk, director=request.user, **form.cleaned_data
        )

    return saved(request, form, title, save, reverse("accounts:control_list"))


def one(request: HttpRequest, pk: int) -> Control:
    rows = Control.objects.visible_to(request.user).select_related("account")
    return get_object_or_404(rows, pk=pk)


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def control_prolong(request: HttpRequest, pk: int) -> HttpResponse:
    control = one(request, pk)
    form = ProlongForm(request.POST or None)
    title = _("Prolong personal control of %(account)s") % {"account": control.account.name}

    def save() -> None:
        commands.prolong_control(actor=request.user, control_id=pk, **form.cleaned_data)

    return saved(request, form, title, save, reverse("accounts:control_list"))


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def control_end(request: HttpRequest, pk: int) -> HttpResponse:
    control = one(request, pk)
    form = EndForm(request.POST or None)
    title = _("Keep %(account)s for good") % {"account": control.account.name}

    def save() -> None:
        commands.end_control(actor=request.user, control_id=pk, **form.cleaned_data)

    return saved(request, form, title, save, reverse("accounts:control_list"))


@director_only
@require_POST
def control_undo(request: HttpRequest, pk: int) -> HttpResponse:
    one(request, pk)
    undo = partial(commands.undo_control, actor=request.user, control_id=pk)
    said = _("Taken back: everything is as it was.")
    return acted(request, undo, said, to=reverse("accounts:control_list"))
