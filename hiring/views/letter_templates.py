"""Templates of letters: listed, written in four languages, tried on a real candidate."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.letter_form import edit_template
from common.toasts import toast
from hiring.commands import letter as letters
from hiring.commands import letter_many
from hiring.commands import letter_template as commands
from hiring.forms.letter import TemplateForm
from hiring.models import Candidacy, LetterTemplate
from hiring.queries import letter as words
from hiring.queries import letters as queries
from hiring.queries.sections import section_tabs
from people.guards import recruiters_only


@recruiters_only
@require_safe
def template_list(request: HttpRequest) -> HttpResponse:
    sections = section_tabs(request.user, "letters")
    context = {"rows": queries.templates(request.user), "sections": sections}
    return render(request, "hiring/letter_templates.html", context)


@recruiters_only
@require_POST
def templates_install(request: HttpRequest) -> HttpResponse:
    letters.install_letters()
    toast(request, _("A template of each kind is there now."))
    return redirect("hiring:template_list")


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def template_create(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    rows = LetterTemplate.objects.visible_to(request.user)
    return _edit(request, get_object_or_404(rows, pk=pk))


def _edit(request: HttpRequest, row: LetterTemplate | None) -> HttpResponse:
    def save(form: TemplateForm) -> LetterTemplate:
        return commands.save_template(
            actor=request.user, template_id=row and row.pk,
            version=form.cleaned_data["version"] if row else None, **form.said(),
        )  # fmt: skip

    def page(form: TemplateForm, status: int) -> HttpResponse:
        context = {
            "row": row, "form": form, "fields": words.FIELD_WORDS.items(),
            "preview": _preview(request, row),
        }  # fmt: skip
        return render(request, "hiring/letter_template.html", context, status=status)

    make = partial(TemplateForm, initial=TemplateForm.first(row) if row else {})
    return edit_template(request, make, save=save, page=page, back=_own_page)


def _own_page(row: LetterTemplate) -> str:
    return reverse("hiring:template_edit", args=[row.pk])


def _preview(request: HttpRequest, row: LetterTemplate | None) -> dict | None:
    """The saved text for the newest candidacy: what is filled in, and what would be missing."""
    if row is None:
        return None
    people = Candidacy.objects.editable_by(request.user).filter(candidate__isnull=False)
    someone = people.order_by("-pk").values_list("pk", flat=True).first()
    if someone is None:
        return None
    targets = letter_many.targets(actor=request.user, candidacy_ids=[someone])
    (letter,) = letter_many.composed(actor=request.user, people=targets, template=row)
    return {"letter": letter, "trouble": words.trouble_words(letter)}


@recruiters_only
@require_POST
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(LetterTemplate.objects.visible_to(request.user), pk=pk)
    commands.retire_template(actor=request.user, template_id=pk)
    undo = reverse("hiring:template_restore", args=[pk])
    toast(request, _("Put away: it is no longer offered."), undo_url=undo)
    return redirect("hiring:template_list")


@recruiters_only
@require_POST
def template_restore(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(LetterTemplate.objects.visible_to(request.user), pk=pk)
    commands.restore_template(actor=request.user, template_id=pk)
    toast(request, _("In use again."))
    return redirect("hiring:template_list")
