"""How long a trial may last, country by country: dated notes with their source, no advice."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.answers import acted
from common.drawer import removed, saved
from common.places import country_name
from hiring.commands import probation_limit as commands
from hiring.forms.probation import LimitForm
from hiring.models import ProbationLimit
from hiring.queries.probation_limits import case_words, limits
from hiring.queries.probation_plan import in_force
from hiring.queries.sections import section_tabs
from people.guards import hirers_only
from people.models import company_day

OLD_DAYS = 365
PAGE = "hiring:probation_limits"


@hirers_only
@require_safe
def probation_limits(request: HttpRequest) -> HttpResponse:
    commands.install_limits()
    used, today = in_force(request.user), company_day()
    rows = [
        {
            "limit": row, "country": country_name(row.country), "case": case_words(row),
            "used": used[row.pk], "is_old": (today - row.on).days > OLD_DAYS,
        }
        for row in limits(request.user)
    ]  # fmt: skip
    context = {
        "rows": sorted(rows, key=lambda row: (row["country"].casefold(), row["limit"].case)),
        "sections": section_tabs(request.user, "probations"),
    }  # fmt: skip
    return render(request, "hiring/probation/limits.html", context)


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def probation_limit_create(request: HttpRequest) -> HttpResponse:
    return _form(request, None, _("Note a limit"))


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def probation_limit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(limits(request.user), pk=pk)
    title = _("%(country)s, %(case)s") % {
        "country": country_name(row.country), "case": case_words(row),
    }  # fmt: skip
    return _form(request, row, title)


def _form(request: HttpRequest, row: ProbationLimit | None, title: str) -> HttpResponse:
    initial = {} if row else {"on": company_day()}
    form = LimitForm(request.POST or None, limit=row, initial=initial)

    def save():
        return commands.save_limit(actor=request.user, limit_id=row and row.pk, **form.cleaned_data)

    return saved(request, form, title, save, reverse(PAGE))


@hirers_only
@require_POST
def probation_limit_remove(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(limits(request.user), pk=pk)
    return removed(
        request, lambda: commands.remove_limit(actor=request.user, limit_id=pk), reverse(PAGE),
        undo_url=lambda event: reverse("hiring:probation_limit_restore", args=[event.pk]),
    )  # fmt: skip


@hirers_only
@require_POST
def probation_limit_restore(request: HttpRequest, event: int) -> HttpResponse:
    def restore() -> None:
        commands.restore_limit(actor=request.user, event_id=event)

    return acted(request, restore, _("Brought back."), to=reverse(PAGE))
