"""The account a request is about, as its reader may see or change it."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Account
from accounts.queries.standing_in import with_hands
from people.models import User

HEAD = ("segment", "territory", "parent", "owner", "score", "rhythm")


def visible_account(request: HttpRequest, pk: int) -> Account:
    """With what the head of its pages needs: score, kin, and what the reader may do."""
    rows = with_rights(Account.objects.visible_to(request.user), request.user)
    return get_object_or_404(rows.select_related(*HEAD), pk=pk)


def with_rights(rows: QuerySet[Account], user: User) -> QuerySet[Account]:
    """`may_edit` it, `may_open_parent` and in whose hands it is, asked for in the same query."""
    mine = Account.objects.editable_by(user).filter(pk=OuterRef("pk"))
    parents = Account.objects.visible_to(user).filter(pk=OuterRef("parent"))
    return with_hands(rows).annotate(may_edit=Exists(mine), may_open_parent=Exists(parents))


def editable_account(request: HttpRequest, pk: int) -> Account:
    rows = with_rights(Account.objects.editable_by(request.user), request.user)
    return get_object_or_404(rows.select_related(*HEAD), pk=pk)
