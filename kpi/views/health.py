"""Health: an account's card and page with what people say to it, and the company's weights."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account
from common.errors import RuleBroken
from common.toasts import toast
from kpi.commands import health_said as said
from kpi.commands import health_weights as weighing
from kpi.forms.health import JudgementForm, OverrideForm, WeightsForm
from kpi.models import HealthOverride, Judgement
from kpi.queries.health import page as query
from kpi.queries.health import weights as weights_query
from kpi.rules.health.score import PARTS


@login_required
@require_safe
def account_health(request: HttpRequest, pk: int) -> HttpResponse:
    """A card of the account's page; alone a page with its course and what people say."""
    account = _account(request, pk)
    if request.htmx and not request.htmx.history_restore_request:
        found = query.health_card(request.user, account, request.company.currency)
        return render(request, "kpi/health/_card.html", {"found": found})
    return _page(request, account)


def _page(request: HttpRequest, account: Account, status: int = 200, **forms) -> HttpResponse:
    context = {
        "found": query.health_page(request.user, account, request.company.currency),
        "judgement_form": JudgementForm(),
        "override_form": OverrideForm(initial={"until": query.usual_end()}),
        **forms,
    }
    return render(request, "kpi/health/account_health.html", context, status=status)


@login_required
@require_POST
def health_judge(request: HttpRequest, pk: int) -> HttpResponse:
    account, form = _mine(request, pk), JudgementForm(request.POST)
    words = _("Noted; it counts for sixty days.")
    if _is_said(request, pk, form, said.judge_account, "kpi:judgement_undo", words):
        return redirect("kpi:account_health", pk)
    return _page(request, account, 422, judgement_form=form)


def _is_said(request, pk: int, form: Form, say: Callable, undo: str, words: str) -> bool:
    """Do what the form asks, with a way back; False, and the form says why, where it is refused."""
    if not form.is_valid():
        return False
    try:
        made = say(actor=request.user, account_id=pk, **form.cleaned_data)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return False
    toast(request, words, undo_url=reverse(undo, args=[made.pk]))
    return True


@login_required
@require_POST
def judgement_undo(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Judgement.objects.visible_to(request.user), pk=pk)
    _mine(request, found.account_id)
    try:
        said.remove_judgement(actor=request.user, judgement_id=pk)
    except RuleBroken as refusal:
        toast(request, str(refusal))
    else:
        toast(request, _("Taken back."))
    return redirect("kpi:account_health", found.account_id)


@login_required
@require_POST
def health_override(request: HttpRequest, pk: int) -> HttpResponse:
    account, form = _mine(request, pk), OverrideForm(request.POST)
    words = _("Your figure is shown until its end.")
    if _is_said(request, pk, form, said.override_health, "kpi:override_end", words):
        return redirect("kpi:account_health", pk)
    return _page(request, account, 422, override_form=form)


@login_required
@require_POST
def override_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(HealthOverride.objects.visible_to(request.user), pk=pk)
    _mine(request, found.account_id)
    try:
        said.free_health(actor=request.user, override_id=pk)
    except RuleBroken as refusal:
        toast(request, str(refusal))
    else:
        toast(request, _("The computed health counts again."))
    return redirect("kpi:account_health", found.account_id)


@login_required
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    """Weights tried on ten accounts; part of it alone while somebody tries."""
    _director(request)
    now = weights_query.weights_now()
    if request.htmx and not request.htmx.history_restore_request:
        form = WeightsForm({**request.GET.dict(), "note": "-"})
        return render(request, "kpi/health/_trials.html", _tried(form, now))
    initial = dict(zip((part.value for part in PARTS), now.weights, strict=True))
    return _weights_page(request, WeightsForm(initial={**initial, "seen": now.pk}), now)


def _tried(form: WeightsForm, now) -> dict:
    """What the form's weights do; those in force where they are none."""
    fits = form.is_bound and form.is_valid()
    tried = form.weights(form.cleaned_data) if fits else now.weights
    problem = "" if fits or not form.is_bound else "; ".join(form.non_field_errors())
    return {"trials": weights_query.trials(tried), "problem": problem}


def _weights_page(request: HttpRequest, form: WeightsForm, now, status: int = 200) -> HttpResponse:
    record, lines = weights_query.record_lines()
    context = {
        "form": form,
        "fields": [form[part.value] for part in PARTS],
        "now": now,
        "versions": weights_query.versions(),
        "record": record,
        "lines": lines,
        "begins": "" if record else weights_query.history_begins(),
        **_tried(form, now),
    }
    return render(request, "kpi/health/health_page.html", context, status=status)


@login_required
@require_POST
def health_adopt(request: HttpRequest) -> HttpResponse:
    _director(request)
    form = WeightsForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            weighing.adopt_weights(
                actor=request.user, weights=form.weights(values), note=values["note"],
                seen=values["seen"],
            )  # fmt: skip
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, _("Adopted; all accounts are being scored anew."))
            return redirect("kpi:health_page")
    return _weights_page(request, form, weights_query.weights_now(), 422)


def _account(request: HttpRequest, pk: int) -> Account:
    return get_object_or_404(Account.objects.visible_to(request.user), pk=pk)


def _mine(request: HttpRequest, pk: int) -> Account:
    """An account about which the reader may say something; the command asks again."""
    if not request.user.sells:
        raise Http404
    return get_object_or_404(Account.objects.editable_by(request.user), pk=pk)


def _director(request: HttpRequest) -> None:
    if not request.user.is_director:
        raise Http404
