"""The reader's own start page: each role has one, and an empty company has its first steps."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Account, Scoring
from hiring.queries.start import hiring_of
from hiring.queries.start.waiting import recruiter_page
from kpi.queries.runs import last_night
from kpi.queries.start import colleagues, later, pages, steps
from kpi.queries.week.helpers import helped_accounts, own_tasks
from kpi.views.week import week_page
from people.choices import Role
from people.models import company_day


@login_required
@require_safe
def start_page(request: HttpRequest) -> HttpResponse:
    user = request.user
    if user.is_director or user.is_kam or user.is_assistant:
        return _accounts_page(request)
    if user.is_recruiter:
        page = {**recruiter_page(user), "tasks": own_tasks(user), "mine": hiring_of(user)}
        return _render(request, "recruiter", page)
    if user.is_administrator:
        page = {**pages.system_page(user), "tasks": own_tasks(user), "mine": hiring_of(user)}
        return _render(request, "system", page)
    return _welcome_page(request)


def _accounts_page(request: HttpRequest) -> HttpResponse:
    """Managers and assistants have their week; a director what to decide, as of the last night.

    A night passes over an empty company too; it leaves nothing to decide.
    """
    user = request.user
    if not user.is_director:
        return week_page(request)
    scoring = Scoring.current()
    is_empty = scoring.first_day is None and not Account.objects.exists()
    if scoring.as_of is None or is_empty:
        return _before_figures(request)
    page = pages.director_page(
        user, as_of=scoring.as_of, today=company_day(), currency=request.company.currency,
        compares=scoring.compares,
    )  # fmt: skip
    if user.is_recruiter:
        page["hiring"] = recruiter_page(user)
    return _render(request, "director", page)


@login_required
@require_safe
def start_later(request: HttpRequest) -> HttpResponse:
    """Growth, own interviews, where the year lands, what came of warnings: after the page."""
    if not request.user.is_director:
        raise Http404
    found = later.later(request.user, company_day(), request.company.currency)
    context = {"later": found, "mine": hiring_of(request.user)}
    return render(request, "kpi/start/_later.html", context)


def _before_figures(request: HttpRequest) -> HttpResponse:
    user = request.user
    context = {"steps": steps.first_steps(user), "night": last_night(user)}
    return _render(request, "first_steps", context)


def _welcome_page(request: HttpRequest) -> HttpResponse:
    """For those who interview, whatever their role, and for people who are asked nothing."""
    user = request.user
    mine = hiring_of(user)
    context = {"tasks": own_tasks(user), "helps": helped_accounts(user), "mine": mine}
    if Role.INTERVIEWER in user.roles or mine["owed"] or mine["meetings"]:
        return _render(request, "interviewer", context)
    context |= {"teams": colleagues.teams(user), "has_role": bool(user.roles)}
    return _render(request, "welcome", context)


def _render(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    return render(request, f"kpi/start/{template}.html", {"today": company_day(), **context})
