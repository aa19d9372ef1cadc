"""Templates of letters to customers, in four languages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import customer_letter as letters
from accounts.commands import customer_letter_template as commands
from accounts.forms.customer_letter import TemplateForm
from accounts.models import CustomerLetterTemplate
from accounts.queries.customer_letter import FIELD_WORDS
from common.errors import RuleBroken
from common.toasts import toast
from people.guards import director_only


@director_only
@require_safe
def letter_template_list(request: HttpRequest) -> HttpResponse:
    rows = list(CustomerLetterTemplate.objects.all())
    return render(request, "accounts/letters/templates.html", {"rows": rows})


@director_only
@require_POST
def letter_templates_install(request: HttpRequest) -> HttpResponse:
    letters.install_customer_letters()
    toast(request, _("A template of each kind is there now."))
    return redirect("accounts:letter_template_list")


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def letter_template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CustomerLetterTemplate, pk=pk)
    form = TemplateForm(request.POST or None, initial=TemplateForm.first(row))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                commands.save_customer_template(
                    actor=request.user, template_id=pk, version=form.cleaned_data["version"],
                    **form.said(),
                )  # fmt: skip
            except commands.Conflict as conflict:
                newer = {**request.POST.dict(), "version": conflict.template.version}
                form, status = TemplateForm(newer), 409
                form.add_error(
                    None, _("%(what)s Save again to keep your text.") % {"what": str(conflict)}
                )
            except RuleBroken as broken:
                form.add_error(None, str(broken))
            else:
                toast(request, _("Template saved."))
                return redirect("accounts:letter_template_list")
    context = {"row": row, "form": form, "fields": FIELD_WORDS.items()}
    return render(request, "accounts/letters/template.html", context, status=status)
