"""Who may come near accounts at all, and the account a request is about."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import Account


def accounts_reader(view):
    """Directors, managers and assistants; to everybody else these pages do not exist."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        user = request.user
        if not (user.is_director or user.is_kam or user.is_assistant):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def seller_only(view):
    """Directors and managers: what closes an account or takes data out of the house."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.sells:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def director_only(view):
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_director:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def visible_account(request: HttpRequest, pk: int) -> Account:
    rows = Account.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("segment", "territory", "parent", "owner"), pk=pk)


def editable_account(request: HttpRequest, pk: int) -> Account:
    return get_object_or_404(Account.objects.editable_by(request.user), pk=pk)
