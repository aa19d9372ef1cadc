"""Public pages of vacancies, their sitemap, and what robots are told. No one has to sign in."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from hiring.models import Vacancy
from hiring.queries import job as queries


def _language(request: HttpRequest) -> str:
    """?lang= where we have it, else what the middleware chose: the person's, the browser's."""
    wanted = request.GET.get("lang", "")
    return wanted if wanted in dict(settings.LANGUAGES) else translation.get_language()


def of_job(view: Callable) -> Callable:
    """For views of (request, vacancy) behind a slug. A draft, a closed vacancy and a typing error
    are answered with one and the same 404, which says what to do.
    """

    @wraps(view)
    def opened(request: HttpRequest, slug: str) -> HttpResponse:
        vacancy = queries.published().filter(slug=slug).first()
        if vacancy is not None:
            return view(request, vacancy)
        with translation.override(_language(request)):
            return render(request, "hiring/job_gone.html", status=404)

    return opened


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    city = request.GET.get("city", "").replace("\x00", "")[:80]
    with translation.override(_language(request)):
        rows = queries.published()
        page = Paginator(rows.filter(city=city) if city else rows, queries.PAGE).get_page(
            request.GET.get("page")
        )
        path, query = reverse("hiring:job_list"), f"{urlencode({'city': city})}&" if city else ""
        context = {
            "page": page, "ads": [queries.ad(row) for row in page.object_list], "city": city,
            "cities": queries.published_cities(), "language": translation.get_language(),
            "languages": queries.languages(path, list(dict(settings.LANGUAGES)), query),
            "canonical": queries.whole(path, translation.get_language()),
            "alternates": [
                (code, queries.whole(path, code)) for code, _name in settings.LANGUAGES
            ],
        }  # fmt: skip
        return _answer(render(request, "hiring/job_list.html", context))


@require_safe
@of_job
def job_page(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    with translation.override(_language(request)):
        found = queries.ad(vacancy)
        written = queries.written(vacancy)
        context = {
            "ad": found, "vacancy": vacancy, "posting": queries.posting(found, request.company),
            "languages": queries.languages(request.path, written),
            "is_other_language": found.language != translation.get_language().split("-")[0],
            "canonical": queries.page_address(vacancy, found.language),
            "alternates": [(code, queries.page_address(vacancy, code)) for code in written],
            "plain_address": queries.page_address(vacancy),
            "apply_url": reverse("hiring:apply_page", args=[vacancy.slug]),
        }  # fmt: skip
        return _answer(render(request, "hiring/job_page.html", context))


def _answer(response: HttpResponse) -> HttpResponse:
    response["Content-Language"] = translation.get_language()
    return response


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The list and every published vacancy in each language it is written in."""
    path = reverse("hiring:job_list")
    rows = [(queries.whole(path), None, [])]
    for vacancy in queries.published():
        alternates = [
            (code, queries.page_address(vacancy, code)) for code in queries.written(vacancy)
        ]
        rows.append((queries.page_address(vacancy), vacancy.published_at, alternates))
    return render(request, "hiring/sitemap.xml", {"rows": rows}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Only the public vacancies are for search engines."""
    lines = ["User-agent: *", "Allow: /jobs/", "Allow: /static/", "Disallow: /", ""]
    lines.append(f"Sitemap: {queries.whole(reverse('hiring:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
