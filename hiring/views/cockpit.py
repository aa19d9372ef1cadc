"""The day of a group interview on a tablet: the table of marks, presence, the clock."""

import json
import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.answers import done, refused
from common.errors import RuleBroken
from common.i18n import plural_forms
from common.toasts import toast
from hiring.commands import exercise as exercises
from hiring.commands import scoring as commands
from hiring.commands.sheet import ask_missing, keep_mark
from hiring.forms.cockpit import ReasonForm, WalkInForm
from hiring.models import Candidacy, Exercise, Observer, Session, Sheet
from hiring.models.session import ATTENDED
from hiring.queries.cockpit import cockpit

MOST = 300  # marks in one sending
ACTS = {
    "start": exercises.start_exercise,
    "pause": exercises.pause_exercise,
    "end": exercises.end_exercise,
}


def visible_session(request: HttpRequest, pk: int) -> Session:
    rows = Session.objects.visible_to(request.user).select_related("vacancy")
    return get_object_or_404(rows, pk=pk)


def number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def page_context(request: HttpRequest, session: Session) -> dict:
    exercise = number(request.GET.get("exercise"))
    now = timezone.now()
    found = cockpit(session, request.user, exercise_id=exercise, now=now)
    return {
        "cockpit": found,
        "session": session,
        "marks_words": [
            _("not seen"), _("weak"), _("enough"), _("strong"), _("rare"),
        ],
        "kept_words": plural_forms(
            lambda n: ngettext(
                "%(n)s score is kept on this device until the network is back.",
                "%(n)s scores are kept on this device until the network is back.",
                n,
            )
        ),
    }  # fmt: skip


@login_required
@never_cache
@require_safe
def cockpit_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The table; before anybody came the check-in, after opening the ranking."""
    session = visible_session(request, pk)
    context = page_context(request, session)
    found, view = context["cockpit"], request.GET.get("view", "")
    if session.revealed_at and not view and not _is_changing(found):
        return redirect("hiring:results_page", pk)
    is_checkin = view == "checkin" or (not view and not found.rows)
    context |= {"view": "checkin" if is_checkin else "scores"}
    if is_checkin:
        context["walk_in"] = WalkInForm(candidacies=absent(request, session))
    if request.htmx:
        return render(request, "hiring/_cockpit_board.html", context)
    return render(request, "hiring/cockpit.html", context)


def _is_changing(found) -> bool:
    return any(row.sheet and row.sheet.reopened_at for row in found.rows)


def absent(request: HttpRequest, session: Session):
    """People of the vacancy who could walk in."""
    here = session.seats_taken.filter(state__in=ATTENDED).values("candidacy")
    rows = Candidacy.objects.visible_to(request.user).active().filter(vacancy=session.vacancy_id)
    rows = rows.exclude(candidate=None).exclude(pk__in=here).select_related("candidate")
    return rows.order_by("candidate__name")


@login_required
@never_cache
@require_POST
def cockpit_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked every few seconds: notes who is here and answers with what has changed."""
    session = visible_session(request, pk)
    commands.note_presence(actor=request.user, session_id=pk)
    ask_missing(session, request.user)
    return render(request, "hiring/_cockpit_live.html", page_context(request, session))


@never_cache
@require_POST
def marks_keep(request: HttpRequest, pk: int) -> JsonResponse:
    """Marks from a device, each once by its key: what became of each. 401 when signed out."""
    if not request.user.is_authenticated:
        return JsonResponse({"state": "signed_out"}, status=401)
    visible_session(request, pk)
    try:
        body = json.loads(request.body)
        marks = [_read(mark) for mark in body["marks"][:MOST]]
        user = body["user"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"state": "unreadable"}, status=400)
    if user != request.user.pk:
        return JsonResponse({"state": "other_user"}, status=409)
    return JsonResponse({"results": [_keep(request, pk, mark) for mark in marks]})


def _read(mark: dict) -> dict:
    value = mark["value"]
    return {
        "key": uuid.UUID(mark["key"]),
        "sheet_id": int(mark["sheet"]),
        "competency_id": int(mark["competency"]),
        "exercise_id": int(mark["exercise"]) if mark.get("exercise") else None,
        "value": None if value is None else int(value),
        "at": parse_datetime(mark["at"]) if mark.get("at") else None,
    }


def _keep(request: HttpRequest, session_id: int, mark: dict) -> dict:
    answer = {"key": str(mark["key"])}
    at = mark["at"]
    mark["at"] = at if at and timezone.is_aware(at) else None
    try:
        if not Sheet.objects.filter(pk=mark["sheet_id"], session=session_id).exists():
            raise Sheet.DoesNotExist
        keep_mark(actor=request.user, **mark)
    except Sheet.DoesNotExist:
        return answer | {
            "state": "refused",
            "reason": _("This person is no longer yours to score."),
        }
    except RuleBroken as broken:
        return answer | {"state": "refused", "reason": str(broken)}
    return answer | {"state": "kept"}


@login_required
@require_POST
def exercise_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    exercise = get_object_or_404(
        Exercise, pk=pk, session__in=Session.objects.visible_to(request.user).values("pk")
    )
    otherwise = reverse("hiring:cockpit_page", args=[exercise.session_id])
    try:
        ACTS[act](actor=request.user, exercise_id=pk)
    except (Session.DoesNotExist, Exercise.DoesNotExist, KeyError) as error:
        raise Http404 from error
    except RuleBroken as broken:
        return refused(request, str(broken), event="cockpit:changed", otherwise=otherwise)
    words = {"start": _("The clock runs."), "pause": _("The clock stands."), "end": _("Ended.")}
    return done(request, words[act], event="cockpit:changed", otherwise=otherwise)


@login_required
@require_POST
def scoring_finish(request: HttpRequest, pk: int) -> HttpResponse:
    return _round(request, pk, commands.finish_scoring, _("Your scores are handed in."))


@login_required
@require_POST
def scoring_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Your scores are open again; every change keeps what it was.")
    return _round(request, pk, commands.reopen_scoring, said, reason=True, view="scores")


@login_required
@require_POST
def scoring_reveal(request: HttpRequest, pk: int) -> HttpResponse:
    return _round(request, pk, commands.reveal_scores, _("The scores are open."), reason=True)


def _round(
    request: HttpRequest, pk: int, command, said: str, *, reason: bool = False, view: str = ""
) -> HttpResponse:
    """A deed on the whole round, then the page that follows from it."""
    visible_session(request, pk)
    form = ReasonForm(request.POST)
    told = {"reason": form.cleaned_data.get("reason", "") if form.is_valid() else ""}
    back = reverse("hiring:cockpit_page", args=[pk])
    try:
        command(actor=request.user, session_id=pk, **(told if reason else {}))
    except (Session.DoesNotExist, Observer.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        toast(request, str(broken))
    else:
        toast(request, said)
        back += f"?view={view}" if view else ""
    return redirect(back)
