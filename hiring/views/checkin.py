"""Who came: one tap each, and who walked in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from common.answers import done, refused
from common.errors import RuleBroken
from common.toasts import toast
from hiring.choices import SeatState
from hiring.commands import checkin as commands
from hiring.forms.cockpit import WalkInForm
from hiring.models import Candidacy, Seat, Session
from hiring.views.cockpit import absent, page_context, visible_session

SAID = {
    SeatState.CAME: gettext_lazy("%(name)s is here, badge %(badge)s."),
    SeatState.LATE: gettext_lazy("%(name)s came late, badge %(badge)s."),
    SeatState.NO_SHOW: gettext_lazy("%(name)s did not come."),
}


def visible_seat(request: HttpRequest, pk: int) -> Seat:
    seat = get_object_or_404(
        Seat.objects.visible_to(request.user).select_related("candidacy__candidate"), pk=pk
    )
    known = Candidacy.objects.visible_to(request.user).filter(pk=seat.candidacy_id)
    if seat.candidacy.candidate is None or not known.exists():
        raise Http404
    return seat


@login_required
@require_POST
def seat_settle(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    seat = visible_seat(request, pk)
    back = _back(seat)
    try:
        seat = commands.settle_seat(actor=request.user, seat_id=pk, state=state)
    except (Seat.DoesNotExist, Session.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        return refused(request, str(broken), event="cockpit:changed", otherwise=back)
    name = visible_seat(request, pk).candidacy.candidate.name
    said = SAID[state] % {"name": name, "badge": seat.badge}
    undo = reverse("hiring:seat_undo", args=[pk])
    return done(request, said, event="cockpit:changed", undo_url=undo, otherwise=back)


@login_required
@require_POST
def seat_undo(request: HttpRequest, pk: int) -> HttpResponse:
    seat = visible_seat(request, pk)
    try:
        commands.undo_checkin(actor=request.user, seat_id=pk)
    except (Seat.DoesNotExist, Session.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        return refused(request, str(broken), event="cockpit:changed", otherwise=_back(seat))
    return done(request, _("Taken back."), event="cockpit:changed", otherwise=_back(seat))


def _back(seat: Seat) -> str:
    return reverse("hiring:cockpit_page", args=[seat.session_id]) + "?view=checkin"


@login_required
@require_POST
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody without a seat sits down; what could not be read is shown in the form."""
    session = visible_session(request, pk)
    form = WalkInForm(request.POST, candidacies=absent(request, session))
    if form.is_valid():
        data = form.cleaned_data
        candidacy = data.pop("candidacy")
        try:
            seat = commands.add_walk_in(
                actor=request.user, session_id=pk,
                candidacy_id=candidacy and candidacy.pk, **data,
            )  # fmt: skip
        except (Session.DoesNotExist, Candidacy.DoesNotExist) as error:
            raise Http404 from error
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Here, with badge %(badge)s.") % {"badge": seat.badge})
            return redirect(_back(seat))
    context = page_context(request, session) | {"view": "checkin", "walk_in": form}
    return render(request, "hiring/cockpit.html", context, status=422)
