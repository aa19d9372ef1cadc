"""Templates of letters to customers, in four languages."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import customer_letter as letters
from accounts.commands import customer_letter_template as commands
from accounts.models import CustomerLetterTemplate
from accounts.queries.customer_letter import FIELD_WORDS
from common.letter_form import TextsForm, edit_template
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

    def save(form: TextsForm) -> CustomerLetterTemplate:
        return commands.save_customer_template(
            actor=request.user, template_id=pk, version=form.cleaned_data["version"],
            **form.said(),
        )  # fmt: skip

    def page(form: TextsForm, status: int) -> HttpResponse:
        context = {"row": row, "form": form, "fields": FIELD_WORDS.items()}
        return render(request, "accounts/letters/template.html", context, status=status)

    make = partial(TextsForm, initial=TextsForm.first(row))
    return edit_template(request, make, save=save, page=page, back=_list_url)


def _list_url(_row: CustomerLetterTemplate) -> str:
    return reverse("accounts:letter_template_list")
