"""/hiring/<pk>/knock-outs/: what rules propose; a person confirms, keeps in, or takes back."""

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
from hiring.commands import knockout as commands
from hiring.commands.reject_reason import install_reject_reasons
from hiring.forms.question import RuleForm
from hiring.models import Finding, KnockOut, Question, Vacancy
from hiring.queries import questionnaire as queries
from people.guards import hirers_only, recruiters_only
from people.models import Event


def _home(vacancy_id: int) -> str:
    return reverse("hiring:knock_outs_page", args=[vacancy_id])


def _rule(request: HttpRequest, pk: int) -> KnockOut:
    own = Question.objects.editable_by(request.user).values("pk")
    rows = KnockOut.objects.filter(question__in=own).select_related("question__vacancy", "reason")
    return get_object_or_404(rows, pk=pk)


@hirers_only
@require_safe
def knock_outs_page(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy = get_object_or_404(Vacancy.objects.visible_to(request.user), pk=pk)
    context = {
        "vacancy": vacancy, "may_edit": request.user.is_recruiter,
        "states": queries.rule_states(vacancy, request.user),
        "questions": vacancy.questions.filter(retired_at=None),
    }  # fmt: skip
    return render(request, "hiring/knock_outs.html", context)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def rule_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A rule over the answers to this question."""
    rows = Question.objects.editable_by(request.user).select_related("vacancy")
    question = get_object_or_404(rows, pk=pk, retired_at=None)
    return _rule_form(request, question, None)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    return _rule_form(request, rule.question, rule)


def _rule_form(request: HttpRequest, question: Question, rule: KnockOut | None) -> HttpResponse:
    install_reject_reasons()
    form = RuleForm(request.POST or None, question=question, rule=rule)
    if request.method == "POST" and form.is_valid():
        given = {
            "actor": request.user, "operator": form.cleaned_data["operator"],
            "value": form.value_given(), "reason_id": form.cleaned_data["reason"].pk,
            "explanation": form.cleaned_data["explanation"],
        }  # fmt: skip
        try:
            if rule is None:
                commands.create_rule(question_id=question.pk, **given)
            else:
                commands.edit_rule(rule_id=rule.pk, **given)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Rule saved. Everybody who has applied was looked at again."))
            return redirect(_home(question.vacancy_id))
    context = {"vacancy": question.vacancy, "question": question, "rule": rule, "form": form}
    return render(request, "hiring/rule_form.html", context)


@recruiters_only
@require_POST
def rule_retire(request: HttpRequest, pk: int) -> HttpResponse:
    rule = commands.retire_rule(actor=request.user, rule_id=_rule(request, pk).pk)
    undo = reverse("hiring:rule_restore", args=[pk])
    return done(
        request, _("The rule proposes nobody any more."), event="rules:changed", undo_url=undo,
        otherwise=_home(rule.question.vacancy_id),
    )  # fmt: skip


@recruiters_only
@require_POST
def rule_restore(request: HttpRequest, pk: int) -> HttpResponse:
    rule = commands.retire_rule(actor=request.user, rule_id=_rule(request, pk).pk, back=True)
    return done(
        request, _("The rule works again."), event="rules:changed",
        otherwise=_home(rule.question.vacancy_id),
    )  # fmt: skip


@recruiters_only
@require_POST
def findings_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Those selected, or everybody a rule proposes."""
    get_object_or_404(Vacancy.objects.editable_by(request.user), pk=pk)
    ids = [row_id(text) or 0 for text in request.POST.getlist("ids")]
    rule_id = row_id(request.POST.get("rule"))
    if not ids and "all" not in request.POST:
        messages.error(request, _("Select somebody first."))
        return redirect(_home(pk))
    try:
        event = commands.confirm_findings(
            actor=request.user, vacancy_id=pk, rule_id=rule_id,
            finding_ids=None if "all" in request.POST else ids,
        )  # fmt: skip
    except Finding.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
        return redirect(_home(pk))
    number = len(event.data["candidacies"])
    words = ngettext("%(n)s person rejected.", "%(n)s people rejected.", number) % {"n": number}
    undo = reverse("hiring:findings_undo", args=[event.pk])
    return done(request, words, event="findings:changed", undo_url=undo, otherwise=_home(pk))


@recruiters_only
@require_POST
def findings_undo(request: HttpRequest, event: int) -> HttpResponse:
    try:
        vacancy = commands.undo_confirmation(actor=request.user, event_id=event)
    except (Event.DoesNotExist, Vacancy.DoesNotExist) as error:
        raise Http404 from error
    return done(
        request, _("Taken back: they are under way again."), event="findings:changed",
        otherwise=_home(vacancy.pk),
    )  # fmt: skip


@recruiters_only
@require_POST
def finding_keep(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        finding = commands.keep_in(
            actor=request.user, finding_id=pk, remark=request.POST.get("remark", "")
        )
    except Finding.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
        seen = get_object_or_404(Finding.objects.select_related("candidacy"), pk=pk)
        return redirect(_home(seen.candidacy.vacancy_id))
    toast(request, _("This person stays in."))
    return redirect(_home(finding.candidacy.vacancy_id))
