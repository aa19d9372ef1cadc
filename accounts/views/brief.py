"""The page before a meeting."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Account
from accounts.queries import brief as queries
from accounts.queries.brief.rows import account_for
from common.ids import row_id
from people.guards import accounts_reader


@accounts_reader
@require_safe
def brief_page(request: HttpRequest, pk: int) -> HttpResponse:
    """?touchpoint= a planned one, or ?with= people of theirs, once for each."""
    try:
        account = account_for(request.user, pk)
    except Account.DoesNotExist as error:
        raise Http404 from error
    people = [found for value in request.GET.getlist("with") if (found := row_id(value))]
    brief = queries.brief_of(
        request.user,
        account,
        currency=request.company.currency,
        touchpoint_id=row_id(request.GET.get("touchpoint", "")),
        people=people,
    )
    context = {"account": account, "brief": brief, "currency": request.company.currency}
    return render(request, "accounts/brief.html", context)
