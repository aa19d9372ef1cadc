"""Settings: the rules by which an account's people count as covered."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import coverage as commands
from accounts.forms.coverage import CoverageForm
from accounts.models import CoverageRule
from accounts.queries.graph_coverage import asked_words
from common.drawer import removed, saved
from people.guards import director_only


@director_only
@require_safe
def coverage_page(request: HttpRequest) -> HttpResponse:
    rules = CoverageRule.objects.select_related("role")
    context = {"rows": [(rule, asked_words(rule)) for rule in rules]}
    return render(request, "accounts/coverage_page.html", context)


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def coverage_create(request: HttpRequest) -> HttpResponse:
    return edit(request, CoverageRule(is_active=True, tiers=["A"]), _("Add a rule"))


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def coverage_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return edit(request, get_object_or_404(CoverageRule, pk=pk), _("Change the rule"))


def edit(request: HttpRequest, rule: CoverageRule, title: str) -> HttpResponse:
    form = CoverageForm(request.POST or None, instance=rule)

    def save() -> None:
        commands.save_rule(actor=request.user, rule_id=rule.pk, **form.cleaned_data)

    return saved(request, form, title, save, reverse("accounts:coverage_page"))


@director_only
@require_POST
def coverage_remove(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(CoverageRule, pk=pk)
    remove = partial(commands.remove_rule, actor=request.user, rule_id=pk)
    return removed(request, remove, reverse("accounts:coverage_page"))
