"""The weekly talk: own words, noted as held, read by the newcomer."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.answers import acted
from common.drawer import saved
from hiring.commands import probation_week as commands
from hiring.forms.probation_course import HoldForm
from hiring.models import CheckIn
from hiring.queries.probation_weeks import LABELS
from hiring.views.probation_page import page_url
from people.guards import sellers_only
from people.models import company_day


def visible_week(request: HttpRequest, pk: int) -> CheckIn:
    rows = CheckIn.objects.visible_to(request.user).select_related("probation__user")
    return get_object_or_404(rows, pk=pk)


def week_url(row: CheckIn) -> str:
    return f"{page_url(row.probation_id)}#week-{row.week}"


@sellers_only
@require_POST
def week_say(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_week(request, pk)
    words = request.POST.get("words", "")

    def say() -> None:
        commands.say_week(actor=request.user, check_in_id=pk, words=words)

    return acted(request, say, _("Saved. The others read it after the talk."), to=week_url(row))


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def week_hold(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_week(request, pk)
    seats = commands.seats_in(row.probation, request.user)
    if not set(seats) & (set(LABELS) - {"newcomer"}):
        raise Http404
    own = getattr(row, f"{seats[-1]}_words")
    form = HoldForm(request.POST or None, initial={"held_on": company_day(), "words": own})

    def hold() -> None:
        commands.hold_week(actor=request.user, check_in_id=pk, **form.cleaned_data)

    words = {"week": row.week, "name": row.probation.user}
    title = _("Talk of week %(week)s with %(name)s") % words
    return saved(request, form, title, hold, page_url(row.probation_id))


@sellers_only
@require_POST
def week_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_week(request, pk)

    def confirm() -> None:
        commands.confirm_week(actor=request.user, check_in_id=pk)

    return acted(request, confirm, _("Noted that you have read it."), to=week_url(row))
