"""After the scores are open: the ranking, the talk, the decisions."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.errors import RuleBroken
from common.toasts import toast
from hiring.commands import decision as commands
from hiring.commands.scoring import keep_debrief
from hiring.forms.cockpit import DebriefForm, DecisionForm
from hiring.models import Candidacy, Decision, RejectReason, Session
from hiring.queries.results import results
from hiring.views.cockpit import visible_session


@login_required
@never_cache
@require_safe
def results_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Closed until all are in: then the cockpit is where to go."""
    session = visible_session(request, pk)
    found = results(session, request.user)
    if found is None:
        return redirect(f"{reverse('hiring:cockpit_page', args=[pk])}?view=scores")
    context = {
        "session": session,
        "results": found,
        "may_decide": commands.may_decide(session, request.user),
        "is_observer": session.observers.filter(user=request.user).exists(),
        "verdicts": Decision._meta.get_field("verdict").choices,
        "reject_reasons": RejectReason.objects.filter(by_candidate=False),
        "debrief": DebriefForm(initial={"text": session.debrief}),
    }
    return render(request, "hiring/results.html", context)


@login_required
@require_POST
def decision_make(request: HttpRequest, pk: int) -> HttpResponse:
    visible_session(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        toast(request, _("Choose what was decided and say why."))
        return redirect("hiring:results_page", pk)
    data = form.cleaned_data
    reject = data["reject_reason"]
    try:
        decision = commands.decide(
            actor=request.user, session_id=pk, candidacy_id=data["candidacy"],
            verdict=data["verdict"], reason=data["reason"],
            reject_reason_id=reject.pk if reject else None,
        )  # fmt: skip
    except (Session.DoesNotExist, Candidacy.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        toast(request, str(broken))
    else:
        undo = reverse("hiring:decision_undo", args=[decision.pk])
        toast(request, _("Decided."), undo_url=undo)
    return redirect("hiring:results_page", pk)


@login_required
@require_POST
def decision_undo(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        decision = commands.undo_decision(actor=request.user, decision_id=pk)
    except (Decision.DoesNotExist, Candidacy.DoesNotExist) as error:
        raise Http404 from error
    except RuleBroken as broken:
        toast(request, str(broken))
        decision = Decision.objects.get(pk=pk)
    else:
        toast(request, _("Taken back."))
    return redirect("hiring:results_page", decision.session_id)


@login_required
@require_POST
def debrief_keep(request: HttpRequest, pk: int) -> HttpResponse:
    visible_session(request, pk)
    form = DebriefForm(request.POST)
    if form.is_valid():
        try:
            keep_debrief(actor=request.user, session_id=pk, text=form.cleaned_data["text"])
        except Session.DoesNotExist as error:
            raise Http404 from error
        except RuleBroken as broken:
            toast(request, str(broken))
        else:
            toast(request, _("Saved."))
    return redirect("hiring:results_page", pk)
