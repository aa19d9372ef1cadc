"""Vacancies: their list, the page of one, and every step of its life."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from common.drawer import drawer, go
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.commands import vacancy as commands
from hiring.forms.vacancy import ReasonForm
from hiring.models import Vacancy
from hiring.queries import vacancy as queries
from hiring.queries.advert import PARTS, findings_of, part_names
from hiring.queries.need import need_of
from people.guards import director_only, hirers_only
from people.queries import history

STEPS = {
    "propose": (commands.propose_vacancy, lambda: _("Sent for approval.")),
    "withdraw": (commands.withdraw_vacancy, lambda: _("Taken back from approval.")),
    "revise": (commands.revise_vacancy, lambda: _("The terms are open; approval starts anew.")),
    "publish": (commands.publish_vacancy, lambda: _("Published.")),
    "hold": (commands.hold_vacancy, lambda: _("On hold. The public page is closed for now.")),
    "resume": (commands.resume_vacancy, lambda: _("Published again.")),
    "fill": (commands.fill_vacancy, lambda: _("Marked as filled.")),
    "reopen": (commands.reopen_vacancy, lambda: _("Opened again.")),
}


def rows_of(request: HttpRequest) -> QuerySet[Vacancy]:
    wanted = ("profile", "recruiter", "team", "proposed_by", "approved_by", "created_by")
    return Vacancy.objects.visible_to(request.user).select_related(*wanted)


def shown(request: HttpRequest, pk: int) -> Vacancy:
    """The vacancy for those who hire; for others it is a public page, not this one."""
    if not request.user.hires:
        raise Http404
    return get_object_or_404(rows_of(request), pk=pk)


@login_required
@require_safe
def vacancy_list(request: HttpRequest) -> HttpResponse:
    """Who hires sees all with counts; others what is published or theirs to observe, by name."""
    user = request.user
    scope = request.GET.get("scope", "current")
    scope = scope if scope in queries.SCOPES else "current"
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    rows = queries.vacancies_in(user, scope, text)
    page = Paginator(rows, queries.PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": queries.list_rows(user, page.object_list), "scope": scope, "q": text,
        "scopes": _scopes(request, scope),
    }  # fmt: skip
    return render(request, "hiring/vacancy_list.html", context)


def _scopes(request: HttpRequest, current: str) -> list[dict]:
    if not request.user.hires:
        return []
    counts = queries.scope_counts(request.user)
    labels = {
        "current": _("Under way"),
        "approval": _("Waiting for approval"),
        "public": _("Published"),
        "ended": pgettext("vacancies", "Ended"),
    }
    return [
        {"value": key, "label": label, "count": counts[key], "url": f"?scope={key}"}
        for key, label in labels.items()
    ]


@hirers_only
@require_safe
def advert_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The advert as it is written, what must still go from it, and what happened."""
    vacancy = shown(request, pk)
    context = {
        "head": queries.vacancy_head(vacancy, request.user, "advert"),
        "adverts": adverts(vacancy), "findings": findings_of(vacancy), "need": need_of(vacancy),
        "benchmark": queries.benchmark_of(vacancy, request.user), "history": history(vacancy)[:20],
    }  # fmt: skip
    return render(request, "hiring/advert_page.html", context)


def adverts(vacancy: Vacancy) -> list[dict]:
    """Written languages with their parts, named."""
    names = part_names()
    return [
        {
            "code": code,
            "title": parts.get("title", ""),
            "parts": [(names[part], parts[part]) for part in PARTS[1:] if parts.get(part)],
        }
        for code, parts in vacancy.texts.items()
    ]


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy_step(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One step; closing asks for a reason first."""
    vacancy = shown(request, pk)
    if action == "close":
        return _close(request, vacancy)
    if action not in STEPS or request.method != "POST":
        raise Http404
    command, done = STEPS[action]
    try:
        command(actor=request.user, vacancy_id=pk, version=row_id(request.POST.get("version", "")))
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        toast(request, done())
    return redirect("hiring:advert_page", pk)


def _close(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.close_vacancy(
                actor=request.user, vacancy_id=vacancy.pk, reason=form.cleaned_data["reason"]
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Closed."))
            return go(request, queries.page_url(vacancy))
    context = {
        "form": form, "action": request.path, "submit": _("Close the vacancy"),
        "title": _("Close the vacancy"),
        "words": _("The public page goes, and the time until candidates are forgotten begins."),
    }  # fmt: skip
    return drawer(request, "hiring/_form.html", context, status=422 if form.errors else 200)


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy_approval(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked, on one page; yes, or no with a reason."""
    vacancy = shown(request, pk)
    form = ReasonForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST":
        given = {"actor": request.user, "vacancy_id": pk}
        given["version"] = row_id(request.POST.get("version", ""))
        try:
            if "refuse" not in request.POST:
                commands.approve_vacancy(**given)
                toast(request, _("Approved. The recruiter has been told."))
                return redirect("hiring:advert_page", pk)
            if form.is_valid():
                commands.send_back_vacancy(**given, reason=form.cleaned_data["reason"])
                toast(request, _("Sent back with your reason."))
                return redirect("hiring:advert_page", pk)
        except RuleBroken as broken:
            form = ReasonForm()
            messages.error(request, str(broken))
            return redirect(reverse("hiring:advert_page", args=[pk]))
    context = {
        "head": queries.vacancy_head(vacancy, request.user, "advert"), "form": form,
        "adverts": adverts(vacancy), "findings": findings_of(vacancy),
        "is_own": request.user.pk in (vacancy.proposed_by_id, vacancy.created_by_id),
        "asked": queries.asked(vacancy),
        "benchmark": queries.benchmark_of(vacancy, request.user),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "hiring/vacancy_approval.html", context, status=status)
