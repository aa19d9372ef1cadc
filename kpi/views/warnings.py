"""/kpi/warnings/: who needs a call, why, and what people answered."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.core.paginator import Page
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Account
from common.errors import RuleBroken
from common.toasts import toast, toast_now
from kpi.choices import AlertCause, AlertLevel, AnswerVerb, LostReason, WrongReason
from kpi.commands import answers, pause
from kpi.forms.warnings import FilterForm, LostForm, PauseForm, PlanForm, WrongForm
from kpi.models import Alert
from kpi.queries.reporting import reporting_day
from kpi.queries.warnings import answered, inbox
from kpi.queries.warnings.inbox import Filters, lines_of
from people.models import User, company_day

FORMS = {
    AnswerVerb.PLANNED: PlanForm,
    AnswerVerb.PAUSE: PauseForm,
    AnswerVerb.LOST: LostForm,
    AnswerVerb.WRONG: WrongForm,
}


@login_required
@require_safe
def warning_list(request: HttpRequest) -> HttpResponse:
    _readers_only(request.user)
    return render(request, "kpi/warnings/warning_list.html", _context(request, request.GET))


@login_required
@require_safe
def answer_list(request: HttpRequest) -> HttpResponse:
    """What was answered, and the pauses that hold."""
    _readers_only(request.user)
    context = {
        "answers": answered.answered(request.user),
        "pauses": answered.paused(request.user, reporting_day()),
        "tab": "answered",
    }
    return render(request, "kpi/warnings/answer_list.html", context)


@login_required
@require_POST
def warning_answer(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One answer to one warning; with htmx the list, or the account's part, as it stands then."""
    alert = get_object_or_404(Alert.objects.editable_by(request.user), pk=pk)
    if verb not in FORMS or not (request.user.is_director or request.user.is_kam):
        raise Http404
    form, undo = FORMS[AnswerVerb(verb)](request.POST), ""
    try:
        answer = _act(request, alert, AnswerVerb(verb), form)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleBroken as refusal:
        text = str(refusal)
    else:
        text = f"{alert.account.name}: {answered.said(answer)}"
        undo = reverse("kpi:answer_undo", args=[answer.pk])
    of_account = request.POST.get("place") == "account"
    query = QueryDict(request.POST.get("query", "")[:500])
    if not request.htmx:
        toast(request, text, undo_url=undo)
        page = f"{reverse('kpi:warning_list')}?{query.urlencode()}"
        return redirect(f"/accounts/{alert.account_id}/" if of_account else page)
    if of_account:
        context = _account_context(request, alert.account)
        response = render(request, "kpi/warnings/_account.html", context)
    else:
        response = render(request, "kpi/warnings/_list.html", _context(request, query))
    return toast_now(response, text, undo_url=undo)


def _act(request: HttpRequest, alert: Alert, verb: AnswerVerb, form: Form):
    if not form.is_valid():
        raise RuleBroken(next(iter(form.errors.values()))[0])
    said = {**form.cleaned_data, "seen": form.cleaned_data["seen"] or 0}
    if verb == AnswerVerb.PLANNED:
        return answers.plan_call(actor=request.user, alert_id=alert.pk, **said)
    command: Callable = {
        AnswerVerb.PAUSE: answers.know_pause,
        AnswerVerb.LOST: answers.call_lost,
        AnswerVerb.WRONG: answers.call_wrong,
    }[verb]
    return command(actor=request.user, alert_id=alert.pk, day=reporting_day(), **said)


@login_required
@require_POST
def answer_undo(request: HttpRequest, pk: int) -> HttpResponse:
    _readers_only(request.user)
    undo = partial(answers.undo_answer, actor=request.user, answer_id=pk)
    return _taken_back(request, undo, "kpi:warning_list")


@login_required
@require_POST
def pause_undo(request: HttpRequest, pk: int) -> HttpResponse:
    _readers_only(request.user)
    undo = partial(pause.undo_pause, actor=request.user, pause_id=pk)
    return _taken_back(request, undo, "kpi:answer_list")


