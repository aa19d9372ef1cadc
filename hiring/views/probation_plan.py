"""A plan of a trial until the newcomer has it: begun, filled, offered, taken back."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.answers import acted
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.choices import ProbationState
from hiring.commands import probation as commands
from hiring.commands.probation_limit import install_limits
from hiring.commands.probation_steps import Conflict
from hiring.forms.probation import PlanForm
from hiring.models import Candidacy, Probation
from hiring.queries import probation as queries
from hiring.queries import probation_plan as plans
from hiring.queries.probation_limits import limit_words, limits
from hiring.queries.probation_roles import roles_in
from hiring.rules import probation as rules
from hiring.views.probation import trials_reader
from people.guards import director_only
from people.models import Company, User, company_day

FIELDS = ("starts_on", "ends_on", "grade", "mentor", "lead", "criteria", "former_helps", "version")


def visible(request: HttpRequest, pk: int) -> Probation:
    return get_object_or_404(queries.probations(request.user), pk=pk)


def editable(request: HttpRequest, pk: int, action: str) -> Probation:
    """404 for who may never take this step with it, whatever its state."""
    row = visible(request, pk)
    roles = roles_in(row, request.user)
    if not any(rules.may_do(state, action, roles) for state in rules.STATES):
        raise Http404
    return row


@trials_reader
@require_http_methods(["GET", "HEAD", "POST"])
def probation_new(request: HttpRequest) -> HttpResponse:
    """First for whom, then the plan; who is on trial already has one."""
    if not plans.plans_for(request.user):
        raise Http404
    named = row_id(request.GET.get("user"))
    if named is None:
        context = {"people": plans.newcomers(request.user)}
        return render(request, "hiring/probation/new.html", context)
    user = plans.newcomers(request.user).filter(pk=named).first()
    return _new(request, user) if user else _known(request, named)


def _known(request: HttpRequest, named: int) -> HttpResponse:
    """To the trial somebody has or had; who is not on probation is said so."""
    user = get_object_or_404(User.objects.visible_to(request.user).active(), pk=named)
    row = queries.probations(request.user).filter(user=user).first()
    if row is not None:
        return redirect("hiring:probation_plan", pk=row.pk)
    words = _("%(name)s is not noted as on probation: that is said on their page first.")
    toast(request, words % {"name": user})
    return redirect("hiring:probation_new")


def _new(request: HttpRequest, user: User) -> HttpResponse:
    install_limits()
    offer = plans.accepted_offer(request.user, user)
    initial = plans.first_plan(request.user, user, offer)
    form = PlanForm(request.POST or None, reader=request.user, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        candidacy = offer and offer.candidacy_id
        try:
            plan = commands.draft_probation(
                actor=request.user, user=user, candidacy_id=candidacy, **form.plan()
            )
        except Candidacy.DoesNotExist as error:
            raise Http404 from error
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Planned. Choose the accounts and look through the goals."))
            return redirect("hiring:probation_plan", pk=plan.pk)
    return _form(request, form, user, offer=offer)


def _form(request: HttpRequest, form: PlanForm, user: User, *, status: int = 0, **more):
    known = [(f"limit:{row.pk}", row, limit_words(row)) for row in limits(request.user)]
    context = {
        "form": form, "person": user, "limits": known, "no_limit": limit_words(None),
        "gap": plans.usual_gap(), "today": company_day(), "law": form["law"].value(), **more,
    }  # fmt: skip
    status = status or (422 if form.errors else 200)
    return render(request, "hiring/probation/form.html", context, status=status)


@trials_reader
@require_http_methods(["GET", "HEAD", "POST"])
def probation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = editable(request, pk, "edit")
    if row.state != ProbationState.DRAFT:
        toast(request, _("The newcomer has this plan: take it back first."))
        return redirect("hiring:probation_plan", pk=pk)
    install_limits()
    first = {name: getattr(row, name) for name in FIELDS}
    first |= {
        "weeks": _weeks(row),
        "law": f"limit:{row.limit_id}" if row.limit_id else f"country:{row.country}",
    }
    form = PlanForm(request.POST or None, reader=request.user, user=row.user, initial=first)
    status = 0
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            commands.edit_probation(
                actor=request.user, probation_id=pk, version=version, **form.plan()
            )
        except Conflict as conflict:
            sent = {**request.POST.dict(), "version": conflict.probation.version}
            form = PlanForm(sent, reader=request.user, user=row.user, initial=first)
            form.add_error(None, _("%(what)s Save again to keep yours.") % {"what": str(conflict)})
            status = 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Plan saved."))
            return redirect("hiring:probation_plan", pk=pk)
    return _form(request, form, row.user, status=status, probation=row)


def _weeks(row: Probation) -> str:
    same = (weeks for weeks in plans.WEEKS if rules.end_of(row.starts_on, weeks) == row.ends_on)
    return str(next(same, "other"))


@trials_reader
@require_safe
def probation_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft and what it lacks; from the offer on the newcomer's page is the one to read."""
    row = visible(request, pk)
    if row.state != ProbationState.DRAFT:
        return redirect("hiring:probation_page", pk=pk)
    page = queries.probation_page(row, request.user)
    context = {
        "page": page, "plan": row, "lacks": plans.lacks(page),
        "currency": Company.current().currency,
        "may_edit": page.may("edit"), "may_choose": page.may("choose"),
        "may_offer": page.may("offer"), "may_call_off": page.may("cancel"),
    }  # fmt: skip
    return render(request, "hiring/probation/plan.html", context)


def _step(request: HttpRequest, pk: int, act: Callable[..., Probation], said: str) -> HttpResponse:
    return acted(
        request, lambda: act(actor=request.user, probation_id=pk), said,
        to=reverse("hiring:probation_plan", args=[pk]),
    )  # fmt: skip


@director_only
@require_POST
def probation_offer(request: HttpRequest, pk: int) -> HttpResponse:
    editable(request, pk, "offer")
    return _step(
        request, pk, commands.offer_probation,
        _("Offered. The baselines are frozen; the newcomer reads the plan and answers."),
    )  # fmt: skip


@trials_reader
@require_POST
def probation_revise(request: HttpRequest, pk: int) -> HttpResponse:
    editable(request, pk, "revise")
    return _step(
        request, pk, commands.revise_probation,
        _("A draft again: what was accepted holds no longer."),
    )  # fmt: skip
