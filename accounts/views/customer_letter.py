"""Letters to customers: those of a state, one to read over, those of one account."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.commands import customer_letter as commands
from accounts.forms.customer_letter import DraftForm, LetterForm
from accounts.models import Account, Contact, CustomerLetter
from accounts.queries import customer_letter as words
from accounts.queries import customer_letters as queries
from accounts.queries.people import people_at
from common import formats
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from people.guards import sellers_only

PER_PAGE = 50
MOST_SHOWN = 100


@sellers_only
@require_safe
def letter_list(request: HttpRequest) -> HttpResponse:
    view = request.GET.get("view")
    view = view if view in queries.VIEWS else queries.VIEWS[0]
    q = request.GET.get("q", "").replace("\x00", "")[:100]
    rows = queries.letters(request.user, view=view, q=q)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [queries.line_of(row) for row in page.object_list],
        "view": view,
        "views": views_of(queries.numbers(request.user)),
        "q": q,
    }
    return render(request, "accounts/letters/list.html", context)


def views_of(numbers: dict[str, int]) -> list[tuple[str, str, int]]:
    """(code, words, how many)."""
    labels = {
        "draft": _("Drafts"), "queued": _("Waiting"), "sent": _("Sent"),
        "printed": _("Printed and posted"), "stopped": _("Not sent"),
    }  # fmt: skip
    return [(view, labels[view], number) for view, number in numbers.items()]


def letter_of(request: HttpRequest, pk: int) -> CustomerLetter:
    rows = CustomerLetter.objects.visible_to(request.user)
    rows = rows.select_related("account", "contact", "written_by", "sent_by")
    return get_object_or_404(rows, pk=pk)


def writable_letter(request: HttpRequest, pk: int) -> CustomerLetter:
    rows = CustomerLetter.objects.writable_by(request.user)
    return get_object_or_404(rows.select_related("account", "contact"), pk=pk)


@sellers_only
@require_safe
def letter_page(request: HttpRequest, pk: int) -> HttpResponse:
    """As it went or will go; a draft can be changed by who may write for the account."""
    letter = letter_of(request, pk)
    return _page(request, letter, LetterForm(initial=LetterForm.first(letter)))


def _page(
    request: HttpRequest, letter: CustomerLetter, form: LetterForm, status: int = 200
) -> HttpResponse:
    context = {
        "line": queries.line_of(letter),
        "letter": letter,
        "may_write": queries.may_write(letter, request.user),
        "form": form,
        "next": request.GET.get("next", request.POST.get("next", "")),
        "fields": words.FIELD_WORDS.items(),
    }
    return render(request, "accounts/letters/page.html", context, status=status)


@sellers_only
@require_POST
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    letter = writable_letter(request, pk)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return _page(request, letter, form, status=422)
    try:
        commands.edit_letter(actor=request.user, letter_id=pk, **form.cleaned_data)
    except commands.Conflict as conflict:
        form = LetterForm({**request.POST.dict(), "version": conflict.letter.version})
        form.add_error(None, _("%(what)s Save again to keep your text.") % {"what": conflict})
        return _page(request, letter, form, status=409)
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return _page(request, letter, form, status=422)
    toast(request, _("Letter saved."))
    return redirect(back_to(request, pk))


def back_to(request: HttpRequest, pk: int) -> str:
    """Where the reader came from, if it is a page of ours."""
    url = request.POST.get("next", "")
    if url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return url
    return reverse("accounts:letter_page", args=[pk])


def _act(request: HttpRequest, pk: int, act, said: str, undo: str = "") -> HttpResponse:
    writable_letter(request, pk)
    try:
        act(actor=request.user, letter_id=pk)
    except RuleBroken as broken:
        toast(request, str(broken))
    else:
        toast(request, said, undo_url=reverse(undo, args=[pk]) if undo else "")
    return redirect(back_to(request, pk))


@sellers_only
@require_POST
def letter_send(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("On its way.")
    return _act(request, pk, commands.send_letter, said, "accounts:letter_again")


@sellers_only
@require_POST
def letter_printed(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Noted: printed and posted.")
    return _act(request, pk, commands.mark_printed, said, "accounts:letter_again")


@sellers_only
@require_POST
def letter_discard(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Put away: it will not be sent.")
    return _act(request, pk, commands.discard_letter, said, "accounts:letter_again")


@sellers_only
@require_POST
def letter_again(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, commands.draft_again, _("It is a draft again."))


@sellers_only
@require_safe
def account_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """All letters of an account, and who of it may be written to."""
    rows = Account.objects.visible_to(request.user).present()
    account = get_object_or_404(rows, pk=pk)
    chosen = [contact.pk for contact in words.people_to_write(account)]
    form = DraftForm(people=_people(request, account), initial={"people": chosen})
    return _account_page(request, account, form)


def _people(request: HttpRequest, account: Account) -> list[Contact]:
    return [one.contact for one in people_at(account, request.user) if not one.is_hole]


def _account_page(
    request: HttpRequest, account: Account, form: DraftForm, status: int = 200
) -> HttpResponse:
    letters = CustomerLetter.objects.visible_to(request.user).filter(account=account)
    rows = letters.select_related("account", "contact", "sent_by")[:MOST_SHOWN]
    lines = [queries.line_of(row) for row in rows]
    context = {
        "account": account, "lines": lines, "form": form,
        "may_write": words.may_write(account, request.user),
        "drafts": sum(line.letter.state == "draft" for line in lines),
    }  # fmt: skip
    return render(request, "accounts/letters/account.html", context, status=status)


@sellers_only
@require_POST
def letters_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts for people of the account, by hand."""
    account = get_object_or_404(words.writable_accounts(request.user).present(), pk=pk)
    form = DraftForm(request.POST, people=_people(request, account))
    if form.is_valid() and _drafted(request, account, form) is not None:
        return redirect(f"{reverse('accounts:letter_review')}?account={account.pk}")
    return _account_page(request, account, form, status=422)


def _drafted(request: HttpRequest, account: Account, form: DraftForm) -> list | None:
    people = Contact.objects.filter(pk__in=form.cleaned_data["people"]).order_by("name", "pk")
    kind = form.cleaned_data["kind"]
    about = words.occasion_of(account, kind)
    try:
        found = commands.draft_letters(
            actor=request.user, account=account, kind=kind, people=people,
            handover=about.handover, control=about.control, cover=about.cover,
        )  # fmt: skip
    except RuleBroken as broken:
        form.add_error(None, str(broken))
        return None
    said = ngettext("%(n)s letter drafted.", "%(n)s letters drafted.", len(found))
    toast(request, said % {"n": formats.number(len(found))})
    return found


def numbers_in(values: list[str]) -> list[int]:
    """Row numbers of a query or form; what is none is left out."""
    return [number for number in map(row_id, values) if number is not None]
