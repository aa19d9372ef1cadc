"""The policy laboratory: try rules on the whole book, see who moves, adopt with a note."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import PolicyState
from accounts.commands import policy as commands
from accounts.models import Policy
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from kpi.forms import KeepForm, PolicyForm
from kpi.forms.policy import values
from kpi.queries import laboratory as query
from kpi.queries.book import policy_on
from kpi.queries.reporting import reporting_day


@login_required
@require_safe
def laboratory_page(request: HttpRequest) -> HttpResponse:
    """The whole page, or for htmx only what the rules lead to."""
    directors_only(request.user)
    read = query.laboratory_book()
    in_force = policy_on(read.day)
    form = rules_form(request, read, in_force)
    against = chosen(request.GET.get("against"), in_force)
    context = {"form": form, "read": read, "against": against, "in_force": in_force}
    if form.is_valid():
        found = query.trial(read, form.policy(), against, currency=request.company.currency)
        context |= {"trial": found, "effects": query.effects(found)}
    if request.htmx:
        return render(request, "kpi/_laboratory_result.html", {**context, "is_part": True})
    context["drafts"], context["adopted"] = query.policies()
    context["draft"] = draft_in_hand(request)
    return render(request, "kpi/laboratory_page.html", context)


@login_required
@require_safe
def policy_review(request: HttpRequest) -> HttpResponse:
    """The step before adopting or keeping: what will change, in sentences."""
    directors_only(request.user)
    read = query.laboratory_book()
    in_force = policy_on(read.day)
    form = rules_form(request, read, in_force)
    if not form.is_valid():
        return redirect(f"{request.path.removesuffix('review/')}?{request.GET.urlencode()}")
    draft = draft_in_hand(request)
    keep = KeepForm(initial={"name": draft.name if draft else _suggested(in_force)})
    return _review(request, read, in_force, form, keep, draft)


@login_required
@require_POST
def policy_keep(request: HttpRequest) -> HttpResponse:
    """Save as a draft, or adopt: the button says which."""
    directors_only(request.user)
    read = query.laboratory_book()
    in_force = policy_on(read.day)
    form = PolicyForm(request.POST, criteria=read.criteria)
    keep = KeepForm(request.POST)
    draft = draft_in_hand(request)
    if form.is_valid() and keep.is_valid():
        try:
            return _kept(request, read, form, keep, draft)
        except RuleBroken as refusal:
            keep.add_error("note", str(refusal))
    if not form.is_valid():
        return redirect("kpi:laboratory_page")
    return _review(request, read, in_force, form, keep, draft, status=422)


@login_required
@require_POST
def policy_drop(request: HttpRequest, pk: int) -> HttpResponse:
    directors_only(request.user)
    draft = get_object_or_404(Policy, pk=pk, state=PolicyState.DRAFT)
    try:
        commands.drop_draft(actor=request.user, draft=draft)
    except RuleBroken as refusal:
        toast(request, str(refusal))
    else:
        toast(request, _("The draft “%(name)s” was thrown away.") % {"name": draft.name})
    return redirect("kpi:laboratory_page")


@login_required
@require_safe
def policy_compare(request: HttpRequest) -> HttpResponse:
    """Two kept policies side by side on the same book."""
    directors_only(request.user)
    read = query.laboratory_book()
    in_force = policy_on(read.day)
    left = chosen(request.GET.get("left"), in_force)
    drafts, adopted = query.policies()
    others = [policy for policy in (*drafts, *adopted) if policy.pk != left.pk]
    right = chosen(request.GET.get("right"), others[0] if others else left)
    context = {
        "left": left,
        "right": right,
        "choices": [*drafts, *adopted] or [in_force],
        "trial": query.trial(read, right, left, currency=request.company.currency),
        "rules": query.rules_side_by_side(left, right, read.criteria),
    }
    return render(request, "kpi/policy_compare.html", context)


def rules_form(request: HttpRequest, read, in_force: Policy) -> PolicyForm:
    """The rules of the address; without any those of the policy it names, else those in force."""
    if "tried" in request.GET:
        return PolicyForm(request.GET, criteria=read.criteria)
    start = chosen(request.GET.get("policy"), in_force)
    return PolicyForm(values(start, read.criteria), criteria=read.criteria)


def chosen(pk: str | None, otherwise: Policy) -> Policy:
    if not pk:
        return otherwise
    return get_object_or_404(Policy, pk=row_id(pk))


def draft_in_hand(request: HttpRequest) -> Policy | None:
    """The draft that the trial began from, if it still is one."""
    pk = (request.POST or request.GET).get("policy", "")
    return Policy.objects.filter(pk=row_id(pk), state=PolicyState.DRAFT).first()


def directors_only(user) -> None:
    if not user.is_director:
        raise Http404


def _review(request, read, in_force, form, keep, draft, status=200) -> HttpResponse:
    found = query.trial(read, form.policy(), in_force, currency=request.company.currency)
    context = {
        "form": form,
        "keep": keep,
        "draft": draft,
        "trial": found,
        "effects": query.effects(found),
        "rules": query.rules_side_by_side(in_force, form.policy(), read.criteria),
    }
    return render(request, "kpi/policy_review.html", context, status=status)


def _kept(request, read, form, keep, draft) -> HttpResponse:
    name, note = keep.cleaned_data["name"], keep.cleaned_data["note"]
    if "adopt" not in request.POST:
        if draft:
            commands.edit_draft(actor=request.user, draft=draft, name=name, rules=form.rules())
        else:
            draft = commands.draft_policy(actor=request.user, name=name, rules=form.rules())
        toast(request, _("The draft “%(name)s” is kept.") % {"name": name})
        return redirect("kpi:laboratory_page")
    policy = form.policy()
    policy.name, policy.made_by = name, request.user
    day = reporting_day()
    adopted = commands.adopt_policy(actor=request.user, policy=policy, note=note, day=day)
    if draft:
        commands.drop_draft(actor=request.user, draft=draft)
    toast(request, _("“%(name)s” is adopted; tiers and keys follow.") % {"name": adopted.name})
    return redirect("kpi:portfolio_page")


def _suggested(in_force: Policy) -> str:
    return in_force.name or str(_("First policy"))
