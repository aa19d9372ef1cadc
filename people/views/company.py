from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import RuleBroken
from common.toasts import toast
from people import commands
from people.context import settings_sections
from people.forms import CompanyForm, SetUpForm
from people.guards import managers_only
from people.models import Company, User
from people.views.sign_in import enter


@managers_only
@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    return render(request, "people/settings.html", {"sections": settings_sections(request.user)})


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def company_page(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(request.POST or None, instance=copy(Company.current()))
    if request.method == "POST" and form.is_valid():
        try:
            commands.update_company(actor=request.user, **form.cleaned_data)
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
        else:
            toast(request, _("Saved."))
            return redirect("people:company_page")
    return render(request, "people/company.html", {"form": form})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The first visit to an empty installation; afterwards there is nothing here."""
    if User.objects.exists():
        raise Http404
    start = {"language": request.LANGUAGE_CODE, "currency": "EUR", "time_zone": "UTC"}
    form = SetUpForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        values["person"] = values.pop("name")
        try:
            director = commands.set_up(**values)
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
            return redirect("account_login")
        return enter(request, director, to="/set-up/next/")
    return render(request, "people/set_up.html", {"form": form})


@login_required
@require_safe
def set_up_next(request: HttpRequest) -> HttpResponse:
    """What comes after set-up: the ledger, the colleagues."""
    if not request.user.is_director:
        raise Http404
    return render(request, "people/set_up_next.html")
