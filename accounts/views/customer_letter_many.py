"""Many letters at once: read one by one, let go together, printed one a sheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.commands import customer_letter as commands
from accounts.models import CustomerLetter
from accounts.queries import customer_letters as queries
from accounts.views.customer_letter import numbers_in
from common import formats
from common.errors import RuleBroken
from common.ids import row_id
from common.toasts import toast
from people.guards import sellers_only
from people.models import Company


def _occasion(given) -> tuple[str, int | None]:
    """What the letters are about, from a query or form: ("departure", 3), ("", None) for all."""
    for name in queries.OCCASIONS:
        if (pk := row_id(given.get(name))) is not None:
            return name, pk
    return "", None


def _review_url(given) -> str:
    name, pk = _occasion(given)
    return reverse("accounts:letter_review") + (f"?{name}={pk}" if name else "")


@sellers_only
@require_safe
def letter_review(request: HttpRequest) -> HttpResponse:
    """All drafts of one departure, handover … one below the other, each ticked when read."""
    name, pk = _occasion(request.GET)
    lines = queries.drafts_of(request.user, occasion=name, pk=pk)
    context = {
        "lines": lines,
        "occasion": (name, pk) if name else None,
        "here": _review_url(request.GET),
        "by_mail": sum(line.may_go for line in lines),
        "print_url": _print_url([line.letter.pk for line in lines]),
    }
    return render(request, "accounts/letters/review.html", context)


def _print_url(ids: list[int]) -> str:
    return reverse("accounts:letters_print") + "?" + "&".join(f"ids={pk}" for pk in ids)


@sellers_only
@require_POST
def letters_send(request: HttpRequest) -> HttpResponse:
    """Those ticked as read ("letter:version"), all or none."""
    versions = {}
    for text in request.POST.getlist("read"):
        pk, _colon, version = text.partition(":")
        if row_id(pk) is None or row_id(version) is None:
            raise Http404
        versions[row_id(pk)] = row_id(version)
    back = redirect(_review_url(request.POST))
    if not versions:
        toast(request, _("Tick the letters you have read; those go."))
        return back
    try:
        number = commands.send_letters(actor=request.user, versions=versions)
    except CustomerLetter.DoesNotExist as missing:
        raise Http404 from missing
    except RuleBroken as broken:
        toast(request, str(broken))
        return back
    said = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", number)
    toast(request, said % {"n": formats.number(number)})
    return back


@sellers_only
@require_safe
def letters_print(request: HttpRequest) -> HttpResponse:
    """One a sheet of A4, each in its own language."""
    ids = numbers_in(request.GET.getlist("ids"))
    letters = queries.to_print(request.user, ids)
    if not letters:
        raise Http404
    context = {
        "sheets": [(letter, queries.day_of(letter)) for letter in letters],
        "company": Company.current(),
        "to_mark": [
            letter for letter in letters
            if letter.state == "draft" and queries.may_write(letter, request.user)
        ],
    }  # fmt: skip
    return render(request, "accounts/letters/print.html", context)


@sellers_only
@require_POST
def letters_printed(request: HttpRequest) -> HttpResponse:
    """All of these were printed and posted."""
    number = 0
    for pk in numbers_in(request.POST.getlist("ids")):
        try:
            commands.mark_printed(actor=request.user, letter_id=pk)
            number += 1
        except CustomerLetter.DoesNotExist as missing:
            raise Http404 from missing
        except RuleBroken as broken:
            toast(request, str(broken))
    if number:
        said = ngettext("%(n)s letter noted as posted.", "%(n)s letters noted as posted.", number)
        toast(request, said % {"n": formats.number(number)})
    return redirect(reverse("accounts:letter_list") + "?view=printed")
