"""Handovers: the list, one of them on its account's page, and the steps of the road."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import HandoverState
from accounts.commands import handover as commands
from accounts.commands.customer_letter import draft_letters
from accounts.forms.handover import PlanForm, WhyForm
from accounts.models import Account, CareSettings, Handover
from accounts.queries import handover as queries
from accounts.queries.customer_letter import may_write
from accounts.queries.handover_lines import lines_of
from accounts.queries.handover_words import handover_url
from accounts.queries.takers import takers
from accounts.views.access import editable_account, visible_account
from accounts.views.account import address, page
from common.answers import done, refused
from common.drawer import drawer, go
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from people.guards import director_only, sellers_only

CHANGED = "handover:changed"
MOST_RANKED = 5


@sellers_only
@require_safe
def handover_list(request: HttpRequest) -> HttpResponse:
    """Live handovers the reader has to do with; late ones first."""
    whose = request.GET.get("whose", "")
    whose = whose if whose in queries.WHOSE else ""
    rows = queries.handovers(request.user, whose)
    choices = [
        ("", _("All")), ("give", _("I hand over")), ("take", _("I take over")),
        ("over", pgettext("handovers", "Ended")),
    ]  # fmt: skip
    context = {"rows": rows, "whose": "" if whose == "all" else whose, "choices": choices}
    return render(request, "accounts/handover/list.html", context)


@sellers_only
@require_safe
def handover_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The one under way, or that in ?of=; without any, how to begin one."""
    account = visible_account(request, pk)
    found = queries.handover_of(account, request.user, row_id(request.GET.get("of")))
    context = {"may_plan": may_plan(request, account), "others": others(request, account, found)}
    if found is None:
        context["undo_days"] = CareSettings.current().undo_days
        return page(request, account, "", "accounts/handover/none.html", **context)
    context["page"] = queries.handover_page(found, request.user)
    context |= letters(request, found)
    if request.htmx and request.htmx.target == "handover":
        return render(request, "accounts/handover/_handover.html", context | {"account": account})
    return page(request, account, "", "accounts/handover/page.html", **context)


def may_plan(request: HttpRequest, account: Account) -> bool:
    owns = account.assignments.owners().today().filter(user=request.user).exists()
    running = Handover.objects.filter(account=account, state__in=queries.rules.BEFORE).exists()
    is_open = account.status not in ("closed", "merged")
    return is_open and not running and (owns or request.user.is_director)


def others(request: HttpRequest, account: Account, shown: Handover | None) -> list[Handover]:
    rows = Handover.objects.visible_to(request.user).filter(account=account)
    rows = rows.exclude(pk=shown.pk if shown else None).select_related("from_user", "to_user")
    return list(rows[:20])


def letters(request: HttpRequest, handover: Handover) -> dict:
    """Letters to the customer and where they are written."""
    return {
        "letters": list(handover.letters.select_related("contact")),
        "letters_url": address("accounts:account_letters", handover.account_id),
        "may_write": may_write(handover.account, request.user),
    }


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def handover_create(request: HttpRequest, pk: int) -> HttpResponse:
    account = editable_account(request, pk)
    ranked = [one for one in takers(account, request.user) if one.user.pk != account.owner_id]
    initial = {"to_user": row_id(request.GET.get("to"))}
    form = PlanForm(request.POST or None, takers=ranked, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.plan_handover(actor=request.user, account_id=pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("The handover is planned."))
            return go(request, handover_url(made))
    context = {
        "form": form, "account": account, "title": _("Hand the account over"),
        "action": request.path, "submit": _("Begin"),
        "ranked": ranked[:MOST_RANKED],
    }  # fmt: skip
    status = 422 if form.errors else 200
    return drawer(request, "accounts/handover/_plan_form.html", context, status=status)


def touchable(request: HttpRequest, pk: int) -> Handover:
    rows = Handover.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("account", "from_user", "to_user"), pk=pk)


def step(request: HttpRequest, handover: Handover, take, text: str) -> HttpResponse:
    """A step was asked for by one tap: a sentence either way, and the page renewed."""
    url = handover_url(handover)
    try:
        take()
    except RuleBroken as broken:
        return refused(request, str(broken), event=CHANGED, otherwise=url)
    return done(request, text, event=CHANGED, otherwise=url)


@director_only
@require_POST
def handover_agree(request: HttpRequest, pk: int) -> HttpResponse:
    row = touchable(request, pk)

    def take() -> None:
        commands.agree_handover(actor=request.user, handover_id=pk)

    return step(request, row, take, _("Agreed."))


@sellers_only
@require_POST
def handover_move(request: HttpRequest, pk: int) -> HttpResponse:
    row = touchable(request, pk)
    state = request.POST.get("state", "")

    def take() -> None:
        commands.move_on(actor=request.user, handover_id=pk, state=state)

    label = capfirst(dict(HandoverState.choices).get(state, ""))
    return step(request, row, take, _("Next step reached: %(state)s.") % {"state": label})


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def handover_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    row = touchable(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    words = {"title": _("Call the handover off"), "submit": _("Call off")}
    said = _("The handover is called off.")
    return end(request, row, form, commands.cancel_handover, said, **words)


def end(
    request: HttpRequest, handover: Handover, form: WhyForm, command, said: str, **words: str
) -> HttpResponse:
    """It goes no further, for a reason; `words` of the form: title, submit."""
    if request.method == "POST" and form.is_valid():
        try:
            command(actor=request.user, handover_id=handover.pk, **form.cleaned_data)
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, said)
            return go(request, handover_url(handover))
    context = {"form": form, "account": handover.account, "action": request.path, **words}
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


@sellers_only
@require_POST
def handover_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Signed: the page is loaded anew, for what one may do is different now."""
    row = touchable(request, pk)
    signature = request.POST.get("signature", "")
    try:
        commands.accept_handover(actor=request.user, handover_id=pk, signature=signature)
    except RuleBroken as broken:
        return refused(request, str(broken), event=CHANGED, otherwise=handover_url(row))
    toast(request, _("The account is yours now."))
    return go(request, handover_url(row))


@sellers_only
@require_POST
def handover_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft to everybody of power; they are read over before they go."""
    row = touchable(request, pk)
    people = [line.contact for line in lines_of(row).people]
    try:
        draft_letters(
            actor=request.user, account=row.account, kind="handover", people=people, handover=row
        )
    except RuleBroken as broken:
        return refused(request, str(broken), event=CHANGED, otherwise=handover_url(row))
    return go(request, f"{reverse('accounts:letter_review')}?account={row.account_id}")


@director_only
@require_http_methods(["GET", "HEAD", "POST"])
def handover_undo(request: HttpRequest, pk: int) -> HttpResponse:
    row = touchable(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None, is_needed=False)
    words = {"title": _("Take the handover back"), "submit": _("Take back")}
    said = _("Everything is as it was before.")
    return end(request, row, form, commands.undo_handover, said, **words)
