"""The accounts of a trial: proposals with their reasons, what is ticked, what is held beside."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Account
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from hiring.choices import ProbationState
from hiring.commands import probation as commands
from hiring.commands.probation_accounts import MOST_ACCOUNTS
from hiring.commands.probation_steps import Conflict
from hiring.models import Probation
from hiring.queries import probation_choice as queries
from hiring.queries.probation_baseline import newest_ledger_day
from hiring.views.probation_plan import editable
from people.guards import director_only
from people.models import Company


def ids_in(sent: QueryDict) -> list[int]:
    numbers = (row_id(text) for text in sent.getlist("accounts"))
    return list(dict.fromkeys(pk for pk in numbers if pk))[: 2 * MOST_ACCOUNTS]


def each_in(sent: QueryDict, default: int) -> int:
    each = row_id(sent.get("each"))
    return each if each in range(1, commands.MOST_EACH + 1) else default


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def probation_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """`ticked` in the address: what was ticked before a filter was set."""
    plan = editable(request, pk, "choose")
    if plan.state != ProbationState.DRAFT:
        toast(request, _("The newcomer has this plan: take it back first."))
        return redirect("hiring:probation_plan", pk=pk)
    rows = list(plan.accounts.values_list("account", "matched_to"))
    given = [account for account, twin in rows if twin is None]
    each = max(1, round((len(rows) - len(given)) / len(given))) if given else 1
    if request.method == "POST":
        return _save(request, plan, each_in(request.POST, each))
    sent = request.GET
    ticked = ids_in(sent) if "ticked" in sent else given
    return _page(request, plan, ticked, each_in(sent, each))


def _save(request: HttpRequest, plan: Probation, each: int) -> HttpResponse:
    ids = ids_in(request.POST)
    try:
        commands.choose_accounts(
            actor=request.user, probation_id=plan.pk,
            version=row_id(request.POST.get("version")) or 0, account_ids=ids, each=each,
        )  # fmt: skip
    except Account.DoesNotExist as error:
        raise Http404 from error
    except Conflict as conflict:
        words = _("%(what)s Save again to keep yours.") % {"what": str(conflict)}
        return _page(request, conflict.probation, ids, each, error=words, status=409)
    except RuleBroken as broken:
        return _page(request, plan, ids, each, error=str(broken), status=422)
    toast(request, _("Accounts chosen, each with its like beside it."))
    return redirect("hiring:probation_plan", pk=plan.pk)


def _page(
    request: HttpRequest, plan: Probation, ids: list[int], each: int, *, error: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    segment, territory = (row_id(request.GET.get(name)) for name in ("segment", "territory"))
    page = queries.choice_page(plan, request.user, ticked=ids, segment=segment, territory=territory)
    context = {
        "plan": plan, "page": page, "error": error, "each": each,
        "eaches": range(1, commands.MOST_EACH + 1), "most": MOST_ACCOUNTS,
        "segment": segment, "territory": territory, **queries.filters(),
        **_side(request, plan, ids, each, page.ticked),
    }  # fmt: skip
    return render(request, "hiring/probation/choose.html", context, status=status)


def _side(request: HttpRequest, plan: Probation, ids: list[int], each: int, ticked) -> dict:
    days = queries.trial_days(plan)
    return {
        "sum": queries.sum_of(ticked, days), "days": days, "most": MOST_ACCOUNTS,
        "beside": queries.beside(plan, request.user, ids, each=each),
        "currency": Company.current().currency,
    }  # fmt: skip


@director_only
@require_safe
def probation_beside(request: HttpRequest, pk: int) -> HttpResponse:
    """Sums and the accounts compared with, as one ticks."""
    plan = editable(request, pk, "choose")
    ids, each = ids_in(request.GET), each_in(request.GET, 1)
    as_of = newest_ledger_day(before=plan.starts_on)
    ticked = queries.ticked_of(plan, request.user, ids, as_of)
    context = _side(request, plan, ids, each, ticked)
    return render(request, "hiring/probation/_beside.html", context)
