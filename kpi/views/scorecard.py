"""/kpi/managers/…/ for one-to-ones, and /kpi/mine/: one's own figures and how each came about."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import RuleBroken
from common.toasts import toast
from kpi.commands import appraisal as assessing
from kpi.commands import one_to_one as talking
from kpi.forms.scorecard import AppraisalForm, OneToOneForm
from kpi.models import Appraisal, OneToOne
from kpi.queries.scorecard.page import scorecard
from kpi.queries.scorecard.people import leads, scored_people
from people.models import User, company_day

FORTNIGHT = dt.timedelta(days=14)


@login_required
@require_safe
def scorecard_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _manager(request, pk))


@login_required
@require_safe
def mine_page(request: HttpRequest) -> HttpResponse:
    """The same lines of oneself, without a figure of anybody else."""
    if not request.user.is_kam:
        raise Http404
    return _shown(request, request.user)


def _shown(request: HttpRequest, manager: User) -> HttpResponse:
    card = scorecard(request.user, manager, request.company.currency)
    return render(request, "kpi/scorecard/scorecard.html", {"card": card, "today": company_day()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one_to_one_new(request: HttpRequest, pk: int) -> HttpResponse:
    manager = _led(request, pk)
    today = company_day()
    first = {"held_on": today, "due": today + FORTNIGHT}
    form = OneToOneForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            talk = talking.record_one_to_one(
                actor=request.user, manager=manager, **form.cleaned_data
            )
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            undo = reverse("kpi:one_to_one_undo", args=[talk.pk])
            toast(request, _("The one-to-one is recorded."), undo_url=undo)
            return redirect("kpi:scorecard_page", pk=manager.pk)
    context = {"form": form, "manager": manager}
    return render(request, "kpi/scorecard/one_to_one.html", context)


@login_required
@require_POST
def one_to_one_undo(request: HttpRequest, pk: int) -> HttpResponse:
    if not (request.user.is_director or request.user.is_kam):
        raise Http404
    try:
        talk = talking.remove_one_to_one(actor=request.user, talk_id=pk)
    except OneToOne.DoesNotExist:
        raise Http404 from None
    except RuleBroken as error:
        toast(request, str(error))
        return redirect("kpi:start_page")
    toast(request, _("The one-to-one is taken back."))
    return redirect("kpi:scorecard_page", pk=talk.manager_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appraisal_new(request: HttpRequest, pk: int) -> HttpResponse:
    manager = _led(request, pk)
    if not request.user.is_director:
        raise Http404
    today = company_day()
    quarter = today.replace(month=3 * ((today.month - 1) // 3) + 1, day=1)
    form = AppraisalForm(request.POST or None, initial={"first": quarter, "last": today})
    if request.method == "POST" and form.is_valid():
        try:
            assessing.assess_manager(actor=request.user, manager=manager, **form.cleaned_data)
        except RuleBroken as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("The assessment is kept. Only directors read it until you show it."))
            return redirect("kpi:scorecard_page", pk=manager.pk)
    context = {"form": form, "manager": manager}
    return render(request, "kpi/scorecard/appraisal.html", context)


@login_required
@require_POST
def appraisal_share(request: HttpRequest, pk: int) -> HttpResponse:
    row = _shared(request, pk, is_shared=True)
    undo = reverse("kpi:appraisal_hide", args=[row.pk])
    toast(request, _("The manager reads this assessment now."), undo_url=undo)
    return redirect("kpi:scorecard_page", pk=row.manager_id)


@login_required
@require_POST
def appraisal_hide(request: HttpRequest, pk: int) -> HttpResponse:
    row = _shared(request, pk, is_shared=False)
    toast(request, _("Only directors read this assessment."))
    return redirect("kpi:scorecard_page", pk=row.manager_id)


def _shared(request: HttpRequest, pk: int, *, is_shared: bool) -> Appraisal:
    try:
        return assessing.share_appraisal(actor=request.user, appraisal_id=pk, is_shared=is_shared)
    except (Appraisal.DoesNotExist, RuleBroken):
        raise Http404 from None


def _manager(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(scored_people(request.user), pk=pk)


def _led(request: HttpRequest, pk: int) -> User:
    manager = _manager(request, pk)
    if not leads(request.user, manager):
        raise Http404
    return manager
