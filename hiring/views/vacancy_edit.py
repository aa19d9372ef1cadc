"""Write a vacancy with the linter beside, with a second editor in mind."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from common.editing import both_versions, travelling
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.commands import vacancy as commands
from hiring.forms.vacancy import VacancyForm, texts_of
from hiring.models import Profile
from hiring.queries.advert import advert_places, findings_of, places_of_profile
from hiring.rules import linter
from hiring.rules.vacancy import editable_fields
from hiring.views.profile import BESIDE, beside
from hiring.views.vacancy import shown
from people.guards import recruiters_only


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy_create(request: HttpRequest) -> HttpResponse:
    """A new one; ?profile= brings the pay of a profile."""
    chosen = Profile.objects.visible_to(request.user).filter(
        pk=row_id(request.GET.get("profile", "")), archived_at=None
    )
    initial = {}
    if profile := chosen.first():
        initial = {"profile": profile.pk, "title": profile.name}
        for name in ("pay_from", "pay_to", "pay_currency"):
            if getattr(profile, name):
                initial[name] = getattr(profile, name)
    form = VacancyForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.fields_of_vacancy()
        try:
            vacancy = commands.create_vacancy(
                actor=request.user, profile_id=values.pop("profile").pk, **values
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Vacancy written. Send it for approval when it is ready."))
            return redirect("hiring:advert_page", vacancy.pk)
    profiles = Profile.objects.visible_to(request.user).filter(archived_at=None)
    context = {"form": form, "title": _("New vacancy"), "has_profiles": profiles.exists()}
    context["findings"] = _findings(form)
    context |= _beside(request, form)
    return render(request, "hiring/vacancy_form.html", context, status=422 if form.errors else 200)


def _findings(form: VacancyForm) -> list:
    if not form.is_bound:
        return findings_of(form.vacancy) if form.vacancy else []
    return linter.findings(advert_places(texts_of(form.data)))


def _beside(request: HttpRequest, form: VacancyForm) -> dict:
    """The market beside the pay that stands in the form."""
    said = {name: form[name].value() for name in BESIDE}
    return beside(request.user, {name: str(value or "") for name, value in said.items()})


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def vacancy_edit(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = shown(request, pk)
    if not editable_fields(vacancy.state):
        raise Http404
    make = partial(VacancyForm, user=request.user, vacancy=vacancy)
    form = make(request.POST or None)
    context = {"form": form, "vacancy": vacancy, "title": vacancy.title, "has_profiles": True}
    context |= travelling(request, version=vacancy.version, values=form.values())
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.edit_vacancy(
                actor=request.user, vacancy_id=pk, version=context["version"],
                **form.fields_of_vacancy(),
            )  # fmt: skip
        except commands.Conflict:
            context |= both_versions(form, make, seen=context["seen"])
            context["version"], status = vacancy.version, 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return redirect("hiring:advert_page", pk)
    context |= {"findings": _findings(context["form"]), **_beside(request, context["form"])}
    status = 422 if form.errors else status
    return render(request, "hiring/vacancy_form.html", context, status=status)


@recruiters_only
@require_POST
def advert_lint(request: HttpRequest) -> HttpResponse:
    """While an advert is typed: what must go from it, from the profile too. Nothing is kept."""
    places = advert_places(texts_of(request.POST))
    profile = Profile.objects.visible_to(request.user).filter(
        pk=row_id(request.POST.get("profile", ""))
    )
    if row := profile.first():
        places += places_of_profile(row)
    return render(request, "hiring/_linter.html", {"findings": linter.findings(places)})