@login_required
@require_safe
def account_warning(request: HttpRequest, pk: int) -> HttpResponse:
    """Open warnings and pauses of one account: a part of its page, or a page without script."""
    account = get_object_or_404(Account.objects.visible_to(request.user), pk=pk)
    template = "_account.html" if request.htmx else "account_page.html"
    return render(request, f"kpi/warnings/{template}", _account_context(request, account))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pause_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a pause before anything has warned."""
    _readers_only(request.user)
    account = get_object_or_404(Account.objects.editable_by(request.user), pk=pk)
    day = reporting_day()
    form = PauseForm(request.POST or None, initial={"until": day + dt.timedelta(days=28)})
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("until", "reason")}
        try:
            made = pause.agree_pause(actor=request.user, account_id=pk, day=day, **said)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            undo = reverse("kpi:pause_undo", args=[made.pk])
            toast(request, _("The pause is written down."), undo_url=undo)
            return redirect(f"/accounts/{account.pk}/")
    status = 422 if form.is_bound else 200
    context = {"form": form, "account": account}
    return render(request, "kpi/warnings/pause_form.html", context, status=status)


def _taken_back(request: HttpRequest, undo: Callable[[], object], page: str) -> HttpResponse:
    try:
        undo()
    except ObjectDoesNotExist as error:
        raise Http404 from error
    except RuleBroken as refusal:
        text = str(refusal)
    else:
        text = _("Taken back.")
    toast(request, text)
    return redirect(page)


def _account_context(request: HttpRequest, account: Account) -> dict:
    day, user = reporting_day(), request.user
    may_edit = Account.objects.editable_by(user).filter(pk=account.pk).exists()
    return _choices() | {
        "account": account,
        "lines": lines_of(user, account, day),
        "pauses": answered.paused(user, day, account),
        "may_pause": may_edit and (user.is_director or user.is_kam),
    }


def _choices() -> dict:
    """What the forms of the four answers offer."""
    today = company_day()
    return {
        "lost_reasons": LostReason.choices,
        "wrong_reasons": WrongReason.choices,
        "today": today,
        "call_on": _working_day(today + dt.timedelta(days=1)),
        "pause_until": today + dt.timedelta(days=28),
    }


def _context(request: HttpRequest, query: QueryDict) -> dict:
    try:
        filters = FilterForm(query).filters()
    except ValueError:
        raise BadRequest("no such filter") from None
    is_whole, page = query.get("all") == "1", query.get("page", 1)
    found = inbox(request.user, page, filters=filters, is_whole=is_whole)
    return _choices() | {
        "inbox": found,
        "filters": filters,
        "query": query.urlencode(),
        "chips": _chips(query, filters, found.managers),
        "urls": _urls(query, found.page),
        "causes": AlertCause.choices,
        "levels": AlertLevel.choices,
        "currency": request.company.currency,
        "tab": "open",
    }


def _chips(query: QueryDict, filters: Filters, managers: list[User]) -> list[dict]:
    manager = next((one.name for one in managers if one.pk == filters.manager), "")
    named = [
        ("cause", _("Cause"), filters.cause and AlertCause(filters.cause).label),
        ("level", _("Level"), filters.level and AlertLevel(filters.level).label),
        ("manager", _("Manager"), manager),
    ]
    return [
        {"label": label, "value": value, "url": _with(query, **{name: None, "page": None})}
        for name, label, value in named
        if value
    ]


def _urls(query: QueryDict, page: Page) -> dict[str, str]:
    """The list's other pages, and the whole of it, under the same filters."""
    return {
        "previous": _with(query, page=page.number - 1) if page.has_previous() else "",
        "next": _with(query, page=page.number + 1) if page.has_next() else "",
        "whole": _with(query, all=1, page=None),
    }


def _with(query: QueryDict, **changes: int | None) -> str:
    """The page's own address: a list drawn anew after an answer came by another."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"{reverse('kpi:warning_list')}?{changed.urlencode()}"


def _working_day(day: dt.date) -> dt.date:
    """The day itself, or the Monday after it."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def _readers_only(user) -> None:
    if not (user.is_director or user.is_kam):
        raise Http404
