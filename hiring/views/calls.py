"""The calling list of a vacancy: how it stands, its rules, whom to put on it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import formats
from common.errors import RuleBroken
from common.folding import fold
from common.ids import row_id
from common.toasts import toast
from hiring.commands import call_list as commands
from hiring.forms.call import AddForm, RulesForm
from hiring.models import CallEntry, Candidacy, Vacancy
from hiring.queries import call_card, calls
from hiring.queries.sections import vacancy_tabs
from people.guards import recruiters_only

PER_PAGE = 50
VIEWS = ("waiting", "callbacks", "done", "given_up", "skipped")


def vacancy_for(request: HttpRequest, pk: int) -> Vacancy:
    rows = Vacancy.objects.editable_by(request.user).select_related("recruiter", "profile")
    return get_object_or_404(rows, pk=pk)


@recruiters_only
@require_safe
def calls_page(request: HttpRequest, pk: int) -> HttpResponse:
    vacancy, now = vacancy_for(request, pk), timezone.now()
    call_list = calls.list_of(vacancy)
    mine = CallEntry.objects.visible_to(request.user).filter(list__vacancy=call_list.vacancy_id)
    rows = calls.standings(call_list, now, mine) if call_list.pk else []
    parts = calls.parts(rows)
    view = request.GET.get("view")
    view = view if view in VIEWS else "waiting"
    shown = parts[view]
    q = request.GET.get("q", "").replace("\x00", "")[:100]
    if q.strip():
        found = mine.filter(candidacy__candidate__search_text__contains=fold(q))
        ids = set(found.values_list("pk", flat=True))
        shown = [row for row in shown if row.entry_id in ids]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "vacancy": vacancy,
        "tabs": vacancy_tabs(vacancy, request.user, "calls"),
        "call_list": call_list,
        "progress": calls.progress(call_list, rows, now),
        "lines": calls.lines(page.object_list, now),
        "page": page,
        "view": view,
        "q": q,
        "views": [(name, len(parts[name])) for name in VIEWS],
        "held": calls.held(rows, request.user),
        "last": call_card.last_call(request.user, call_list) if call_list.pk else None,
        "now": now,
    }
    return render(request, "hiring/calls.html", context)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def calls_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Script, attempts, hours between, quiet hours."""
    vacancy = vacancy_for(request, pk)
    call_list = calls.list_of(vacancy)
    script = call_list.script or call_card.example_script()
    first = {"script": script, "version": call_list.version}
    form = RulesForm(request.POST or None, instance=call_list, initial=first)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            commands.edit_call_list(actor=request.user, vacancy_id=pk, **form.cleaned_data)
        except commands.Conflict as conflict:
            form = RulesForm(
                {**request.POST.dict(), "version": conflict.call_list.version}, instance=call_list
            )
            form.add_error(
                None, _("%(what)s Save again to keep your text.") % {"what": str(conflict)}
            )
            status = 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Script and rules saved."))
            return redirect("hiring:calls_page", pk=pk)
    context = {"vacancy": vacancy, "form": form, "fields": calls.SCRIPT_FIELDS}
    is_wrong = request.method == "POST" and status == 200
    return render(request, "hiring/calls_rules.html", context, status=422 if is_wrong else status)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def calls_add(request: HttpRequest, pk: int) -> HttpResponse:
    """By tier, stage and source with their number, or the `ids` of candidacies chosen elsewhere."""
    vacancy = vacancy_for(request, pk)
    open_rows = calls.may_be_added(vacancy, request.user)
    if request.method == "POST" and "ids" in request.POST:
        numbers = [row_id(text) for text in request.POST.getlist("ids")]
        if None in numbers:
            raise Http404
        return _added(request, pk, numbers)
    form = AddForm(request.POST or request.GET or None, vacancy=vacancy)
    rows = form.chosen(open_rows)
    if request.method == "POST" and form.is_valid():
        return _added(request, pk, list(rows.values_list("pk", flat=True)))
    people = rows.select_related("candidate", "stage", "tier").order_by("-created_at", "-pk")
    context = {
        "vacancy": vacancy, "form": form, "number": rows.count(), "people": people[:8],
    }  # fmt: skip
    return render(request, "hiring/calls_add.html", context)


def _added(request: HttpRequest, pk: int, ids: list[int]) -> HttpResponse:
    if not ids:
        toast(request, _("Nobody to add: choose another tier, stage or source."))
        return redirect("hiring:calls_add", pk=pk)
    try:
        number = commands.add_to_call_list(actor=request.user, vacancy_id=pk, candidacy_ids=ids)
    except (Candidacy.DoesNotExist, Vacancy.DoesNotExist) as missing:
        raise Http404 from missing
    words = ngettext(
        "%(number)s person put on the list.", "%(number)s people put on the list.", number
    )
    toast(request, words % {"number": formats.number(number)})
    return redirect("hiring:calls_page", pk=pk)


@recruiters_only
@require_POST
def call_remove(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(CallEntry.objects.editable_by(request.user), pk=pk)
    home = reverse("hiring:calls_page", args=[entry.list.vacancy_id])
    try:
        commands.take_off_call_list(actor=request.user, entry_id=pk)
    except RuleBroken as broken:
        toast(request, str(broken))
    else:
        toast(request, _("Taken off the list."))
    return redirect(home)
