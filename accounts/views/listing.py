"""The account list, its filter menu, its export, and how a person likes it."""

from urllib.parse import parse_qsl

from django.core.exceptions import BadRequest
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from accounts.commands import view as commands
from accounts.models import Account
from accounts.queries.cadence import cadences_of
from accounts.queries.chips import chips, filter_choices
from accounts.queries.export import export_rows, header
from accounts.queries.list_state import (
    COLUMNS,
    DEFAULT_COLUMNS,
    MONEY_COLUMNS,
    ListState,
    parse,
)
from accounts.queries.listing import account_list, allowed_order, list_counts, team_list
from accounts.queries.tabs import COUNTED, built_in, first_view, saved_views, state_of_view, tabs
from common import formats
from common.export import csv_response, xlsx_response
from common.lists import CAP, capped
from common.places import country_name
from common.toasts import toast
from people.guards import accounts_reader, sellers_only
from people.models import User

SORTABLE = {
    "tier": "tier", "revenue": "-revenue", "silence": "last_order", "share": "-revenue",
    "revenue_before": "-revenue_before", "change": "-change", "margin": "-margin",
    "order_days": "-order_days", "last_order": "last_order", "health": "health",
}  # fmt: skip
NUMBERS = {"revenue", "share", "revenue_before", "change", "margin", "order_days"}


def column_labels(currency: str) -> dict[str, str]:
    return {
        "tier": _("Tier"),
        "health": _("Health"),
        "revenue": _("12 months, %(currency)s") % {"currency": currency},
        "silence": _("Silence"),
        "owner": _("Manager"),
        "share": _("Share"),
        "revenue_before": _("Year before, %(currency)s") % {"currency": currency},
        "change": pgettext("figure", "Change"),
        "margin": _("Margin, %(currency)s") % {"currency": currency},
        "order_days": _("Order days"),
        "last_order": _("Last order"),
        "segment": _("Segment"),
        "country": _("Country"),
        "territory": _("Territory"),
        "tags": _("Tags"),
        "key": _("Key account"),
        "status": _("Status"),
        "number": _("Number"),
        "contact": _("Last contact"),
    }


def state_of(request: HttpRequest, views: list) -> ListState:
    """The state the address asks for; a bare address or a bare view means that view as saved."""
    try:
        asked = parse(dict(request.GET.lists()))
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if not request.GET:
        return state_of_view(first_view(request.user, views), views)
    return state_of_view(asked.view, views) if set(request.GET) == {"view"} else asked


def columns_of(request: HttpRequest, state: ListState) -> list[str]:
    """Columns of the address, else remembered ones, else ours; closed figures never."""
    chosen = state.columns or request.user.preferences.get("accounts_columns") or DEFAULT_COLUMNS
    closed = set() if request.user.sees_money else MONEY_COLUMNS
    return [name for name in COLUMNS if name in chosen and name not in closed]


@accounts_reader
@require_safe
def account_list_page(request: HttpRequest) -> HttpResponse:
    views = saved_views(request.user)
    state = state_of(request, views)
    context = {"views": views, "state": state, **chrome(request, state)}
    context |= (
        team_context(request, state) if state.view == "team" else rows_context(request, state)
    )
    context["tabs"] = tabs(request.user, state, views, context.pop("counts"))
    context["view"] = next((tab for tab in context["tabs"] if tab.is_current), None)
    is_part = request.htmx and not request.htmx.history_restore_request
    return render(
        request, "accounts/_list.html" if is_part else "accounts/account_list.html", context
    )


def chrome(request: HttpRequest, state: ListState) -> dict:
    """What stands around the rows."""
    columns = columns_of(request, state)
    labels = column_labels(request.company.currency)
    shown = [name for name in COLUMNS if request.user.sees_money or name not in MONEY_COLUMNS]
    return {
        "columns": columns,
        "heads": heads(request, state, columns, labels),
        "chips": chips(state) if state.view != "team" else [],
        "choices": [(name, labels[name], name in columns) for name in shown],
        "query": state.query(),
        "state_pairs": parse_qsl(state.query()),
        "without_search": "?" + state.without("q").query(),
        "clear_url": f"?view={state.view}",
        "currency": request.company.currency,
        "may_create": request.user.is_director or request.user.is_kam,
    }


