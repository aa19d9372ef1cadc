"""Who may come near accounts at all, and the account a request is about."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.models import Account
from people.models import User

HEAD = ("segment", "territory", "parent", "owner", "score", "rhythm")


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


def director_only(view):
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_director:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def visible_account(request: HttpRequest, pk: int) -> Account:
    """With what the head of its pages needs: score, kin, and what the reader may do."""
    rows = with_rights(Account.objects.visible_to(request.user), request.user)
    return get_object_or_404(rows.select_related(*HEAD), pk=pk)


def with_rights(rows: QuerySet[Account], user: User) -> QuerySet[Account]:
    """`may_edit` it, and `may_open_parent`, asked for in the same query."""
    mine = Account.objects.editable_by(user).filter(pk=OuterRef("pk"))
    parents = Account.objects.visible_to(user).filter(pk=OuterRef("parent"))
    return rows.annotate(may_edit=Exists(mine), may_open_parent=Exists(parents))


def editable_account(request: HttpRequest, pk: int) -> Account:
    rows = with_rights(Account.objects.editable_by(request.user), request.user)
    return get_object_or_404(rows.select_related(*HEAD), pk=pk)
