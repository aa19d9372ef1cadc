from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.queries.people_export import header, people_rows
from common.export import csv_response, xlsx_response
from people.guards import sellers_only


@sellers_only
@require_safe
def people_export(request: HttpRequest, kind: str) -> HttpResponse:
    respond = {"csv": csv_response, "xlsx": xlsx_response}[kind]
    return respond("people", header(), people_rows(request.user))
