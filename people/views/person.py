from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.errors import RuleBroken
from common.toasts import toast
from people import commands, queries, rules
from people.choices import Role
from people.commands.employment import enter_employment
from people.forms import EmploymentForm, PeopleFilter, PersonForm, RolesForm
from people.guards import managers_only
from people.models import User
from people.queries.employment import employment_card

PAGE = 50


@managers_only
@require_safe
def people_page(request: HttpRequest) -> HttpResponse:
    form = PeopleFilter(request.GET, reader=request.user)
    form.is_valid()
    chosen = form.cleaned_data
    rows = queries.people_list(
        request.user,
        search=chosen.get("q", ""),
        role=chosen.get("role", ""),
        team=chosen["team"].pk if chosen.get("team") else None,
        state=chosen.get("state") or "active",
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    waiting = queries.invitations(request.user)
    context = {"form": form, "page": page, "invitations": waiting, "chosen": chosen}
    return render(request, "people/people.html", context)


@managers_only
@require_safe
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(queries.person(request.user, pk))
    theirs = frozenset(grant.role for grant in person.grants)
    employment = employment_card(request.user, person)
    context = {
        "person": person,
        "form": PersonForm(instance=person),
        "roles_form": RolesForm(actor=request.user, person=person),
        "sessions": queries.sessions(person),
        "is_me": person == request.user,
        "is_graded": Role.KAM in theirs or employment.rows,
        "may_manage": rules.may_manage(request.user.roles, theirs),
        "employment": employment,
        "employment_form": EmploymentForm(now=employment.now),
        "history": queries.history(person, reader=request.user),
    }
    return render(request, "people/person.html", context)


def _act(request: HttpRequest, pk: int, command, done: str, **values) -> HttpResponse:
    """Run one command on the person and come back to their page."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        command(actor=request.user, user=person, **values)
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        toast(request, done)
    return redirect("people:person_page", pk=pk)


@managers_only
@require_POST
def person_update(request: HttpRequest, pk: int) -> HttpResponse:
    form = PersonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A person needs a name."))
        return redirect("people:person_page", pk=pk)
    return _act(request, pk, commands.update_person, _("Saved."), **form.cleaned_data)


@managers_only
@require_POST
def person_roles(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = RolesForm(request.POST, actor=request.user, person=person)
    if not form.is_valid():
        messages.error(request, _("Only a director may make or unmake a director."))
        return redirect("people:person_page", pk=pk)
    done = _("Roles changed. They hold from the next sign-in.")
    return _act(request, pk, commands.change_roles, done, roles=form.cleaned_data["roles"])


@managers_only
@require_POST
def person_employment(request: HttpRequest, pk: int) -> HttpResponse:
    form = EmploymentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say the grade, the day and what it rests on."))
        return redirect("people:person_page", pk=pk)
    return _act(request, pk, enter_employment, _("Saved."), **form.cleaned_data)


@managers_only
@require_POST
def person_deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Sign-in closed, sessions ended.")
    return _act(request, pk, commands.deactivate_person, done)


@managers_only
@require_POST
def person_activate(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, commands.activate_person, _("Sign-in opened again."))


@managers_only
@require_POST
def person_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, commands.sign_out_everywhere, _("Signed out everywhere."))


@managers_only
@require_POST
def person_factors_remove(request: HttpRequest, pk: int) -> HttpResponse:
    done = _("Second factors removed. The person was told.")
    return _act(request, pk, commands.remove_factors, done)