def heads(request: HttpRequest, state: ListState, columns: list[str], labels: dict) -> list[dict]:
    """Column heads as components/_table_head.html draws them; a click sorts, another turns."""
    order, down = allowed_order(request.user, state)
    found = [_head(state, "name", _("Account"), "name", order, down)]
    for name in columns:
        found.append(_head(state, name, labels[name], SORTABLE.get(name, ""), order, down))
    return found


def _head(state: ListState, key: str, label: str, sort: str, order: str, down: bool) -> dict:
    name = sort.removeprefix("-")
    is_sorted = bool(sort) and name == order and key != "share"
    if is_sorted:
        sort = name if down else f"-{name}"
    return {
        "key": key,
        "label": label,
        "is_number": key in NUMBERS,
        "sort": ("descending" if down else "ascending") if is_sorted else "",
        "url": "?" + state.query(sort=sort) if sort else "",
    }


def rows_context(request: HttpRequest, state: ListState) -> dict:
    found = account_list(request.user, state, counted_states(request.user))
    accounts = [row.account for row in found.rows]
    prefetch(accounts, columns_of(request, state))
    return {
        "list": found,
        "rows": found.rows,
        "words": count_words(found.counts[""]),
        "total": min(found.counts[""], CAP),
        "counts": {view: capped(number) for view, number in found.counts.items() if view},
        "next_url": "?" + state.query(page=True, after=found.next, before="") if found.next else "",
        "previous_url": (
            "?" + state.query(page=True, before=found.previous, after="") if found.previous else ""
        ),
        "is_empty_book": not (found.rows or state.filters) and found.counts.get("all") == 0,
    }


def counted_states(user: User) -> dict[str, ListState]:
    """The built-in views whose size is told on their tab."""
    return {view: ListState(view=view) for view in built_in(user) if view in COUNTED}


def prefetch(accounts: list[Account], columns: list[str]) -> None:
    """Tags and numbers of the page in one query each, only where such a column is shown."""
    wanted = {"tags": "tags", "number": "external_ids"}
    names = [path for column, path in wanted.items() if column in columns]
    if names:
        prefetch_related_objects(accounts, *names)
    if "contact" in columns:
        rhythms = cadences_of(accounts)
        for account in accounts:
            account.cadence = rhythms[account.pk]
    for account in accounts:
        account.country_name = country_name(account.country)


def team_context(request: HttpRequest, state: ListState) -> dict:
    rows = team_list(request.user, state.q)
    counts = list_counts(request.user, counted_states(request.user))
    return {
        "rows": [],
        "team_rows": rows,
        "words": count_words(len(rows)),
        "total": 0,
        "counts": {view: capped(number) for view, number in counts.items()},
        "is_empty_book": False,
    }


def count_words(number: int) -> str:
    if number > CAP:
        return _("More than %(number)s accounts") % {"number": formats.number(CAP)}
    return ngettext("%(number)s account", "%(number)s accounts", number) % {
        "number": formats.number(number)
    }


@accounts_reader
@require_safe
def account_filters(request: HttpRequest) -> HttpResponse:
    """The filter menu's fields, fetched when it opens."""
    state = state_of(request, saved_views(request.user))
    context = {"state": state, "filters": filter_choices(request.user, state)}
    return render(request, "accounts/_filters.html", context)


@sellers_only
@require_safe
def account_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Exactly the rows and columns that the same address shows as a list."""
    state = state_of(request, saved_views(request.user))
    columns = ["owner"] if state.view == "team" else columns_of(request, state)
    names = header(columns, column_labels(request.company.currency))
    rows = export_rows(request.user, state, columns)
    respond = {"csv": csv_response, "xlsx": xlsx_response}[kind]
    return respond("accounts", names, rows)


@accounts_reader
@require_POST
def columns_choose(request: HttpRequest) -> HttpResponse:
    commands.choose_columns(
        actor=request.user,
        columns=request.POST.getlist("columns"),
        density=request.POST.get("density", ""),
    )
    try:
        state = parse(dict(QueryDict(request.POST.get("query", "")).lists()))
    except ValueError as error:
        raise BadRequest(str(error)) from error
    toast(request, _("Kept for next time."))
    return redirect(f"{reverse('accounts:account_list')}?{state.query(columns=())}")
