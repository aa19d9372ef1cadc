"""Plans of handovers: all of them, a new one, one with its steps."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.commands import handover_plan as commands
from accounts.forms.handover_plan import NowForm, PlanOfMany, RhythmForm
from accounts.models import Account, HandoverPlan
from accounts.queries import handover_plans as queries
from accounts.queries.load import loads
from common.errors import RuleBroken
from common.ids import row_id
from common.ordered import moved
from common.toasts import toast
from people.guards import director_only, sellers_only
from people.models import User, company_day


@sellers_only
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    context = {"plans": queries.plans(request.user)}
    return render(request, "accounts/handover/plans.html", context)


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def plan_create(request: HttpRequest) -> HttpResponse:
    """First who takes them, so that the accounts they have are left out; then which, in order."""
    managers = queries.managers(request.user)
    given = request.POST if request.method == "POST" else request.GET
    taker = managers.filter(pk=row_id(given.get("to_user"))).first()
    accounts = list(queries.accounts_to_plan(request.user, taker))
    initial = {"to_user": taker and taker.pk}
    form = PlanOfMany(request.POST or None, managers=managers, accounts=accounts, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        ids = said.pop("accounts")
        try:
            plan = commands.plan_handovers(actor=request.user, account_ids=ids, **said)
        except Account.DoesNotExist as missing:
            raise Http404 from missing
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Planned; the first handover has begun."))
            return redirect("accounts:plan_page", pk=plan.pk)
    context = {
        "form": form, "accounts": in_order(accounts, form), "chosen": chosen_of(form),
        "taker": taker, "now": _load_of(taker),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "accounts/handover/plan_new.html", context, status=status)


def _load_of(taker: User | None):
    return loads([taker.pk], company_day())[taker.pk] if taker else None


def chosen_of(form: RhythmForm) -> list[int]:
    values = form["accounts"].value() or []
    return [number for number in (row_id(str(value)) for value in values) if number]


def in_order(accounts: list[Account], form: RhythmForm) -> list[Account]:
    """Those chosen first, in the order they were sent."""
    place = {pk: number for number, pk in enumerate(chosen_of(form))}
    return sorted(accounts, key=lambda account: place.get(account.pk, len(accounts)))


def plan_of(request: HttpRequest, pk: int) -> HandoverPlan:
    rows = HandoverPlan.objects.visible_to(request.user).select_related("to_user", "made_by")
    return get_object_or_404(rows, pk=pk)


@sellers_only
@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, plan_of(request, pk))


def _page(
    request: HttpRequest, plan: HandoverPlan, *, error: str = "", status: int = 200
) -> HttpResponse:
    page = queries.plan_page(plan)
    more = list(queries.accounts_to_plan(request.user, plan.to_user))
    context = {
        "page": page,
        "plan": plan,
        "more": more,
        "may_change": request.user.is_director and plan.closed_at is None,
        "error": error,
    }
    return render(request, "accounts/handover/plan.html", context, status=status)


@director_only
@require_POST
def plan_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The order as it stands on the page; `move` is "up:5" or "down:5" of a button."""
    plan = plan_of(request, pk)
    waiting = [line.step.account for line in queries.plan_page(plan).waiting]
    offered = [*waiting, *queries.accounts_to_plan(request.user, plan.to_user)]
    form = RhythmForm(request.POST, accounts=offered)
    version = row_id(request.POST.get("version"))
    if not form.is_valid() or version is None:
        return _page(request, plan, error=_("Check the figures."), status=422)
    ids = order_by(form.cleaned_data["accounts"], request.POST.get("move", ""))
    try:
        commands.change_plan(
            actor=request.user, plan_id=pk, version=version, account_ids=ids,
            spacing_days=form.cleaned_data["spacing_days"],
            joint_meetings=form.cleaned_data["joint_meetings"],
        )  # fmt: skip
    except commands.Conflict as conflict:
        return _page(request, conflict.plan, error=str(conflict), status=409)
    except RuleBroken as broken:
        return _page(request, plan, error=str(broken), status=422)
    if not request.htmx:
        toast(request, _("Plan saved."))
    return redirect("accounts:plan_page", pk=pk)


def order_by(ids: list[int], move: str) -> list[int]:
    """
    >>> order_by([3, 5, 7], "up:5"), order_by([3, 5, 7], "down:7"), order_by([3, 5], "")
    ([5, 3, 7], [3, 5, 7], [3, 5])
    """
    way, _colon, text = move.partition(":")
    pk = row_id(text)
    if pk not in ids or way not in ("up", "down"):
        return ids
    return moved(ids, pk, -1 if way == "up" else 1)


@director_only
@require_POST
def plan_begin(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("The next handover has begun.")
    return _act(request, pk, commands.begin_next, said)


@director_only
@require_POST
def plan_close(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Closed: no further handover begins from this plan.")
    return _act(request, pk, commands.close_plan, said)


def _act(request: HttpRequest, pk: int, act, said: str) -> HttpResponse:
    plan = plan_of(request, pk)
    form = NowForm(request.POST)
    if not form.is_valid():
        return _page(request, plan, error=_("Say why in a sentence."), status=422)
    try:
        act(actor=request.user, plan_id=pk, **form.cleaned_data)
    except commands.Conflict as conflict:
        return _page(request, conflict.plan, error=str(conflict), status=409)
    except RuleBroken as broken:
        return _page(request, plan, error=str(broken), status=422)
    toast(request, said)
    return redirect("accounts:plan_page", pk=pk)
