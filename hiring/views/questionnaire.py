"""/hiring/<pk>/questionnaire/: the form of a vacancy, laid out beside how applicants see it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.answers import done
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.commands import question as commands
from hiring.forms.question import QuestionForm
from hiring.models import Candidacy, Candidate, Question, Vacancy
from hiring.queries import questionnaire as queries
from hiring.queries.candidate_sight import sight
from people.guards import hirers_only, recruiters_only


def _edited(request: HttpRequest, pk: int) -> Vacancy:
    return get_object_or_404(Vacancy.objects.editable_by(request.user), pk=pk)


def _question(request: HttpRequest, pk: int) -> Question:
    rows = Question.objects.editable_by(request.user).select_related("vacancy")
    return get_object_or_404(rows, pk=pk)


def _home(vacancy_id: int) -> str:
    return reverse("hiring:questionnaire_page", args=[vacancy_id])


@hirers_only
@require_safe
def questionnaire_page(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = get_object_or_404(Vacancy.objects.visible_to(request.user), pk=pk)
    others = Vacancy.objects.visible_to(request.user).exclude(pk=pk)
    others = others.filter(questions__retired_at=None, questions__isnull=False).distinct()
    context = {
        "vacancy": vacancy, "lines": queries.lines(vacancy), "may_edit": request.user.is_recruiter,
        "retired": queries.lines(vacancy, retired=True), "others": others[:50],
        "currency": vacancy.pay_currency or request.company.currency,
    }  # fmt: skip
    return render(request, "hiring/questionnaire.html", context)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def question_create(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = _edited(request, pk)
    form = QuestionForm(request.POST or None, vacancy=vacancy)
    if request.method == "POST" and form.is_valid():
        try:
            commands.create_question(
                actor=request.user, vacancy_id=vacancy.pk, **form.fields_given()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Question added."))
            return redirect(_home(pk))
    return _form(request, vacancy, form)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: HttpRequest, pk: int) -> HttpResponse:
    question = _question(request, pk)
    form = QuestionForm(request.POST or None, vacancy=question.vacancy, question=question)
    if request.method == "POST" and form.is_valid():
        version = row_id(request.POST.get("version")) or 0
        try:
            commands.edit_question(
                actor=request.user, question_id=pk, version=version, **form.fields_given()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Question saved."))
            return redirect(_home(question.vacancy_id))
    return _form(request, question.vacancy, form, question)


def _form(
    request: HttpRequest, vacancy: Vacancy, form: QuestionForm, question: Question | None = None
) -> HttpResponse:
    answered = question.answers.count() if question else 0
    preview = queries.preview_of(question) if question else None
    context = {
        "vacancy": vacancy, "form": form, "question": question, "answered": answered,
        "preview": preview, "currency": vacancy.pay_currency or request.company.currency,
    }  # fmt: skip
    return render(request, "hiring/question_form.html", context)


@recruiters_only
@require_POST
def question_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The question as typed so far, drawn as applicants will see it; nothing is kept."""
    vacancy = _edited(request, pk)
    form = QuestionForm(request.POST, vacancy=vacancy)
    form.is_valid()
    data = form.cleaned_data
    given = form.fields_given() if {"kind", "shown_if"} <= set(data) else {}
    options = [
        {"code": f"o{place}", "names": names}
        for place, names in enumerate(given.get("options", []))
    ]
    question = Question(
        pk=0, vacancy=vacancy, kind=given.get("kind", "text"), labels=given.get("labels", {}),
        helps=given.get("helps", {}), options=options, is_required=given.get("is_required", False),
    )  # fmt: skip
    context = {
        "field": queries.preview_of(question),
        "currency": vacancy.pay_currency or request.company.currency,
    }
    return render(request, "hiring/_question_preview.html", context)


@recruiters_only
@require_POST
def question_retire(request: HttpRequest, pk: int) -> HttpResponse:
    question = commands.retire_question(actor=request.user, question_id=_question(request, pk).pk)
    undo = reverse("hiring:question_restore", args=[pk])
    return done(
        request, _("The question is no longer asked."), event="questions:changed", undo_url=undo,
        otherwise=_home(question.vacancy_id),
    )  # fmt: skip


@recruiters_only
@require_POST
def question_restore(request: HttpRequest, pk: int) -> HttpResponse:
    question = commands.retire_question(
        actor=request.user, question_id=_question(request, pk).pk, back=True
    )
    return done(
        request, _("The question is asked again."), event="questions:changed",
        otherwise=_home(question.vacancy_id),
    )  # fmt: skip


@recruiters_only
@require_POST
def question_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down."""
    question = _question(request, pk)
    if question.retired_at:
        raise Http404
    by = -1 if request.POST.get("to") == "up" else 1
    commands.move_question(actor=request.user, question_id=pk, by=by)
    return redirect(f"{_home(question.vacancy_id)}#question-{pk}")


@recruiters_only
@require_POST
def questions_order(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole order, after dragging."""
    vacancy = _edited(request, pk)
    ids = [row_id(text) for text in request.POST.getlist("ids")]
    try:
        commands.order_questions(
            actor=request.user, vacancy_id=vacancy.pk, question_ids=[one or 0 for one in ids]
        )
    except Question.DoesNotExist as error:
        raise Http404 from error
    return HttpResponse(status=204)


@recruiters_only
@require_POST
def questions_copy(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = _edited(request, pk)
    try:
        made = commands.copy_questions(
            actor=request.user, vacancy_id=vacancy.pk,
            source_id=row_id(request.POST.get("source")) or 0,
        )  # fmt: skip
    except Vacancy.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
    else:
        words = ngettext("%(n)s question copied.", "%(n)s questions copied.", len(made))
        toast(request, words % {"n": len(made)})
    return redirect(_home(pk))


@hirers_only
@require_safe
def candidate_answers(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the card: what they answered for each vacancy; amounts for who may see pay."""
    people = Candidate.objects.visible_to(request.user).present()
    candidate = get_object_or_404(people, pk=pk)
    shown = Candidacy.objects.visible_to(request.user).filter(candidate=candidate)
    with_pay = sight(request.user, candidate).pay
    groups = [
        {"vacancy": row.vacancy, "answers": queries.answers_of(row, with_pay=with_pay)}
        for row in shown.select_related("vacancy")[:20]
    ]
    context = {"groups": [group for group in groups if group["answers"]], "candidate": candidate}
    is_part = bool(request.htmx)
    template = "hiring/candidate/_answers.html" if is_part else "hiring/candidate_answers.html"
    return render(request, template, context)
