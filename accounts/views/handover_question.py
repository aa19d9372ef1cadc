"""Settings: what a handover asks, by tier."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Tier
from accounts.commands import handover_question as commands
from accounts.forms.handover import QuestionForm
from accounts.models import HandoverQuestion
from common.drawer import saved, seen_in
from common.toasts import toast
from people.guards import director_only


@director_only
@require_safe
def handover_questions(request: HttpRequest) -> HttpResponse:
    rows = list(HandoverQuestion.objects.order_by("position", "pk"))
    asked = [row for row in rows if row.retired_at is None]
    counts = [(tier, sum(tier in row.tiers for row in asked)) for tier in Tier.values]
    context = {"rows": rows, "counts": counts, "tiers": Tier.values}
    return render(request, "accounts/handover/questions.html", context)


@director_only
@require_POST
def handover_questions_install(request: HttpRequest) -> HttpResponse:
    number = commands.install_questions()
    words = ngettext("%(number)s line was added.", "%(number)s lines were added.", number)
    toast(request, words % {"number": number})
    return redirect("accounts:handover_questions")


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def handover_question_create(request: HttpRequest) -> HttpResponse:
    initial = {"kind": "question", "tiers": ["A"]}
    return _edit(request, QuestionForm(request.POST or None, initial=initial), None, _("New line"))


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def handover_question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(HandoverQuestion, pk=pk)
    form = QuestionForm(request.POST or None, initial={"code": row.code, **commands.shown(row)})
    form.fields["code"].disabled = True
    return _edit(request, form, pk, capfirst(_("change the line")))


def _edit(request: HttpRequest, form: QuestionForm, pk: int | None, title: str) -> HttpResponse:
    def save() -> None:
        commands.save_question(
            actor=request.user, code=form.cleaned_data["code"], names=form.names(),
            kind=form.cleaned_data["kind"], tiers=form.cleaned_data["tiers"], question_id=pk,
            seen=seen_in(request),
        )  # fmt: skip

    def now() -> dict:
        return commands.shown(HandoverQuestion.objects.get(pk=pk))

    back = reverse("accounts:handover_questions")
    return saved(request, form, title, save, back, now=now if pk else None)


@director_only
@require_POST
def handover_question_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo is the same button: asked again."""
    get_object_or_404(HandoverQuestion, pk=pk)
    row = commands.retire_question(actor=request.user, question_id=pk)
    text = _("Not asked any more.") if row.retired_at else _("Asked again.")
    undo = reverse("accounts:handover_question_retire", args=[pk])
    toast(request, text, undo_url=undo if row.retired_at else "")
    return redirect("accounts:handover_questions")


@director_only
@require_POST
def handover_question_move(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        commands.move_question(actor=request.user, question_id=pk, up=request.POST.get("up") == "1")
    except HandoverQuestion.DoesNotExist as error:
        raise Http404 from error
    return redirect("accounts:handover_questions")
