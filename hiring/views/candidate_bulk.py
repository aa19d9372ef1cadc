"""Deeds on the candidates chosen in the list."""

from urllib.parse import parse_qs

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from common import formats
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.toasts import toast
from hiring.commands import candidate_bulk as commands
from hiring.forms.bulk import AddToVacancyForm, CallForm
from hiring.models import Candidate
from hiring.queries.candidate_list import selected
from hiring.queries.candidate_state import parse
from hiring.views.candidacies import called_words
from hiring.views.candidate_access import posted_ids
from hiring.views.letters import write_to
from people.guards import recruiters_only
from people.models import Event


def chosen_ids(request: HttpRequest) -> list[int]:
    """404 unless every chosen candidate is one the person may change."""
    if request.POST.get("all_matching"):
        try:
            state = parse(parse_qs(request.POST.get("query", "")))
        except ValueError as error:
            raise BadRequest(str(error)) from error
        return selected(request.user, state, commands.MOST)
    ids = posted_ids(request, commands.MOST)
    own = Candidate.objects.editable_by(request.user).present()
    if not ids or own.filter(pk__in=ids).count() != len(ids):
        raise Http404
    return ids


@recruiters_only
@require_POST
def candidacies_preview(request: HttpRequest) -> HttpResponse:
    """Which vacancy, in the drawer."""
    context = {"form": AddToVacancyForm(reader=request.user), "ids": chosen_ids(request)}
    return drawer(request, "hiring/candidate/_add_many.html", context)


@recruiters_only
@require_POST
def candidacies_add(request: HttpRequest) -> HttpResponse:
    ids = chosen_ids(request)
    form = AddToVacancyForm(request.POST, reader=request.user)
    if form.is_valid():
        vacancy = form.cleaned_data["vacancy"]
        try:
            event = commands.add_candidacies(
                actor=request.user, candidate_ids=ids, vacancy_id=vacancy.pk
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            said, undo = added_words(event, ids), ""
            if event.data["candidacies"]:
                undo = reverse("hiring:candidacies_add_undo", args=[event.pk])
            toast(request, said, undo_url=undo)
            return go(request, reverse("hiring:candidate_list"))
    context = {"form": form, "ids": ids}
    return drawer(request, "hiring/candidate/_add_many.html", context, status=422)


def added_words(event: Event, ids: list[int]) -> str:
    number = len(event.data["candidacies"])
    if not number:
        return _("All of them stand for this vacancy already.")
    words = ngettext("%(n)s candidate added.", "%(n)s candidates added.", number)
    return words % {"n": formats.number(number)}


@recruiters_only
@require_POST
def candidates_call(request: HttpRequest) -> HttpResponse:
    """Onto the calling list of a vacancy; the drawer asks of which."""
    ids = chosen_ids(request)
    form = CallForm(request.POST if "sure" in request.POST else None, reader=request.user)
    if form.is_valid():
        try:
            event = commands.call_candidates(
                actor=request.user, candidate_ids=ids, vacancy_id=form.cleaned_data["vacancy"].pk
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            number = len(event.data["called"])
            undo = reverse("hiring:candidacies_add_undo", args=[event.pk]) if number else ""
            toast(request, called_words(number), undo_url=undo)
            return go(request, reverse("hiring:candidate_list"))
    title = ngettext("%(n)s person", "%(n)s people", len(ids)) % {"n": formats.number(len(ids))}
    context = {
        "form": form, "title": title, "ids": ",".join(map(str, ids)), "action": request.path,
        "submit": _("To the calling list"),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return drawer(request, "hiring/pipeline/_several.html", context, status=status)


@recruiters_only
@require_POST
def candidates_write(request: HttpRequest) -> HttpResponse:
    """The page of a letter to those chosen, as it opens."""
    return write_to(request, ids=[], people=chosen_ids(request))


@recruiters_only
@require_POST
def candidacies_undo(request: HttpRequest, event: int) -> HttpResponse:
    try:
        number = commands.undo_add_candidacies(actor=request.user, event_id=event)
    except Event.DoesNotExist as error:
        raise Http404 from error
    if number:
        words = ngettext("Taken back for %(n)s.", "Taken back for %(n)s.", number)
        toast(request, words % {"n": formats.number(number)})
    else:
        messages.error(request, _("They have moved on since; nothing was taken back."))
    return redirect("hiring:candidate_list")
