from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people import queries, verbs
from people.forms import RecordFilter
from people.guards import managers_only

PAGE = 100


@managers_only
@require_safe
def record_page(request: HttpRequest) -> HttpResponse:
    form = RecordFilter(request.GET, reader=request.user, kinds=verbs.kinds())
    form.is_valid()
    chosen = form.cleaned_data
    person = chosen.get("person")
    rows = queries.record_page(
        request.user,
        person=person.pk if person else None,
        kind=chosen.get("kind", ""),
        day=chosen.get("day"),
    )
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    days = queries.record_entries(request.user, list(page.object_list))
    return render(request, "people/record.html", {"form": form, "page": page, "days": days})
