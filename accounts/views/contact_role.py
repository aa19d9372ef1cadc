"""Settings: the roles people play, and which of them each tier must have."""

from functools import partial

from django import forms
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Tier
from accounts.commands import contact_role as commands
from accounts.forms.reference import NamedForm
from accounts.models import ContactRole
from common.drawer import removed, saved, seen_in
from common.toasts import toast
from people.guards import director_only

TIERS = (Tier.A, Tier.B, Tier.C)


class RoleForm(NamedForm):
    required_in = forms.MultipleChoiceField(
        label=gettext_lazy("Every account of these tiers must have one"),
        choices=[(tier.value, tier.label) for tier in TIERS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@director_only
@require_safe
def contact_roles(request: HttpRequest) -> HttpResponse:
    rows = list(ContactRole.objects.annotate(uses=Count("positions")).order_by("position", "pk"))
    counts = [(tier.value, sum(tier in row.required_in for row in rows)) for tier in TIERS]
    context = {"rows": rows, "counts": counts, "tiers": [tier.value for tier in TIERS]}
    return render(request, "accounts/contact_roles.html", context)


@director_only
@require_POST
def contact_roles_install(request: HttpRequest) -> HttpResponse:
    number = commands.install_contact_roles()
    words = ngettext("%(number)s role was added.", "%(number)s roles were added.", number)
    toast(request, words % {"number": number})
    return redirect("accounts:contact_roles")


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def contact_role_create(request: HttpRequest) -> HttpResponse:
    return _edit(request, RoleForm(request.POST or None), None, _("New role"))


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def contact_role_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ContactRole, pk=pk)
    form = RoleForm(request.POST or None, initial={"code": row.code, **commands.shown(row)})
    form.fields["code"].disabled = True
    return _edit(request, form, pk, row.name)


def _edit(request: HttpRequest, form: RoleForm, pk: int | None, title: str) -> HttpResponse:
    def save() -> None:
        commands.save_contact_role(
            actor=request.user, code=form.cleaned_data["code"], names=form.names(),
            required_in=form.cleaned_data["required_in"], role_id=pk, seen=seen_in(request),
        )  # fmt: skip

    def now() -> dict:
        return commands.shown(ContactRole.objects.get(pk=pk))

    back = reverse("accounts:contact_roles")
    return saved(request, form, title, save, back, now=now if pk else None)


@director_only
@require_POST
def contact_role_remove(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(ContactRole, pk=pk)
    remove = partial(commands.remove_contact_role, actor=request.user, role_id=pk)
    return removed(request, remove, reverse("accounts:contact_roles"))
