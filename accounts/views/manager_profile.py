"""What a manager speaks and can carry, in the drawer; who could take an account."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.commands import manager_profile as commands
from accounts.forms.manager_profile import ManagerProfileForm
from accounts.models import CareSettings, ManagerProfile
from accounts.queries.takers import most_points, takers
from accounts.rules.load import OWN_LIMITS
from accounts.views.access import visible_account
from accounts.views.tasks import back
from common.drawer import saved, seen_in
from people.choices import Role
from people.guards import sellers_only
from people.models import User

# Which form a press on a manager opens, and the field that is filled in there.
FORMS = {
    "assign": ("accounts:assignment_create", "user"),
    "handover": ("accounts:handover_create", "to"),
}


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def manager_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """Of any manager for a director; everybody has their own."""
    reader = request.user
    people = User.objects.active().filter(role_grants__role__in=(Role.KAM, Role.DIRECTOR))
    rows = people if reader.is_director else people.filter(pk=reader.pk)
    person = get_object_or_404(rows.distinct(), pk=pk)
    care = CareSettings.current()
    form = ManagerProfileForm(
        request.POST if request.method == "POST" else None, initial=_now(person),
        sets_limits=reader.is_director,
        company={name: getattr(care, name) for name in OWN_LIMITS},
    )  # fmt: skip

    def save() -> None:
        data = form.cleaned_data
        commands.set_manager_profile(
            actor=reader, user=person, languages=data["languages"],
            segments=data.get("segments", []), territories=data.get("territories", []),
            phone=data["phone"], limits=form.limits(), seen=seen_in(request),
        )  # fmt: skip

    def now() -> dict:
        return {name: value for name, value in _now(person).items() if name in form.fields}

    title = _("%(name)s: languages, places, limits") % {"name": person}
    return saved(request, form, title, save, back(request, "/"), now=now)


def _now(person: User) -> dict:
    profile = ManagerProfile.objects.filter(user=person).first()
    return commands.shown(profile or ManagerProfile(user=person))


@sellers_only
@require_safe
def takers_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who takes this account? A page of its own, and a part of the forms that ask for somebody:
    `to` names the form that a press opens with that person filled in."""
    account = visible_account(request, pk)
    view, field = FORMS.get(request.GET.get("to", ""), FORMS["assign"])
    context = {
        "account": account, "takers": takers(account, request.user), "weights": most_points(),
        "form_url": reverse(view, args=[pk]) if account.may_edit else "", "field": field,
    }  # fmt: skip
    template = "accounts/_takers_list.html" if request.htmx else "accounts/takers_page.html"
    return render(request, template, context)
