"""Position profiles: list, page, form with both versions when two save, copy, put away."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.editing import both_versions, travelling
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.choices import EmployerKind
from hiring.commands import profile as commands
from hiring.commands.competency import install_competencies
from hiring.forms.profile import ProfileForm, commissions_of
from hiring.models import Competency, Profile, Vacancy
from hiring.queries import profile as queries
from hiring.queries.advert import places_of_profile, profile_places
from hiring.queries.benchmark import compared
from hiring.queries.vacancy import list_rows
from hiring.rules import linter
from hiring.rules.benchmark import experience_of
from people.guards import hirers_only
from people.models import User
from people.queries import history

BESIDE = ("profile", "city", "pay_from", "pay_to", "pay_currency")


def shown(request: HttpRequest, pk: int) -> Profile:
    rows = Profile.objects.visible_to(request.user).select_related("segment", "created_by")
    return get_object_or_404(rows, pk=pk)


@hirers_only
@require_safe
def profile_list(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    archived = request.GET.get("scope") == "archived"
    context = {
        "rows": queries.profiles(request.user, text=text, archived=archived), "q": text,
        "archived": archived,
    }  # fmt: skip
    return render(request, "hiring/profile_list.html", context)


@hirers_only
@require_safe
def profile_page(request: HttpRequest, pk: int) -> HttpResponse:
    """?city=, ?employer= and ?experience= choose the benchmark beside the pay."""
    profile = shown(request, pk)
    wish = {
        name: request.GET.get(name, "").replace("\x00", "")[:80]
        for name in ("city", "employer", "experience")
    }
    vacancies = Vacancy.objects.visible_to(request.user).filter(profile=profile)
    context = {
        "profile": profile, "weighed": queries.weighed(profile),
        "pay": queries.pay_words(profile), "findings": linter.findings(places_of_profile(profile)),
        "comparison": queries.comparison(request.user, profile, **wish),
        "vacancies": list_rows(request.user, vacancies.select_related("profile", "recruiter")[:20]),
        "history": history(profile)[:10],
    }  # fmt: skip
    return render(request, "hiring/profile_page.html", context)


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def profile_create(request: HttpRequest) -> HttpResponse:
    if request.method == "GET" and not Competency.objects.exists():
        install_competencies()
    form = ProfileForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            profile = commands.create_profile(actor=request.user, **form.fields_of_profile())
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Profile written."))
            return redirect("hiring:profile_page", profile.pk)
    context = {"form": form, "title": _("New profile"), "findings": _findings(form)}
    return render(request, "hiring/profile_form.html", context, status=422 if form.errors else 200)


def _findings(form: ProfileForm) -> list:
    if not form.is_bound:
        return linter.findings(places_of_profile(form.profile)) if form.profile else []
    return linter.findings(_typed(form.data))


def _typed(data) -> list:
    """The texts of a form as it is being filled in."""
    return profile_places(
        duties=data.get("duties", "")[:4000],
        commissions={code: text[:2000] for code, text in commissions_of(data).items()},
        must_haves=data.get("must_haves", "")[:12_000].splitlines(),
        knock_outs=data.get("knock_outs", "")[:12_000].splitlines(),
    )  # fmt: skip


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest, pk: int) -> HttpResponse:
    profile = shown(request, pk)
    make = partial(ProfileForm, user=request.user, profile=profile)
    form = make(request.POST or None)
    context = {"form": form, "profile": profile, "title": profile.name}
    context |= travelling(request, version=profile.version, values=form.values())
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.edit_profile(
                actor=request.user, profile_id=pk, version=context["version"],
                **form.fields_of_profile(),
            )  # fmt: skip
        except commands.Conflict:
            context |= both_versions(form, make, seen=context["seen"])
            context["version"], status = profile.version, 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return redirect("hiring:profile_page", pk)
    context["findings"] = _findings(context["form"])
    status = 422 if form.errors else status
    return render(request, "hiring/profile_form.html", context, status=status)


@hirers_only
@require_POST
def profile_copy(request: HttpRequest, pk: int) -> HttpResponse:
    shown(request, pk)
    copy = commands.copy_profile(actor=request.user, profile_id=pk)
    toast(request, _("Copied. Give the copy a name of its own."))
    return redirect("hiring:profile_edit", copy.pk)


@hirers_only
@require_POST
def profile_archive(request: HttpRequest, pk: int) -> HttpResponse:
    shown(request, pk)
    commands.archive_profile(actor=request.user, profile_id=pk)
    toast(request, _("Put away."), undo_url=reverse("hiring:profile_restore", args=[pk]))
    return redirect("hiring:profile_list")


@hirers_only
@require_POST
def profile_restore(request: HttpRequest, pk: int) -> HttpResponse:
    shown(request, pk)
    commands.restore_profile(actor=request.user, profile_id=pk)
    messages.success(request, _("Brought back."))
    return redirect("hiring:profile_page", pk)


@hirers_only
@require_POST
def profile_lint(request: HttpRequest) -> HttpResponse:
    """While a profile is typed: what must go from it. Nothing is kept."""
    found = linter.findings(_typed(request.POST))
    return render(request, "hiring/_linter.html", {"findings": found})


@hirers_only
@require_POST
def benchmark_beside(request: HttpRequest) -> HttpResponse:
    """While a vacancy is typed: what the market of its city pays."""
    said = {name: request.POST.get(name, "") for name in BESIDE}
    return render(request, "hiring/_benchmark.html", beside(request.user, said))


def beside(reader: User, said: Mapping[str, str]) -> dict:
    """What _benchmark.html reads, from the fields of a vacancy as they are typed."""
    profile = Profile.objects.visible_to(reader).filter(pk=row_id(said["profile"])).first()
    city = said["city"].replace("\x00", "")[:80].strip()
    found = compared(
        reader, city=city, employer=EmployerKind.COMPANY,
        experience=experience_of(profile.grade) if profile else "",
        pay_from=_amount(said["pay_from"]), pay_to=_amount(said["pay_to"]),
        currency=said["pay_currency"][:3],
    )  # fmt: skip
    return {"benchmark": found, "city": city}


def _amount(text: str | None) -> Decimal | None:
    """A number as it is being typed; None while it is none."""
    try:
        value = Decimal((text or "").replace(",", ".").replace(" ", "")[:15])
    except InvalidOperation:
        return None
    return value if value.is_finite() and value > 0 else None
