"""The stages of a vacancy: their list, a form in the drawer, their order, their removal."""

from functools import partial

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.drawer import removed, saved
from common.errors import RuleBroken
from common.ids import row_id
from hiring.commands import stage as commands
from hiring.forms.vacancy import StageForm
from hiring.models import Stage
from hiring.queries.vacancy import vacancy_head
from hiring.views.vacancy import shown
from people.guards import recruiters_only

STEPS = {"up": -1, "down": 1}


@recruiters_only
@require_safe
def stage_list(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = shown(request, pk)
    under_way = Count("candidacies", filter=Q(candidacies__state="active"))
    rows = vacancy.stages.select_related("letter").annotate(
        people=under_way, all_people=Count("candidacies")
    )
    context = {"head": vacancy_head(vacancy, request.user, "stages"), "rows": list(rows)}
    return render(request, "hiring/stage_list.html", context)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def stage_create(request: HttpRequest, pk: int) -> HttpResponse:
    shown(request, pk)
    return _edit(request, pk, StageForm(request.POST or None), None, _("New stage"))


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def stage_edit(request: HttpRequest, pk: int, stage: int) -> HttpResponse:
    row = get_object_or_404(Stage.objects.editable_by(request.user), pk=stage, vacancy=pk)
    initial = {"kind": row.kind, "stale_days": row.stale_days, "letter": row.letter_id}
    initial |= {f"name_{code}": name for code, name in row.names.items()}
    return _edit(request, pk, StageForm(request.POST or None, initial=initial), stage, row.name)


def _edit(
    request: HttpRequest, pk: int, form: StageForm, stage: int | None, title: str
) -> HttpResponse:
    def save() -> None:
        values = form.cleaned_data
        commands.save_stage(
            actor=request.user, vacancy_id=pk, stage_id=stage, kind=values["kind"],
            names=form.names(), stale_days=values["stale_days"], letter=values["letter"],
        )  # fmt: skip

    return saved(request, form, title, save, reverse("hiring:stage_list", args=[pk]))


@recruiters_only
@require_POST
def stage_move(request: HttpRequest, pk: int, stage: int, way: str) -> HttpResponse:
    """One place up or down; without a script too."""
    shown(request, pk)
    if way not in STEPS:
        raise Http404
    try:
        commands.move_stage(actor=request.user, vacancy_id=pk, stage_id=stage, step=STEPS[way])
    except Stage.DoesNotExist as error:
        raise Http404 from error
    return redirect(f"{reverse('hiring:stage_list', args=[pk])}#stage-{stage}")


@recruiters_only
@require_POST
def stages_order(request: HttpRequest, pk: int) -> HttpResponse:
    """All stages in the order they were dragged into."""
    shown(request, pk)
    ids = [row_id(text) for text in request.POST.getlist("stage")]
    try:
        commands.order_stages(
            actor=request.user, vacancy_id=pk, stage_ids=[one for one in ids if one]
        )
    except RuleBroken as broken:
        return HttpResponse(str(broken), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@recruiters_only
@require_POST
def stage_remove(request: HttpRequest, pk: int, stage: int) -> HttpResponse:
    get_object_or_404(Stage.objects.editable_by(request.user), pk=stage, vacancy=pk)
    remove = partial(commands.remove_stage, actor=request.user, vacancy_id=pk, stage_id=stage)
    return removed(request, remove, reverse("hiring:stage_list", args=[pk]))
