"""Deeds on one candidacy: move, refuse, withdraw, open again, take back."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.answers import came_from, done, refused
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.choices import AccessAct, CandidacyState
from hiring.commands import candidacy as commands
from hiring.commands import candidacy_undo as undo_commands
from hiring.commands.access import note_access
from hiring.commands.refusal import preview_refusal
from hiring.commands.reject_reason import install_reject_reasons
from hiring.forms.candidacy import RefusalForm, WithdrawalForm
from hiring.models import Candidacy, RejectReason, Stage
from hiring.queries.pipeline.history import steps_of
from people.guards import hirers_only, recruiters_only
from people.models import Event

CHANGED = "board:changed"


def touchable(request: HttpRequest, pk: int) -> Candidacy:
    rows = Candidacy.objects.editable_by(request.user).select_related(
        "vacancy", "stage", "candidate", "reject_reason"
    )
    return get_object_or_404(rows.exclude(candidate=None), pk=pk)


def deed(
    request: HttpRequest, candidacy: Candidacy, say: str, act: Callable[[], object]
) -> HttpResponse:
    """Do it and say so with Undo, or say why not; the board or list on the page renews itself."""
    otherwise = reverse("hiring:vacancy_page", args=[candidacy.vacancy_id])
    before = commands.last_deed(candidacy)
    try:
        act()
    except (Stage.DoesNotExist, RejectReason.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        return refused(request, str(broken), event=CHANGED, otherwise=otherwise)
    event = commands.last_deed(candidacy)
    if event == before:
        return done(request, _("Kept."), event=CHANGED, otherwise=otherwise)
    undo = reverse("hiring:candidacy_undo", args=[event.pk])
    back = came_from(request, otherwise)
    if request.htmx and urlsplit(back).path != otherwise:
        toast(request, say, undo_url=f"{undo}?{urlencode({'next': back})}")
        return go(request, back)
    return done(request, say, event=CHANGED, undo_url=undo, otherwise=otherwise)


@hirers_only
@require_safe
def candidacy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole history of one candidacy: every stage, how long, by whom; also what was undone."""
    rows = Candidacy.objects.visible_to(request.user).exclude(candidate=None)
    rows = rows.select_related("candidate", "vacancy", "stage", "tier", "reject_reason")
    candidacy = get_object_or_404(rows, pk=pk)
    note_access(
        actor=request.user, candidate_id=candidacy.candidate_id, act=AccessAct.VIEWED,
        purpose="history",
    )  # fmt: skip
    context = {
        "candidacy": candidacy, "candidate": candidacy.candidate, "vacancy": candidacy.vacancy,
        "steps": steps_of(candidacy), "may_edit": request.user.is_recruiter,
    }  # fmt: skip
    return render(request, "hiring/candidacy_page.html", context)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy_move(request: HttpRequest, pk: int) -> HttpResponse:
    """The menu "Move to…", and where it, dragging and the keyboard send to."""
    candidacy = touchable(request, pk)
    if request.method != "POST":
        context = {
            "candidacy": candidacy, "stages": candidacy.vacancy.stages.all(),
            "title": candidacy.candidate.name, "next": came_from(request, ""),
        }  # fmt: skip
        return drawer(request, "hiring/pipeline/_move.html", context)
    wanted = row_id(request.POST.get("stage"))
    if wanted is None:
        otherwise = reverse("hiring:vacancy_page", args=[candidacy.vacancy_id])
        return refused(request, _("Choose a stage."), event=CHANGED, otherwise=otherwise)
    stage = get_object_or_404(candidacy.vacancy.stages, pk=wanted)
    below = row_id(request.POST.get("below"))
    say = _("%(name)s is in “%(stage)s” now.") % {"name": candidacy.candidate, "stage": stage}
    return deed(
        request, candidacy, say,
        lambda: commands.move_candidacy(
            actor=request.user, candidacy_id=pk, stage_id=stage.pk, below=below,
            version=row_id(request.POST.get("version")),
        ),
    )  # fmt: skip


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy_reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Reason, letter and its day; the letter as it will be sent stands below."""
    candidacy = touchable(request, pk)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        say = _("%(name)s is rejected.") % {"name": candidacy.candidate}
        return deed(request, candidacy, say, lambda: end(request, candidacy, form, "rejected"))
    return ending(request, candidacy, form, _("Reject"))


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidacy_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """They told us that they do not go on."""
    candidacy = touchable(request, pk)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        say = _("%(name)s withdrew.") % {"name": candidacy.candidate}
        return deed(request, candidacy, say, lambda: end(request, candidacy, form, "withdrawn"))
    return ending(request, candidacy, form, _("They withdrew"))


def end(request: HttpRequest, candidacy: Candidacy, form, state: str) -> Candidacy:
    return commands.end_candidacy(
        actor=request.user, candidacy_id=candidacy.pk, state=CandidacyState(state),
        reason_id=form.cleaned_data["reason"] and form.cleaned_data["reason"].pk,
        version=row_id(request.POST.get("version")),
        letter=form.cleaned_data.get("letter", False),
    )  # fmt: skip


def ending(request: HttpRequest, candidacy: Candidacy, form, submit: str) -> HttpResponse:
    if not RejectReason.objects.exists():
        install_reject_reasons()
    context = {
        "candidacy": candidacy, "form": form, "submit": submit, "title": candidacy.candidate.name,
        "next": came_from(request, ""), "preview_url": "",
    }  # fmt: skip
    if isinstance(form, RefusalForm):
        context["preview_url"] = reverse("hiring:refusal_preview", args=[candidacy.pk])
        context["letter"] = preview_refusal(candidacy, None)
    status = 422 if form.errors else 200
    return drawer(request, "hiring/pipeline/_end.html", context, status=status)


@recruiters_only
@require_safe
def refusal_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of the reason chosen, as it would be sent."""
    candidacy = touchable(request, pk)
    reason = RejectReason.objects.filter(pk=row_id(request.GET.get("reason"))).first()
    context = {"letter": preview_refusal(candidacy, reason), "part": "hiring/pipeline/_letter.html"}
    return drawer(request, "hiring/pipeline/_letter.html", context)


@recruiters_only
@require_POST
def candidacy_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    candidacy = touchable(request, pk)
    say = _("%(name)s is under way again.") % {"name": candidacy.candidate}
    return deed(
        request, candidacy, say,
        lambda: commands.reopen_candidacy(actor=request.user, candidacy_id=pk),
    )  # fmt: skip


@recruiters_only
@require_POST
def candidacy_undo(request: HttpRequest, event: int) -> HttpResponse:
    return taken_back(request, lambda: undo_commands.undo_move(actor=request.user, event_id=event))


@recruiters_only
@require_POST
def candidacies_undo(request: HttpRequest, event: int) -> HttpResponse:
    return taken_back(request, lambda: undo_commands.undo_moves(actor=request.user, event_id=event))


def taken_back(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    otherwise = "/hiring/"
    try:
        act()
    except (Event.DoesNotExist, Candidacy.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        return refused(request, str(broken), event=CHANGED, otherwise=otherwise)
    return done(request, _("Taken back."), event=CHANGED, otherwise=otherwise)
