"""The company's competencies: what each is and what its marks look like."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.editing import both_versions, travelling
from common.errors import RuleBroken
from common.toasts import toast
from hiring.choices import CompetencyGroup
from hiring.commands import competency as commands
from hiring.forms.competency import CompetencyForm
from hiring.models import Competency
from people.guards import hirers_only

MARKS = (1, 2, 3, 4, 5)


@hirers_only
@require_safe
def competency_list(request: HttpRequest) -> HttpResponse:
    rows = list(Competency.objects.visible_to(request.user))
    groups = [
        (
            capfirst(group.label),
            [_shown(row) for row in rows if row.group == group and not row.retired_at],
        )
        for group in CompetencyGroup
    ]
    context = {
        "groups": [(title, found) for title, found in groups if found],
        "retired": [row for row in rows if row.retired_at],
    }
    return render(request, "hiring/competency_list.html", context)


def _shown(row: Competency) -> dict:
    return {"row": row, "anchors": [(mark, row.anchor(mark)) for mark in MARKS]}


@hirers_only
@require_POST
def competencies_install(request: HttpRequest) -> HttpResponse:
    number = commands.install_competencies()
    words = ngettext("%(n)s competency was brought.", "%(n)s competencies were brought.", number)
    toast(request, words % {"n": number})
    return redirect("hiring:competency_list")


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def competency_create(request: HttpRequest) -> HttpResponse:
    return _edit(request, None, _("New competency"))


@hirers_only
@require_http_methods(["GET", "HEAD", "POST"])
def competency_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Competency.objects.visible_to(request.user), pk=pk)
    return _edit(request, row, row.name)


def _edit(request: HttpRequest, row: Competency | None, title: str) -> HttpResponse:
    make = partial(CompetencyForm, competency=row)
    form = make(request.POST or None)
    context = {"form": form, "row": row, "title": title}
    version = row.version if row else 0
    context |= travelling(request, version=version, values=form.values())
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.save_competency(
                actor=request.user, competency_id=row.pk if row else None,
                version=context["version"], **form.words(),
            )  # fmt: skip
        except commands.Conflict:
            context |= both_versions(form, make, seen=context["seen"])
            context["version"], status = version, 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Saved."))
            return redirect("hiring:competency_list")
    status = 422 if form.errors else status
    return render(request, "hiring/competency_form.html", context, status=status)


@hirers_only
@require_POST
def competency_retire(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Competency.objects.visible_to(request.user), pk=pk)
    commands.retire_competency(actor=request.user, competency_id=pk)
    toast(request, _("Retired."), undo_url=reverse("hiring:competency_restore", args=[pk]))
    return redirect("hiring:competency_list")


@hirers_only
@require_POST
def competency_restore(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Competency.objects.visible_to(request.user), pk=pk)
    commands.restore_competency(actor=request.user, competency_id=pk)
    messages.success(request, _("Brought back."))
    return redirect("hiring:competency_list")
