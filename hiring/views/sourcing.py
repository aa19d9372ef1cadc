"""Where people for a vacancy are looked for: the circles in order, and their companies."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import formats
from common.answers import acted
from common.drawer import drawer, go, saved
from common.errors import RuleBroken
from common.toasts import toast
from hiring.commands import sourcing as commands
from hiring.forms.sourcing import CompaniesForm, OpenEarlyForm, TierForm
from hiring.models import SearchTier, TargetCompany, Vacancy
from hiring.queries.sourcing import sourcing_of
from hiring.queries.vacancy import vacancy_head
from hiring.views.candidate_access import editable_vacancy
from hiring.views.vacancy import shown
from people.guards import hirers_only, recruiters_only
from people.models import Event


@hirers_only
@require_safe
def sourcing_page(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = shown(request, pk)
    context = {
        "head": vacancy_head(vacancy, request.user, "sourcing"),
        "sourcing": sourcing_of(vacancy, request.user), "may_edit": request.user.is_recruiter,
    }  # fmt: skip
    return render(request, "hiring/sourcing/page.html", context)


def _tier(request: HttpRequest, tier: int) -> SearchTier:
    rows = SearchTier.objects.filter(vacancy__in=Vacancy.objects.editable_by(request.user))
    return get_object_or_404(rows.select_related("vacancy"), pk=tier)


def _page(vacancy_id: int) -> str:
    return reverse("hiring:sourcing_page", args=[vacancy_id])


@recruiters_only
@require_POST
def tiers_lay(request: HttpRequest, pk: int) -> HttpResponse:
    commands.install_tiers(actor=request.user, vacancy=editable_vacancy(request, pk))
    toast(request, _("The tiers are laid out; the first one is open."))
    return redirect(_page(pk))


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def tier_open(request: HttpRequest, tier: int) -> HttpResponse:
    """With a form for the reason where it is early."""
    row = _tier(request, tier)
    form = OpenEarlyForm(request.POST if "because" in request.POST else None)
    status = 200
    if request.method == "POST":
        because = form.cleaned_data["because"] if form.is_bound and form.is_valid() else ""
        try:
            commands.open_tier(actor=request.user, tier_id=tier, because=because)
        except RuleBroken as broken:
            form = OpenEarlyForm(request.POST)
            form.is_valid()
            form.add_error(None, str(broken))
            status = 422
        else:
            undo = reverse("hiring:tier_close", args=[tier])
            toast(request, _("%(tier)s: open now.") % {"tier": row}, undo_url=undo)
            return go(request, _page(row.vacancy_id))
    context = {
        "form": form, "title": _("Open the tier early"), "action": request.path,
        "submit": _("Open"),
        "words": _("The tier before is not exhausted yet. Early is possible, with a reason."),
    }  # fmt: skip
    return drawer(request, "hiring/_form.html", context, status=status)


@recruiters_only
@require_POST
def tier_close(request: HttpRequest, tier: int) -> HttpResponse:
    row = _tier(request, tier)
    return acted(
        request, lambda: commands.close_tier(actor=request.user, tier_id=tier), _("Taken back."),
        to=_page(row.vacancy_id),
    )  # fmt: skip


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def tier_edit(request: HttpRequest, tier: int) -> HttpResponse:
    row = _tier(request, tier)
    initial = {"note": row.note, "percent": row.exhausted_at_percent}
    form = TierForm(request.POST or None, initial=initial)

    def save() -> None:
        commands.edit_tier(actor=request.user, tier_id=tier, **form.cleaned_data)

    return saved(request, form, str(row), save, _page(row.vacancy_id))


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def companies_add(request: HttpRequest, tier: int) -> HttpResponse:
    row = _tier(request, tier)
    form = CompaniesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = commands.add_companies(actor=request.user, tier_id=tier, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("lines", str(broken))
        else:
            _tell(request, row, done)
            return go(request, _page(row.vacancy_id))
    context = {
        "form": form, "title": _("Add target companies"), "action": request.path,
        "submit": _("Add"),
    }  # fmt: skip
    return drawer(request, "hiring/_form.html", context, status=422 if form.errors else 200)


def _tell(request: HttpRequest, tier: SearchTier, done: commands.Pasted) -> None:
    """What became of the lines: added (with undo), known, refused."""
    if done.added:
        ids = ",".join(str(one.pk) for one in done.added)
        undo = f"{reverse('hiring:companies_undo', args=[tier.pk])}?ids={ids}"
        words = ngettext("%(n)s company added.", "%(n)s companies added.", len(done.added))
        toast(request, words % {"n": formats.number(len(done.added))}, undo_url=undo)
    elif not done.refused:
        toast(request, _("All of them stand there already."))
    if done.refused:
        names = ", ".join(done.refused[:10])
        messages.error(request, _("Off limits, not added: %(names)s") % {"names": names})


@recruiters_only
@require_POST
def companies_undo(request: HttpRequest, tier: int) -> HttpResponse:
    row = _tier(request, tier)
    ids = [int(one) for one in request.GET.get("ids", "").split(",")[:500] if one.isdecimal()]
    commands.remove_companies(actor=request.user, tier_id=tier, company_ids=ids)
    toast(request, _("Taken back."))
    return redirect(_page(row.vacancy_id))


def _company(request: HttpRequest, company: int) -> TargetCompany:
    own = Vacancy.objects.editable_by(request.user)
    rows = TargetCompany.objects.filter(tier__vacancy__in=own).select_related("tier")
    return get_object_or_404(rows, pk=company)


@recruiters_only
@require_POST
def company_remove(request: HttpRequest, company: int) -> HttpResponse:
    row = _company(request, company)
    event = commands.remove_company(actor=request.user, company_id=company)
    undo = reverse("hiring:company_restore", args=[event.pk])
    toast(request, _("%(company)s removed.") % {"company": row.name}, undo_url=undo)
    return redirect(_page(row.tier.vacancy_id))


@recruiters_only
@require_POST
def company_restore(request: HttpRequest, event: int) -> HttpResponse:
    try:
        row = commands.restore_company(actor=request.user, event_id=event)
    except (Event.DoesNotExist, SearchTier.DoesNotExist) as error:
        raise Http404 from error
    toast(request, _("Taken back."))
    return redirect(_page(row.tier.vacancy_id))


@recruiters_only
@require_POST
def company_people(request: HttpRequest, company: int) -> HttpResponse:
    """Put forward whom we know at the company."""
    row = _company(request, company)
    try:
        event = commands.put_forward(actor=request.user, company_id=company)
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        number = len(event.data["candidacies"])
        words = ngettext("%(n)s candidate added.", "%(n)s candidates added.", number)
        undo = reverse("hiring:candidacies_add_undo", args=[event.pk])
        toast(request, words % {"n": formats.number(number)}, undo_url=undo)
    return redirect(_page(row.tier.vacancy_id))
