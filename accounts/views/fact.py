"""Facts about a person: the panel, changing a value, one-tap confirmation, history, a question."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.choices import Fact
from accounts.commands import fact as commands
from accounts.forms.fact import FactForm, OnForm
from accounts.models import Account, Contact, Observation, Touchpoint
from accounts.queries.confirm import (
    confirm_list,
    options_of,
    question_after,
    to_confirm,
)
from accounts.queries.fact_panel import panel, people_of, told
from accounts.queries.fact_words import HELP
from accounts.queries.facts import newest_of
from accounts.rules import facts as rule
from accounts.views import account as account_views
from accounts.views.access import editable_account, visible_account
from common import formats
from common.answers import done, refused
from common.drawer import drawer
from common.errors import RuleBroken
from common.ids import row_id
from people.guards import accounts_reader

CHANGED = "facts:changed"
AT_ONCE, MOST_AT_ONCE = 10, 200
CONFIRM_ON_OVERVIEW = 3


def person(account: Account, contact: int) -> Contact:
    return get_object_or_404(people_of(account), pk=contact)


def panel_url(account_id: int, contact_id: int) -> str:
    return reverse("accounts:facts_panel", args=[account_id, contact_id])


@accounts_reader
@require_safe
def facts_panel(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """What is known about a person today, or was on the day ?on=."""
    account = visible_account(request, pk)
    form = OnForm(request.GET)
    on = form.cleaned_data["on"] if form.is_valid() else None
    context = {"panel": panel(request.user, account, person(account, contact), on)}
    if request.htmx:
        return render(request, "accounts/_facts_of_person.html", context)
    return account_views.page(request, account, "people", "accounts/facts_page.html", **context)


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def fact_change(request: HttpRequest, pk: int, contact: int, fact: str) -> HttpResponse:
    """Choose a value by what the person does."""
    account = editable_account(request, pk)
    about = person(account, contact)
    if fact not in Fact.values:
        raise Http404
    own = request.user.pk if request.GET.get("own") and rule.may_be_of_colleague(fact) else None
    now = newest_of(account_id=pk, contact_id=contact, fact=fact, colleague_id=own)
    current = now.value if now else ""
    initial = {
        "value": current, "day": timezone.localdate(), "confidence": 2, "colleague": own
    }  # fmt: skip
    form = FactForm(
        request.POST or None, account=account, contact=about, fact=fact, reader=request.user,
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            row = commands.observe(
                actor=request.user, account_id=pk, contact_id=contact, fact=fact,
                **form.cleaned_data,
            )  # fmt: skip
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return said(request, row, _("Recorded."))
    context = {
        "form": form, "account": account, "contact": about, "fact": fact,
        "title": capfirst(str(Fact(fact).label)), "help": HELP[fact], "action": request.path,
        "options": options_of(fact, form["value"].value() or ""), "current": current,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return drawer(request, "accounts/_fact_form.html", context, status=status)


def said(request: HttpRequest, row: Observation, text: str) -> HttpResponse:
    """Noted; Undo takes it back, except where it was itself an undoing."""
    is_undoing = row.retracts is not None and row.retracts.retracts_id is not None
    undo = "" if is_undoing else reverse("accounts:fact_retract", args=[row.pk])
    back = panel_url(row.account_id, row.contact_id)
    return done(request, text, event=CHANGED, undo_url=undo, otherwise=back)


@accounts_reader
@require_safe
def fact_history(request: HttpRequest, pk: int, contact: int, fact: str) -> HttpResponse:
    """Every word ever said about one fact, newest first."""
    account = visible_account(request, pk)
    about = person(account, contact)
    if fact not in Fact.values:
        raise Http404
    context = {
        "account": account, "contact": about, "fact": fact,
        "title": capfirst(str(Fact(fact).label)), "told": told(account, about, fact),
        "may_edit": Account.objects.editable_by(request.user).filter(pk=pk).exists(),
    }  # fmt: skip
    return drawer(request, "accounts/_fact_history.html", context)


def change(request: HttpRequest, pk: int, verb, text: str) -> HttpResponse:
    """Do `verb` to an observation the person may write about."""
    row = get_object_or_404(Observation.objects.editable_by(request.user), pk=pk)
    try:
        row = verb(actor=request.user, observation_id=pk)
    except RuleBroken as broken:
        back = panel_url(row.account_id, row.contact_id)
        return refused(request, str(broken), event=CHANGED, otherwise=back)
    return said(request, row, text)


@accounts_reader
@require_POST
def fact_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    return change(request, pk, commands.confirm, _("Still so, as of today."))


@accounts_reader
@require_POST
def fact_forget(request: HttpRequest, pk: int) -> HttpResponse:
    return change(request, pk, commands.forget, _("Noted as not known any more."))


@accounts_reader
@require_POST
def fact_retract(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back; of a row that took something back: put it back."""
    row = get_object_or_404(Observation.objects.editable_by(request.user), pk=pk)
    text = _("Put back.") if row.retracts_id else _("Taken back.")
    return change(request, pk, commands.retract, text)


@accounts_reader
@require_safe
def confirm_page(request: HttpRequest) -> HttpResponse:
    """Facts past their shelf life over the reader's accounts, most important first, ten at once."""
    shown = min(row_id(request.GET.get("shown")) or AT_ONCE, MOST_AT_ONCE)
    items, waiting = confirm_list(request.user, limit=shown)
    words = ngettext(
        "%(n)s fact is past its shelf life", "%(n)s facts are past their shelf life", waiting
    )
    context = {"items": items, "words": words % {"n": formats.number(waiting)}}
    context |= {
        "part_url": f"{request.path}?shown={shown}", "with_account": True,
        "more": shown + AT_ONCE if len(items) < min(waiting, MOST_AT_ONCE) else None,
    }  # fmt: skip
    template = "accounts/_confirm_list.html" if request.htmx else "accounts/confirm_page.html"
    return render(request, template, context)


@accounts_reader
@require_safe
def confirm_part(request: HttpRequest, pk: int) -> HttpResponse:
    """The ageing facts of one account, for its overview."""
    account = visible_account(request, pk)
    items = to_confirm(request.user, account, limit=CONFIRM_ON_OVERVIEW)
    return render(request, "accounts/_confirm.html", {"account": account, "confirm": items})


@accounts_reader
@require_http_methods(["GET", "HEAD", "POST"])
def question_answer(request: HttpRequest, pk: int, touchpoint: int) -> HttpResponse:
    """The one question after a touchpoint, and its answer with the touchpoint as evidence."""
    account = editable_account(request, pk)
    talk = get_object_or_404(Touchpoint.objects.filter(account=account), pk=touchpoint)
    if request.method != "POST":
        question = question_after(talk, request.user)
        return render(request, "accounts/_question.html", {"question": question})
    contact = person(account, row_id(request.POST.get("contact")) or 0)
    fact, value = request.POST.get("fact", ""), request.POST.get("value", "")
    now = newest_of(account_id=pk, contact_id=contact.pk, fact=fact)
    try:
        if now is not None and value and now.value == value:
            row = commands.confirm(actor=request.user, observation_id=now.pk, evidence=talk)
        else:
            row = commands.observe(
                actor=request.user, account_id=pk, contact_id=contact.pk, fact=fact, value=value,
                evidence=talk,
            )  # fmt: skip
    except RuleBroken as broken:
        back = reverse("accounts:account_page", args=[pk])
        return refused(request, str(broken), event=CHANGED, otherwise=back)
    response = said(request, row, _("Noted, thank you."))
    if request.htmx:
        response.status_code = 200  # the question itself is swapped for nothing
    return response
