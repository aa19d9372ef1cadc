"""A form of hiring in the drawer, or on a page of its own where there is no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def drawer(
    request: HttpRequest, template: str, context: dict, *, status: int = 200
) -> HttpResponse:
    if request.htmx:
        return render(request, template, context, status=status)
    context = {**context, "part": template}
    return render(request, "hiring/drawer_page.html", context, status=status)


def go(request: HttpRequest, url: str) -> HttpResponse:
    """To a page after a form was accepted, from the drawer or without it."""
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = url
        return response
    return redirect(url)
