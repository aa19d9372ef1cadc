"""How a trial ends: what the file holds and lacks, and the outcome with its dates."""

from collections.abc import Callable

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.answers import acted
from common.drawer import saved
from common.errors import RuleBroken
from common.toasts import toast
from hiring.choices import ProbationState
from hiring.commands import probation as plan_commands
from hiring.commands import probation_decision as commands
from hiring.commands.probation_goal import judge_goal
from hiring.forms.probation_course import CancelForm, ExtendForm, FailForm, JudgeForm, PassForm
from hiring.models import ProbationGoal
from hiring.queries import probation as queries
from hiring.queries.probation_evidence import evidence_of
from hiring.queries.probation_follow import offered_plan
from hiring.queries.probation_gaps import gaps, gaps_of_dismissal
from hiring.queries.probation_weeks import weeks_of
from hiring.queries.probation_words import goal_words
from hiring.views.probation_page import page_url, visible_probation
from people.guards import director_only, sellers_only
from people.models import company_day


def deciding(request: HttpRequest, pk: int) -> queries.ProbationPage:
    """The page of a running trial, for whoever may decide about it."""
    page = queries.probation_page(visible_probation(request, pk), request.user)
    if not (page.may("pass") or page.may("fail")):
        raise Http404
    return page


def forms_of(request: HttpRequest, page: queries.ProbationPage, sent: str = "") -> dict[str, Form]:
    """One form for each outcome; `sent` is the one that holds what was posted."""
    data = {sent: request.POST} if sent else {}
    one, today = page.probation, company_day()
    dates = {"notice_on": today, "leaves_on": page.earliest_leave}
    span = {"latest": page.latest_end, "ends_on": one.ends_on}
    return {
        "pass": PassForm(data.get("pass"), prefix="pass"),
        "extend": ExtendForm(data.get("extend"), prefix="extend", **span),
        "fail": FailForm(data.get("fail"), prefix="fail", initial=dates),
    }


def _page(
    request: HttpRequest, page: queries.ProbationPage, forms: dict[str, Form], status: int = 200
) -> HttpResponse:
    one, reader = page.probation, request.user
    weeks, notes = weeks_of(one, reader), list(evidence_of(one, reader))
    lacks = gaps(page, weeks, notes, reader)
    context = {
        "page": page, "one": one, "forms": forms, "weeks": weeks, "notes": notes,
        "gaps": lacks, "unfair": gaps_of_dismissal(page, weeks, notes),
        "can_extend": page.latest_end is None or page.latest_end > one.ends_on,
    }  # fmt: skip
    return render(request, "hiring/probation/decide.html", context, status=status)


@sellers_only
@require_safe
def probation_decide(request: HttpRequest, pk: int) -> HttpResponse:
    page = deciding(request, pk)
    return _page(request, page, forms_of(request, page))


def _decided(
    request: HttpRequest, pk: int, outcome: str, act: Callable[..., object], said: str
) -> HttpResponse:
    page = deciding(request, pk)
    if not page.may(outcome):
        raise Http404
    forms = forms_of(request, page, outcome)
    form = forms[outcome]
    if form.is_valid():
        try:
            act(actor=request.user, probation_id=pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, said)
            return redirect(page_url(pk))
    return _page(request, page, forms, status=422)


@sellers_only
@require_POST
def probation_pass(request: HttpRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, "pass", commands.pass_probation, _("Passed."))


@sellers_only
@require_POST
def probation_extend(request: HttpRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, "extend", commands.extend_probation, _("Extended."))


@sellers_only
@require_POST
def probation_fail(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Noted as not passed. Print it and have it signed.")
    return _decided(request, pk, "fail", commands.fail_probation, said)


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def probation_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Without an outcome, from the draft on until it is decided: one form for all of them."""
    one = visible_probation(request, pk)
    if not queries.probation_page(one, request.user).may("cancel"):
        raise Http404
    form = CancelForm(request.POST or None)
    is_running = one.state == ProbationState.RUNNING
    said = _("Called off: the probation of %(name)s.") % {"name": one.user}
    if is_running:
        said = _("Called off; the accounts are back with who had them.")

    def call_off() -> None:
        plan_commands.cancel_probation(
            actor=request.user, probation_id=pk, reasons=form.cleaned_data["reasons"]
        )

    return saved(
        request, form, _("Call it off without an outcome"), call_off, page_url(pk), said=said,
        template="hiring/probation/_call_off_form.html", is_running=is_running,
    )  # fmt: skip


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def goal_judge(request: HttpRequest, pk: int) -> HttpResponse:
    """The lead's word on a goal in own words."""
    rows = ProbationGoal.objects.visible_to(request.user).select_related("probation")
    goal = get_object_or_404(rows, pk=pk)
    page = deciding(request, goal.probation_id)
    judged = {None: "", True: "yes", False: "no"}[goal.judged]
    form = JudgeForm(request.POST or None, initial={"judged": judged, "note": goal.judged_note})

    def judge() -> None:
        judge_goal(
            actor=request.user, probation_id=page.probation.pk, goal_id=pk,
            judged=form.cleaned_data["judged"], note=form.cleaned_data["note"],
        )  # fmt: skip

    return saved(request, form, goal_words(goal), judge, page_url(page.probation.pk))


@director_only
@require_POST
def probation_attach(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan of handovers that was made since follows it."""
    plan = offered_plan(visible_probation(request, pk), request.user)

    def attach() -> None:
        if plan is None:
            raise RuleBroken(_("There is no plan of handovers for them yet."))
        commands.attach_plan(actor=request.user, probation_id=pk, plan=plan)

    return acted(request, attach, _("Noted as the plan that follows."), to=page_url(pk))
