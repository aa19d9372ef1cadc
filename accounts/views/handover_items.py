"""The lines of a handover, one tap each: answers save while they are typed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.choices import HandoverItemKind
from accounts.commands import handover_items as commands
from accounts.forms.handover import PassForm, WhyForm
from accounts.forms.promise import SETTLED
from accounts.models import Contact, Handover, HandoverItem, Promise, Task
from accounts.queries.handover import handover_page
from accounts.queries.handover_words import handover_url
from accounts.queries.tasks import possible_owners
from accounts.views.handover import CHANGED, step, touchable
from common.answers import done, refused
from common.drawer import drawer
from common.errors import RuleBroken
from common.ids import row_id
from people.guards import sellers_only
from people.models import User


def item_of(handover: Handover, number: int) -> HandoverItem:
    return get_object_or_404(handover.items, pk=number)


@sellers_only
@require_POST
def handover_answer(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Saved while typing: the answer is the state of the line, its new version and what is
    missing now; somebody else's words are shown, never overwritten."""
    row = touchable(request, pk)
    line = item_of(row, item)
    context: dict = {"handover": row}
    status = 200
    try:
        context["item"] = commands.answer_question(
            actor=request.user, handover_id=pk, item_id=item,
            answer=request.POST.get("answer", ""), version=row_id(request.POST.get("version")) or 0,
        )  # fmt: skip
    except commands.Conflict as conflict:
        context |= {"item": conflict.item, "theirs": conflict.item.answer, "error": str(conflict)}
        status = 409
    except RuleBroken as broken:
        context |= {"item": line, "error": str(broken)}
        status = 422
    if not request.htmx:
        text = context.get("error") or _("Saved.")
        return done(request, text, event=CHANGED, otherwise=handover_url(row, "questions"))
    row.refresh_from_db()
    context["page"] = handover_page(row, request.user)
    return render(request, "accounts/handover/_saved.html", context, status=status)


@sellers_only
@require_POST
def handover_tick(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    row = touchable(request, pk)
    item_of(row, item)
    is_done = request.POST.get("done") == "1"

    def take() -> None:
        commands.tick_check(actor=request.user, handover_id=pk, item_id=item, done=is_done)

    return step(request, row, take, _("Ticked.") if is_done else _("Not ticked any more."))


@sellers_only
@require_POST
def handover_see(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    row = touchable(request, pk)
    item_of(row, item)
    seen = request.POST.get("seen") == "1"
    version = row_id(request.POST.get("version"))

    def take() -> None:
        commands.see_item(
            actor=request.user, handover_id=pk, item_id=item, seen=seen, version=version
        )

    return step(request, row, take, _("Acknowledged.") if seen else _("Not acknowledged any more."))


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def handover_waive(request: HttpRequest, pk: int, kind: str, number: int) -> HttpResponse:
    """Why a line is not needed; `kind` told, person (of this number) or one as a whole."""
    row = touchable(request, pk)
    verb, what = waiving(row, kind, number)
    is_back = request.POST.get("back") == "1"
    form = WhyForm(request.POST if request.method == "POST" else None, is_needed=not is_back)
    if request.method == "POST" and form.is_valid():
        reason = "" if is_back else form.cleaned_data["reason"]
        try:
            verb(actor=request.user, handover_id=pk, reason=reason)
        except RuleBroken as broken:
            if is_back:
                return refused(request, str(broken), event=CHANGED, otherwise=handover_url(row))
            form.add_error(None, str(broken))
        else:
            text = _("Asked for again.") if is_back else _("Noted as not needed.")
            return done(request, text, event=CHANGED, otherwise=handover_url(row))
    context = {
        "form": form, "account": row.account, "title": _("Not needed: %(what)s") % {"what": what},
        "action": request.path, "submit": _("Note it"),
    }  # fmt: skip
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)


def waiving(handover: Handover, kind: str, number: int):
    """The command for this kind of line, and what it is about."""
    if kind == "told":
        item = item_of(handover, number)

        def told(**given):
            return commands.waive_told(item_id=number, **given)

        return told, item.question.name if item.question else item.title
    if kind == "person" and number:
        rows = Contact.objects.filter(positions__account=handover.account).distinct()
        contact = get_object_or_404(rows, pk=number)

        def person(**given):
            return commands.waive_introduction(contact_id=number, **given)

        return person, contact.name
    if kind in commands.WHOLE_KINDS:
        words = {
            HandoverItemKind.PERSON: _("introductions"), HandoverItemKind.JOINT: _("joint meetings")
        }  # fmt: skip

        def whole(**given):
            return commands.waive_whole(kind=kind, **given)

        return whole, words[HandoverItemKind(kind)]
    raise Http404


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def handover_promise(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One tap: the new manager takes it over. The drawer asks what else becomes of it."""
    handover = touchable(request, pk)
    get_object_or_404(Promise, account=handover.account_id, pk=number)
    outcomes = [(state.value, state.label) for state in SETTLED]
    form = passing(request, handover, outcomes, User.objects.active().order_by("name"))

    def take(choice: str, taker: User | None, note: str) -> None:
        given = {"actor": request.user, "handover_id": pk, "promise_id": number, "note": note}
        if choice in ("on", "to"):
            commands.pass_promise(taker=taker, **given)
        else:
            commands.settle_promise(state=choice, **given)

    return passed(request, handover, form, take, _("What becomes of the promise?"))


@sellers_only
@require_http_methods(["GET", "HEAD", "POST"])
def handover_task(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    handover = touchable(request, pk)
    get_object_or_404(Task, account=handover.account_id, pk=number)
    outcomes = [("done", pgettext("task", "done")), ("dropped", pgettext("task", "dropped"))]
    takers = possible_owners(request.user, handover.account).order_by("name")
    form = passing(request, handover, outcomes, takers)

    def take(choice: str, taker: User | None, note: str) -> None:
        given = {"actor": request.user, "handover_id": pk, "task_id": number, "note": note}
        if choice in ("on", "to"):
            commands.pass_task(taker=taker, **given)
        else:
            commands.settle_task(drop=choice == "dropped", **given)

    return passed(request, handover, form, take, _("What becomes of the task?"))


def passing(request: HttpRequest, handover: Handover, outcomes, takers) -> PassForm:
    return PassForm(
        request.POST or None, takers=takers, outcomes=outcomes, new=handover.to_user,
        initial={"choice": "on"},
    )  # fmt: skip


def passed(request: HttpRequest, handover: Handover, form: PassForm, take, title: str):
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        taker = given["taker"] if given["choice"] == "to" else None
        try:
            take(given["choice"], taker, given["note"])
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            return done(request, _("Noted."), event=CHANGED, otherwise=handover_url(handover))
    context = {
        "form": form, "account": handover.account, "title": title, "action": request.path,
        "submit": _("Save"), "cancel": reverse("accounts:handover_list"),
    }  # fmt: skip
    return drawer(request, "accounts/_form.html", context, status=422 if form.errors else 200)
