"""Times away: the team's calendar, one's own in some seconds, the plan of who stands in."""

import datetime as dt
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import absence as commands
from accounts.commands import cover as covers
from accounts.forms.absence import AbsenceForm, CoverForm
from accounts.models import Account, Cover
from accounts.queries import absence_calendar
from accounts.queries import absences as queries
from accounts.queries.cover import Plan, plan_of
from common import formats
from common.answers import acted
from common.drawer import saved
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from people.commands import absence as people
from people.guards import accounts_reader
from people.models import Absence, User, company_day

FARTHEST = dt.timedelta(days=731)


@accounts_reader
@require_safe
def absence_list(request: HttpRequest) -> HttpResponse:
    """Running and coming ones, or past ones; or the weeks of the team."""
    look = request.GET.get("look", "")
    mine = request.GET.get("mine") == "1"
    context = {"look": look, "mine": mine, "is_director": request.user.is_director}
    if look == "weeks":
        start = day_of(request)
        context["calendar"] = queries.calendar(request.user, start=start)
        step = dt.timedelta(weeks=queries.WEEKS)
        context |= {"before": start - step, "after": start + step}
    else:
        context["rows"] = queries.absence_lines(request.user, past=look == "past", mine=mine)
    return render(request, "accounts/care/absences.html", context)


def day_of(request: HttpRequest) -> dt.date:
    try:
        day = parse_date(request.GET.get("from", ""))
    except ValueError:
        day = None
    today = company_day()
    return day if day and abs(day - today) <= FARTHEST else today


@accounts_reader
@require_safe
def absence_feed(request: HttpRequest) -> HttpResponse:
    """The same as a file for one's own calendar: who is away, never why."""
    response = HttpResponse(
        absence_calendar.ics(request.user), content_type=f"{absence_calendar.MIME}; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="absences.ics"'
    return response


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def absence_create(request: HttpRequest) -> HttpResponse:
    """Three fields and a button; then who stands in."""
    form = AbsenceForm(request.POST or None, reader=request.user)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        user = given.pop("user", request.user)
        try:
            row = people.plan_absence(actor=request.user, user=user, **given)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            undo = reverse("accounts:absence_cancel", args=[row.pk])
            toast(request, _("The absence is noted."), undo_url=undo)
            return redirect("accounts:absence_page", row.pk)
    status = 422 if form.errors else 200
    return render(request, "accounts/care/absence_new.html", {"form": form}, status=status)


def opened(request: HttpRequest, pk: int) -> tuple[Absence, bool]:
    found = queries.absence_for(request.user, pk)
    if found is None:
        raise Http404
    return found


def planned(request: HttpRequest, pk: int) -> Absence:
    """One the reader may plan."""
    absence, may_plan = opened(request, pk)
    if not may_plan:
        raise Http404
    return absence


@accounts_reader
@require_safe
def absence_page(request: HttpRequest, pk: int) -> HttpResponse:
    absence, may_plan = opened(request, pk)
    return shown(request, absence, plan_of(absence, request.user, may_plan=may_plan))


def shown(
    request: HttpRequest, absence: Absence, plan: Plan, form: CoverForm | None = None
) -> HttpResponse:
    form = form or CoverForm(lines=plan.lines)
    names = {CoverForm.name_of(line): line for line in plan.lines}
    fields = {line.account.pk: form[name] for name, line in names.items() if name in form.fields}
    context = {
        "absence": absence, "plan": plan, "form": form, "is_mine": absence.user == request.user,
        "rows": [(line, fields.get(line.account.pk)) for line in plan.lines],
        "agrees_for_all": request.user.is_director,
        "unread": [one for one in plan.ended if one.cover.read_at is None],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "accounts/care/absence.html", context, status=status)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def absence_change(request: HttpRequest, pk: int) -> HttpResponse:
    absence = planned(request, pk)
    form = AbsenceForm(request.POST or None, reader=request.user, absence=absence)

    def save() -> None:
        commands.change_absence(actor=request.user, absence_id=pk, **form.cleaned_data)

    back = reverse("accounts:absence_page", args=[pk])
    return saved(request, form, _("Change the absence"), save, back)


@accounts_reader
@require_POST
def absence_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    planned(request, pk)
    try:
        row = commands.cancel_absence(actor=request.user, absence_id=pk)
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect("accounts:absence_page", pk)
    if row.cancelled_at is None:
        toast(request, _("It ends today."))
        return redirect("accounts:absence_page", pk)
    undo = reverse("accounts:absence_restore", args=[pk])
    toast(request, _("The absence is called off."), undo_url=undo)
    return redirect("accounts:absence_list")


@accounts_reader
@require_POST
def absence_restore(request: HttpRequest, pk: int) -> HttpResponse:
    planned(request, pk)
    restore = partial(commands.restore_absence, actor=request.user, absence_id=pk)
    said = _("The absence is noted again.")
    return acted(request, restore, said, to=reverse("accounts:absence_page", args=[pk]))


@accounts_reader
@require_POST
def absence_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the people chosen, all or none; a director may agree for them with the same press."""
    absence = planned(request, pk)
    plan = plan_of(absence, request.user, may_plan=True)
    form = CoverForm(request.POST, lines=plan.lines)
    if not form.is_valid():
        return shown(request, absence, plan, form)
    try:
        made = covers.propose_cover(actor=request.user, absence_id=pk, chosen=form.chosen())
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return shown(request, absence, plan, form)
    except (Account.DoesNotExist, User.DoesNotExist):
        form.add_error(None, _("Somebody named here is not there any more. Choose again."))
        return shown(request, absence, plan, form)
    words = ngettext("%(n)s question was sent.", "%(n)s questions were sent.", len(made))
    toast(request, words % {"n": formats.number(len(made))} if made else _("Nothing changed."))
    return redirect("accounts:absence_page", pk)


@accounts_reader
@require_POST
def absence_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """All that was asked of the reader, or the ones ticked; a director agrees for everybody."""
    opened(request, pk)
    ids = [row_id(text) for text in request.POST.getlist("cover")]
    if None in ids:
        raise Http404
    try:
        made = covers.agree_covers(actor=request.user, absence_id=pk, cover_ids=ids or None)
    except Cover.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        words = ngettext(
            "Agreed for %(n)s account.", "Agreed for %(n)s accounts.", len(made)
        )  # fmt: skip
        toast(request, words % {"n": formats.number(len(made))})
    return redirect("accounts:absence_page", pk)


@accounts_reader
@require_POST
def absence_read(request: HttpRequest, pk: int) -> HttpResponse:
    """What happened meanwhile was read by whose accounts they are."""
    absence, _may_plan = opened(request, pk)
    if absence.user_id != request.user.pk:
        raise Http404
    covers.read_back(actor=request.user, absence_id=pk)
    toast(request, _("Welcome back."))
    return redirect("accounts:absence_page", pk)
