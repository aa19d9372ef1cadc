"""Add a candidate, change them with a second editor in mind; warned of who is known already."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from common.drawer import drawer, go
from common.editing import both_versions, travelling
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.commands import candidate as commands
from hiring.commands.candidacy import add_candidacy
from hiring.commands.internal import add_colleague
from hiring.forms.candidate import CandidateForm, StaffForm
from hiring.models import Candidate, Vacancy
from hiring.queries.candidate_duplicates import known_as
from hiring.queries.colleagues import colleagues_to_add
from hiring.queries.off_limits import off_limits_of
from hiring.views.candidate_access import editable_candidate
from people.guards import recruiters_only


def asked_vacancy(request: HttpRequest) -> Vacancy | None:
    rows = Vacancy.objects.editable_by(request.user)
    return rows.filter(pk=row_id(request.GET.get("vacancy"))).first()


def put_forward(request: HttpRequest, candidate: Candidate, vacancy: Vacancy | None) -> None:
    if vacancy is not None:
        add_candidacy(
            actor=request.user, candidate_id=candidate.pk, vacancy_id=vacancy.pk,
            source=candidate.source,
        )  # fmt: skip


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_create(request: HttpRequest) -> HttpResponse:
    """The whole form; ?vacancy= puts the person forward for it at once."""
    form = CandidateForm(request.POST or None)
    vacancy = asked_vacancy(request)
    if request.method == "POST" and form.is_valid():
        try:
            candidate = commands.create_candidate(actor=request.user, **form.fields_of_person())
            put_forward(request, candidate, vacancy)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("%(name)s added.") % {"name": candidate})
            return redirect("hiring:candidate_page", candidate.pk)
    context = {"form": form, "title": _("New candidate"), "vacancy": vacancy}
    status = 422 if form.errors else 200
    return render(request, "hiring/candidate/form.html", context, status=status)


@recruiters_only
@require_safe
def candidate_namesakes(request: HttpRequest) -> HttpResponse:
    """While somebody is typed in: who may be the same, and whether their employer is off limits."""
    given = [
        (kind, line)
        for kind, name in (("phone", "phones"), ("email", "emails"))
        for line in request.GET.get(name, "")[:1_000].splitlines()[:20]
    ]
    found = known_as(
        request.GET.get("name", "")[:160], given,
        other_name=request.GET.get("other_name", "")[:160],
        country=request.GET.get("country", "")[:2],
    )  # fmt: skip
    ids = [one.pk for one in found]
    seen = Candidate.objects.visible_to(request.user).filter(pk__in=ids)
    people = list(seen[:5])
    context = {
        "people": people,
        "hidden": len(found) > len(people) and seen.count() < len(ids),
        "off_limits": off_limits_of(request.GET.get("employer", "")[:160]),
    }
    return render(request, "hiring/candidate/_namesakes.html", context)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def candidate_edit(request: HttpRequest, pk: int) -> HttpResponse:
    candidate = editable_candidate(request, pk)
    make = partial(CandidateForm, candidate=candidate)
    form = make(request.POST or None)
    context = {"form": form, "candidate": candidate, "title": candidate.name}
    context |= travelling(request, version=candidate.version, values=form.values())
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.edit_candidate(
                actor=request.user, candidate_id=pk, version=context["version"],
                **form.fields_of_person(),
            )  # fmt: skip
        except commands.Conflict:
            context |= both_versions(form, make, seen=context["seen"])
            context["version"], status = candidate.version, 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return redirect("hiring:candidate_page", pk)
    status = 422 if form.errors else status
    return render(request, "hiring/candidate/form.html", context, status=status)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def colleague_add(request: HttpRequest) -> HttpResponse:
    """Somebody of our own staff; ?vacancy= puts them forward for it at once."""
    form = StaffForm(request.POST or None, colleagues=colleagues_to_add(request.user))
    vacancy = asked_vacancy(request)
    if request.method == "POST" and form.is_valid():
        try:
            candidate = add_colleague(actor=request.user, user_id=form.cleaned_data["user"].pk)
            put_forward(request, candidate, vacancy)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("%(name)s added.") % {"name": candidate})
            return go(request, reverse("hiring:candidate_page", args=[candidate.pk]))
    context = {
        "form": form, "title": _("Somebody of our own staff"), "action": request.get_full_path(),
        "submit": _("Add"),
        "words": _("Their line manager does not see them until they agree."),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return drawer(request, "hiring/_form.html", context, status=status)
