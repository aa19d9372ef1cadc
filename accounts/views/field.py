"""Settings of work in the field: rhythms, half lives, shelf lives, what counts as late."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import field as commands
from accounts.forms.field import FieldForm, opened, sealed
from accounts.queries.field import Figures, examples, field_figures, words_of
from accounts.rules import field as rule
from common.answers import acted
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import director_only
from people.models import Event


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def field_settings(request: HttpRequest) -> HttpResponse:
    """One page for all figures; a second saver sees what the first made of them."""
    now = field_figures()
    form = FieldForm(request.POST if request.method == "POST" else None, figures=now)
    context = {"form": form, "seen": sealed(now), "tiers": rule.TIERS, "examples": examples(now)}
    status = 200
    if request.method == "POST":
        context["seen"] = request.POST.get("seen", "")
        context["examples"] = examples(form.usable())
        if form.is_valid():
            try:
                event = commands.set_field_figures(
                    actor=request.user, figures=form.values(), seen=opened(context["seen"])
                )
            except commands.Conflict as conflict:
                context |= theirs(conflict, form.values())
                status = 409
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                return saved(request, event)
        status = 422 if form.errors else status
    return render(request, "accounts/field_settings.html", context, status=status)


def theirs(conflict: commands.Conflict, mine: Figures) -> dict:
    """What stands now against what was typed; saving once more settles it."""
    now = conflict.figures
    rows = [words_of(figure, now[figure], mine[figure]) for figure in now
            if now[figure] != mine[figure]]  # fmt: skip
    return {"conflict": str(conflict), "rows": rows, "seen": sealed(now)}


def saved(request: HttpRequest, event: Event | None) -> HttpResponse:
    if event is None:
        toast(request, _("Nothing was changed."))
    else:
        undo = reverse("accounts:field_undo", args=[event.pk])
        toast(request, _("Saved; it counts from now on."), undo_url=undo)
    return redirect("accounts:field_settings")


@director_only
@require_safe
def field_examples(request: HttpRequest) -> HttpResponse:
    """What the figures typed so far would come to."""
    form = FieldForm(request.GET, figures=field_figures())
    return render(request, "accounts/_field_examples.html", {"examples": examples(form.usable())})


@director_only
@require_POST
def field_undo(request: HttpRequest, event: int) -> HttpResponse:
    undo = partial(commands.undo_field_figures, actor=request.user, event_id=event)
    return acted(request, undo, _("Put back as it was."), to=reverse("accounts:field_settings"))
