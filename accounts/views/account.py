"""The account page: overview, orders, history, the answer for any day, the logo."""

from decimal import Decimal
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.choices import AccountStatus, AssignmentRole, Basis, Tier
from accounts.forms.assignment import LogoForm, NumberForm, OnDayForm
from accounts.models import Account, AccountScore, Assignment, Scoring
from accounts.queries import card
from accounts.queries.gate import overrides_of
from accounts.queries.orders import orders
from accounts.queries.silence import silence_of, silence_why
from accounts.queries.tier import figures_of, key_on, tier_now, tier_on
from accounts.views.access import visible_account
from common import charts, formats
from common.places import country_name
from common.why import Why
from people.guards import accounts_reader
from people.models import Company, User
from people.queries import history


def page(
    request: HttpRequest, account: Account, tab: str, template: str, **context
) -> HttpResponse:
    """A tab of the account page with the head that all of them share."""
    return render(request, template, head_of(request, account, tab) | context)


def head_of(request: HttpRequest, account: Account, tab: str) -> dict:
    """What accounts/account_base.html reads."""
    scoring = Scoring.current()
    score = getattr(account, "score", None)
    key_open = score is not None and scoring.as_of is not None
    silence = silence_of(score, scoring.as_of)
    user = request.user
    team = card.team_of(account)
    return {
        "account": account,
        "score": score,
        "scoring": scoring,
        "currency": request.company.currency,
        "tabs": tabs_of(account, tab),
        "tier_why": Why(load=reverse("accounts:account_why", args=[account.pk, "tier"])),
        "key_why": key_open and Why(load=reverse("accounts:account_why", args=[account.pk, "key"])),
        "share": card.share_of(score, scoring),
        "team": team,
        "may_assign": may_assign(user, account, team),
        "may_edit": account.may_edit,
        "parent": account.parent if account.may_open_parent else None,
        "silence": silence,
        "silence_why": silence_why(silence, score),
        "country": country_name(account.country),
        "map_url": reverse("accounts:map_page", args=[account.pk]),
    }


def may_assign(user: User, account: Account, team: list[Assignment]) -> bool:
    """Directors, and who owns it today (accounts.rules.assignment says which roles)."""
    if account.status == AccountStatus.CLOSED:
        return False
    owns = any(row.role == AssignmentRole.OWNER and row.user_id == user.pk for row in team)
    return user.is_director or owns


def tabs_of(account: Account, current: str) -> list[dict]:
    """The tabs in their order; one whose address does not exist is left out."""
    pages = [
        ("overview", _("Overview"), "accounts:account_page"),
        ("people", _("People"), "accounts:account_people"),
        ("dossier", _("Dossier"), "accounts:dossier_page"),
        ("promises", _("Promises"), "accounts:promise_ledger"),
        ("money", _("Money"), "accounts:account_money"),
        ("files", _("Files"), "accounts:file_list"),
        ("details", _("Details"), "accounts:account_details"),
        ("history", _("History"), "accounts:account_history"),
    ]
    found = [(key, label, address(name, account.pk)) for key, label, name in pages]
    return [
        {"label": label, "url": url, "is_current": key == current}
        for key, label, url in found
        if url
    ]


def address(name: str, pk: int) -> str:
    """Of a page about the account that another part of the product may bring; else empty."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


def tier_why(account: Account, score: AccountScore | None, scoring: Scoring, user: User) -> Why:
    """One sentence, the figures it stands on as far as the reader may see them, the rule."""
    if score is None:
        return Why(sentence=tier_now(account, user).why)
    figures = figures_of(score, scoring)
    by_margin = scoring.basis == Basis.MARGIN
    inputs = []
    if not by_margin:
        inputs.append((_("Revenue, 12 months"), formats.money(score.revenue, company_currency())))
    elif user.sees_money:
        inputs.append((_("Margin, 12 months"), formats.money(score.margin, company_currency())))
    inputs.append((_("Share"), formats.percent(figures.share, 1)))
    if figures.rank:
        place = _("%(rank)s of %(of)s")
        words = {"rank": formats.number(figures.rank), "of": formats.number(figures.of)}
        inputs.append((_("Rank"), place % words))
    return Why(
        sentence=tier_now(account, user).why,
        inputs=tuple(inputs),
        rule=score.rule_version,
        url=reverse("accounts:account_orders", args=[account.pk]),
    )


def company_currency() -> str:
    return Company.current().currency


def key_why(account: Account, score: AccountScore | None, scoring: Scoring) -> Why | None:
    if score is None or scoring.as_of is None:
        return None
    answer = key_on(account, scoring.as_of)
    inputs = ((_("Since"), formats.day(answer.since)),) if answer.since else ()
    return Why(sentence=answer.why, inputs=inputs, rule=score.rule_version)


@accounts_reader
@require_safe
def account_money(request: HttpRequest, pk: int) -> HttpResponse:
    """What it buys: by month, by product, and the newest orders."""
    account = visible_account(request, pk)
    scoring = Scoring.current()
    months = card.months_of(account, scoring.as_of) if scoring.as_of else []
    return page(
        request, account, "money", "accounts/account_money.html",
        chart=chart_of(months, request.company.currency) if has_orders(months) else None,
        finding=finding_of(months, card.score_of(account), scoring),
        bought=card.bought(account, scoring.as_of) if scoring.as_of else [],
        orders=orders(account, with_lines=request.user.sees_money),
    )  # fmt: skip


@accounts_reader
@require_safe
def account_details(request: HttpRequest, pk: int) -> HttpResponse:
    """What is on its card: names elsewhere, kin, who answered when, pins, any past day."""
    account = visible_account(request, pk)
    return page(
        request, account, "details", "accounts/account_details.html",
        tags=account.tags.all(),
        children=card.children_of(account, request.user),
        numbers=card.numbers_of(account),
        merges=card.merges_of(account) if request.user.is_director else [],
        coverage=card.coverage_of(account),
        overrides=overrides_of(account),
        on_day=OnDayForm(initial={"day": timezone.localdate()}),
        number_form=NumberForm(),
        logo_form=LogoForm(),
    )  # fmt: skip


@accounts_reader
@require_safe
def account_why(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Behind the tier, or behind being a key account: asked for when somebody wants to know."""
    account = visible_account(request, pk)
    scoring, score = Scoring.current(), getattr(account, "score", None)
    if what == "tier":
        why = tier_why(account, score, scoring, request.user)
    else:
        why = key_why(account, score, scoring)
    if not request.htmx:
        title = _("Tier") if what == "tier" else _("Key account")
        context = {"part": "accounts/_why_page.html", "why": why, "title": title}
        return render(request, "accounts/drawer_page.html", context)
    return render(request, "components/_why_body.html", {"why": why})


