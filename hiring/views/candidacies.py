"""What is done to the ticked people of a vacancy's list: all or none, with one undo."""

from collections.abc import Callable
from urllib.parse import parse_qs

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from common import formats
from common.answers import done, refused
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.toasts import toast
from hiring.commands import candidacy as commands
from hiring.commands import candidacy_bulk as bulk
from hiring.commands.call_list import add_to_call_list
from hiring.commands.seat_invite import invite_to_session
from hiring.forms.candidacy import InvitationForm, MailingForm, RefusalForm, StageForm
from hiring.models import Candidacy, Vacancy
from hiring.queries.pipeline.listing import rows_of
from hiring.queries.pipeline.state import parse
from hiring.views.board import shown
from hiring.views.candidacy import CHANGED, taken_back
from hiring.views.candidate_access import posted_ids
from people.guards import recruiters_only

MOST = 500


def chosen(request: HttpRequest, vacancy: Vacancy) -> list[int]:
    """The ticked rows, or all that match the list as it was seen; 404 unless all may be changed."""
    own = Candidacy.objects.editable_by(request.user).filter(vacancy=vacancy)
    own = own.exclude(candidate=None)
    if request.POST.get("all_matching"):
        try:
            state = parse(parse_qs(request.POST.get("query", "")))
        except ValueError as error:
            raise BadRequest(str(error)) from error
        rows = rows_of(request.user, vacancy, state, list(vacancy.stages.all()))
        ids = list(own.filter(pk__in=rows.values("pk")).values_list("pk", flat=True)[: MOST + 1])
    else:
        ids = posted_ids(request, MOST)
        if own.filter(pk__in=ids[:MOST]).count() != len(ids[:MOST]):
            raise Http404
    if not ids:
        raise Http404
    if len(ids) > MOST:
        raise RuleBroken(
            _("Choose at most %(most)s people at once.") % {"most": formats.number(MOST)}
        )
    return ids


def answer(
    request: HttpRequest,
    pk: int,
    make: Callable[[Vacancy], forms.Form],
    submit: str,
    act: Callable[[list[int], dict], HttpResponse],
) -> HttpResponse:
    """The drawer with the form for those ticked; when it is filled in, the deed itself."""
    vacancy = shown(request, pk)
    back = reverse("hiring:candidacy_list", args=[pk])
    try:
        ids = chosen(request, vacancy)
    except RuleBroken as broken:
        return refused(request, str(broken), event=CHANGED, otherwise=back)
    form = make(vacancy)
    if form.is_bound and form.is_valid():
        try:
            return act(ids, form.cleaned_data)
        except Candidacy.DoesNotExist as error:
            raise Http404 from error
        except RuleBroken as broken:
            form.add_error(None, _("%(why)s Nothing was changed.") % {"why": broken})
    title = ngettext("%(n)s person", "%(n)s people", len(ids)) % {"n": formats.number(len(ids))}
    context = {
        "form": form, "title": title, "ids": ",".join(map(str, ids)), "action": request.path,
        "submit": submit, "vacancy": vacancy,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return drawer(request, "hiring/pipeline/_several.html", context, status=status)


def given(request: HttpRequest) -> dict | None:
    """The form's own fields, once the drawer has sent them; the list sends only what is ticked."""
    return request.POST if request.POST.get("sure") else None


def said(request: HttpRequest, pk: int, words: str, undo: str = "") -> HttpResponse:
    """Back to the list as it was left, with what was done."""
    back = reverse("hiring:candidacy_list", args=[pk])
    here = request.htmx.current_url_abs_path if request.htmx else ""
    back = here if here and here.startswith(back) else back
    toast(request, words, undo_url=f"{undo}?next={back}" if undo else "")
    return go(request, back)


def moved(number: int) -> str:
    words = ngettext("%(n)s person moved.", "%(n)s people moved.", number)
    return words % {"n": formats.number(number)}


@recruiters_only
@require_POST
def candidacies_move(request: HttpRequest, pk: int) -> HttpResponse:
    def act(ids: list[int], data: dict) -> HttpResponse:
        event = commands.move_candidacies(
            actor=request.user, candidacy_ids=ids, stage_id=data["stage"].pk
        )
        undo = reverse("hiring:candidacies_undo", args=[event.pk])
        return said(request, pk, moved(len(ids)), undo)

    make = lambda vacancy: StageForm(given(request), vacancy=vacancy)  # noqa: E731
    return answer(request, pk, make, _("Move"), act)


@recruiters_only
@require_POST
def candidacies_reject(request: HttpRequest, pk: int) -> HttpResponse:
    def act(ids: list[int], data: dict) -> HttpResponse:
        event = bulk.reject_candidacies(
            actor=request.user, candidacy_ids=ids, reason_id=data["reason"].pk,
            letter=data["letter"],
        )  # fmt: skip
        words = ngettext("%(n)s person rejected.", "%(n)s people rejected.", len(ids))
        undo = reverse("hiring:candidacies_undo", args=[event.pk])
        return said(request, pk, words % {"n": formats.number(len(ids))}, undo)

    return answer(request, pk, lambda vacancy: RefusalForm(given(request)), _("Reject"), act)


@recruiters_only
@require_POST
def candidacies_write(request: HttpRequest, pk: int) -> HttpResponse:
    def act(ids: list[int], data: dict) -> HttpResponse:
        event, stopped = bulk.write_to_candidacies(
            actor=request.user, candidacy_ids=ids, template_id=data["template"].pk
        )
        number = len(event.data["letters"]) - stopped
        words = ngettext(
            "%(n)s letter goes out in five minutes.",
            "%(n)s letters go out in five minutes.",
            number,
        ) % {"n": formats.number(number)}
        if stopped:
            more = ngettext("%(n)s cannot be sent.", "%(n)s cannot be sent.", stopped)
            words = f"{words} {more % {'n': formats.number(stopped)}}"
        return said(request, pk, words, reverse("hiring:mailing_undo", args=[event.pk]))

    return answer(request, pk, lambda vacancy: MailingForm(given(request)), _("Send"), act)


@recruiters_only
@require_POST
def mailing_undo(request: HttpRequest, event: int) -> HttpResponse:
    return taken_back(request, lambda: bulk.undo_writing(actor=request.user, event_id=event))


@recruiters_only
@require_POST
def candidacies_invite(request: HttpRequest, pk: int) -> HttpResponse:
    def act(ids: list[int], data: dict) -> HttpResponse:
        seats = invite_to_session(
            actor=request.user, session_id=data["session"].pk, candidacy_ids=ids,
            override_reason=data["override_reason"],
        )  # fmt: skip
        words = ngettext("%(n)s person invited.", "%(n)s people invited.", len(seats))
        return said(request, pk, words % {"n": formats.number(len(seats))})

    make = lambda vacancy: InvitationForm(given(request), vacancy=vacancy)  # noqa: E731
    return answer(request, pk, make, _("Invite"), act)


@recruiters_only
@require_POST
def candidacies_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Onto the calling list at once: those there already stay where they are."""
    vacancy = shown(request, pk)
    otherwise = reverse("hiring:candidacy_list", args=[pk])
    try:
        number = add_to_call_list(
            actor=request.user, vacancy_id=pk, candidacy_ids=chosen(request, vacancy)
        )
    except Candidacy.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        return refused(request, str(broken), event=CHANGED, otherwise=otherwise)
    return done(request, called_words(number), event=CHANGED, otherwise=otherwise)


def called_words(number: int) -> str:
    words = ngettext(
        "%(n)s person put on the calling list.", "%(n)s people put on the calling list.", number
    )
    return words % {"n": formats.number(number)}
