"""Capacity: what managers carry, what if an account moved, how many will be missing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.drawer import drawer, go
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.commands.need import ask_vacancy
from hiring.models import Profile
from kpi.forms.capacity import NeedForm
from kpi.queries.capacity import people
from kpi.queries.capacity.moving import moved
from kpi.queries.capacity.outlook import Outlook, outlook
from kpi.rules.forecast import VERSION
from people.guards import director_only, sellers_only
from people.models import company_day

MONTHS, CERTAINTY = 6, 90


@sellers_only
@require_safe
def capacity_page(request: HttpRequest) -> HttpResponse:
    """All managers for directors, with the outlook; the team for its lead; oneself for a KAM."""
    day = company_day()
    rows = people.manager_rows(request.user, day)
    context = {
        "day": day, "rows": rows, "totals": people.totals(rows), "teams": people.by_team(rows),
        "running": [row for row in rows if row.is_running_over], "may_move": len(rows) > 1,
        "own": rows[0] if len(rows) == 1 else None,
    }  # fmt: skip
    if request.user.is_director:
        context["outlook"] = outlook(request.user, rows, day)
    if context["may_move"]:
        context |= _move(request, rows)
    return render(request, "kpi/capacity/page.html", context)


@sellers_only
@require_safe
def capacity_move(request: HttpRequest) -> HttpResponse:
    """Both bars if an account moved, asked for by the form on the page. Nothing is saved."""
    rows = people.manager_rows(request.user, company_day())
    if len(rows) < 2:
        raise Http404
    return render(request, "kpi/capacity/_move.html", _move(request, rows))


def _move(request: HttpRequest, rows: list[people.ManagerRow]) -> dict:
    giver, account, taker = (row_id(request.GET.get(name)) for name in ("from", "account", "to"))
    gives = next((row for row in rows if row.user.pk == giver and row.now.accounts), None)
    move = None
    if gives and account and taker:
        move = moved(
            rows, request.user, giver=giver, account_id=account, taker=taker, day=company_day()
        )
    return {"rows": rows, "gives": gives, "account_id": account, "to": taker, "move": move}


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def capacity_vacancy(request: HttpRequest) -> HttpResponse:
    """A draft of a vacancy for the managers that will be missing, reckoned anew when it is sent."""
    day = company_day()
    found = outlook(request.user, people.manager_rows(request.user, day), day)
    initial = {
        "months": row_id(request.GET.get("months")) or MONTHS, "certainty": CERTAINTY,
        "title": _("Key account manager"),
    }  # fmt: skip
    form = NeedForm(
        request.POST if request.method == "POST" else None, reader=request.user, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            need = _ask(request, form.cleaned_data, found)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("The draft is with %(name)s.") % {"name": need.vacancy.recruiter})
            return go(request, reverse("hiring:advert_page", args=[need.vacancy_id]))
    context = {
        "form": form, "outlook": found, "title": _("Ask for a vacancy"),
        "has_profiles": form.fields["profile"].queryset.exists(),
    }  # fmt: skip
    return drawer(
        request, "kpi/capacity/_vacancy.html", context, status=422 if form.errors else 200
    )


def _ask(request: HttpRequest, data: dict, found: Outlook):
    one, answer = found.answer(data["months"], data["certainty"])
    profile: Profile = data["profile"]
    return ask_vacancy(
        actor=request.user, profile_id=profile.pk, title=data["title"], hires=answer.hires,
        invited=answer.invited, missing=one.gap.middle, months=one.months,
        certainty=answer.certainty, reckoning=found.reckoning(one), rule_version=VERSION,
    )  # fmt: skip