def merged_page(request: HttpRequest, account: Account) -> HttpResponse:
    """Where a merged account went, with the way back."""
    merge = account.absorbed_in.filter(undone_at=None).order_by("-pk").first()
    context = {"account": account, "survivor": account.merged_into, "merge": merge}
    return render(request, "accounts/account_merged.html", context)


def chart_of(months: list[card.Month], currency: str) -> dict:
    rows = [{"day": m.day, "value": m.value, "before": m.before} for m in months]
    return charts.columns(rows, currency=currency)


def has_orders(months: list[card.Month]) -> bool:
    return any(month.value or month.before for month in months)


def finding_of(months: list[card.Month], score: AccountScore | None, scoring: Scoring) -> str:
    """What the twelve columns say, as their title; the change is that of the exact twelve months.

    Where the ledger does not reach back two years there is nothing to compare with.
    """
    now, before = (score.revenue, score.revenue_before) if score else (Decimal(0), Decimal(0))
    if not has_orders(months):
        return _("No orders in two years")
    empty = 0
    for month in reversed(months):
        if month.value > 0:
            break
        empty += 1
    if empty == len(months):
        return _("No orders in these twelve months")
    if empty > 1:
        words = ngettext("No orders for %(n)s month", "No orders for %(n)s months", empty)
        return words % {"n": empty}
    if before <= 0 or not scoring.compares:
        return _("Orders of the first year")
    change = (now - before) / before
    words = {"change": formats.percent(abs(change))}
    if abs(change) < 0.02:
        return _("About as much as the year before")
    return (_("%(change)s more than the year before") if change > 0
            else _("%(change)s less than the year before")) % words  # fmt: skip


@accounts_reader
@require_safe
def account_orders(request: HttpRequest, pk: int) -> HttpResponse:
    account = visible_account(request, pk)
    before = parse_day(request.GET.get("before", ""))
    found = orders(account, before=before, with_lines=request.user.sees_money)
    template = "accounts/_orders.html" if request.htmx else "accounts/account_orders.html"
    return page(request, account, "money", template, orders=found, before=before)


def parse_day(text: str):
    try:
        return parse_date(text)
    except ValueError:
        return None


@accounts_reader
@require_safe
def account_history(request: HttpRequest, pk: int) -> HttpResponse:
    account = visible_account(request, pk)
    days = history(account, reader=request.user)
    return page(request, account, "history", "accounts/account_history.html", days=days)


@accounts_reader
@require_safe
def account_on_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Tier, key and manager as they were on a day."""
    account = visible_account(request, pk)
    form = OnDayForm(request.GET)
    context: dict = {"account": account, "on_day": form}
    if form.is_valid():
        day = form.cleaned_data["day"]
        tier = tier_on(account, day, request.user)
        context |= {
            "day": day,
            "tier": tier,
            "tier_letter": tier.value if tier.value != Tier.N else "",
            "key": key_on(account, day),
            "team": card.team_of(account, day),
        }
    return render(request, "accounts/_on_day.html", context)


@accounts_reader
@require_safe
def account_logo(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture, for those who may know the account; it can do nothing but be seen."""
    account = get_object_or_404(Account.objects.visible_to(request.user), pk=pk)
    if not account.logo:
        raise Http404
    try:
        file = account.logo.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type="image/png")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(account.name)}.png"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
