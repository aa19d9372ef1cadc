"""Files of an account: the list, adding, downloading, taking away."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import TouchpointState
from accounts.commands import file as commands
from accounts.models import Account, File, Touchpoint
from accounts.views.access import editable_account, visible_account
from accounts.views.account import head_of
from common.answers import came_from
from common.drawer import go
from common.errors import RuleBroken
from common.file_checks import ACCEPT, FileTooLarge
from common.files import served
from common.ids import row_id
from common.toasts import toast
from people.guards import accounts_reader

MOST = 500
MOST_AT_ONCE = 5
PUT_AWAY = (TouchpointState.REMOVED, TouchpointState.CANCELLED)


@accounts_reader
@require_safe
def file_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _files(request, visible_account(request, pk))


def _files(request: HttpRequest, account: Account, *, status: int = 200) -> HttpResponse:
    q = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows = File.objects.filter(account=account, removed_at=None)
    rows = rows.exclude(touchpoint__state__in=PUT_AWAY)
    if q:
        rows = rows.filter(name__icontains=q)
    rows = rows.select_related("uploaded_by", "touchpoint").order_by("-uploaded_at", "-pk")[:MOST]
    context = head_of(request, account, "files") | {"files": rows, "q": q, "accept": ACCEPT}
    return render(request, "accounts/file_list.html", context, status=status)


@accounts_reader
@require_POST
def file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One or several, to the account or to one of its touchpoints."""
    account = editable_account(request, pk)
    number = row_id(request.POST.get("touchpoint"))
    touchpoint = None
    if request.POST.get("touchpoint"):
        touchpoint = get_object_or_404(Touchpoint, pk=number, account=account)
    back = came_from(request, reverse("accounts:file_list", args=[pk]))
    kept, large, uploads = 0, False, request.FILES.getlist("files")[:MOST_AT_ONCE]
    if not uploads:
        messages.error(request, _("Choose a file first."))
    for upload in uploads:
        try:
            commands.attach_file(
                actor=request.user, account_id=pk, upload=upload, touchpoint=touchpoint
            )
            kept += 1
        except RuleBroken as broken:
            messages.error(request, str(broken))
            large |= isinstance(broken, FileTooLarge)
    if kept:
        toast(request, ngettext("%(n)s file kept.", "%(n)s files kept.", kept) % {"n": kept})
    return _files(request, account, status=413) if large else redirect(back)


@accounts_reader
@require_safe
def file_download(request: HttpRequest, key: str) -> HttpResponse:
    """For readers of the account; a download that is neither shown nor kept by a browser."""
    rows = File.objects.visible_to(request.user).filter(removed_at=None)
    return served(get_object_or_404(rows, key=key))


@accounts_reader
@require_POST
def file_remove(request: HttpRequest, key: str) -> HttpResponse:
    undo = reverse("accounts:file_restore", args=[key])
    return _done(request, key, commands.remove_file, _("File removed."), undo)


@accounts_reader
@require_POST
def file_restore(request: HttpRequest, key: str) -> HttpResponse:
    return _done(request, key, commands.restore_file, _("File brought back."))


def _done(
    request: HttpRequest, key: str, act: Callable, words: str, undo_url: str = ""
) -> HttpResponse:
    try:
        file = act(actor=request.user, key=key)
    except File.DoesNotExist as error:
        raise Http404 from error
    except RuleBroken as broken:
        messages.error(request, str(broken))
        file = get_object_or_404(File.objects.editable_by(request.user), key=key)
    else:
        toast(request, words, undo_url=undo_url)
    return go(request, came_from(request, reverse("accounts:file_list", args=[file.account_id])))
