"""/hiring/numbers/: the funnel and what follows from it, for all vacancies or one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hiring.forms.numbers import NumbersForm
from hiring.models import Candidacy, HiringSettings, Seat, Vacancy
from hiring.queries.numbers import funnel, need, shows, sources, time
from people.guards import hirers_only


@hirers_only
@require_safe
def numbers_page(request: HttpRequest) -> HttpResponse:
    """A wrong question shows its error beside the field and the figures for all."""
    every = Vacancy.objects.visible_to(request.user)
    form = NumbersForm(request.GET, vacancies=every.order_by("-created_at"))
    form.is_valid()
    vacancy = form.cleaned_data.get("vacancy")
    vacancies = every.filter(pk=vacancy.pk) if vacancy else every
    context = {"form": form, "vacancy": vacancy, **_figures(vacancies), **_needed(form)}
    context["need"] = need.need(
        good=context["good"], attrition=context["attrition"] / 100, rows=context["stages"]
    )
    return render(request, "hiring/numbers.html", context)


def _figures(vacancies) -> dict:
    candidacies = Candidacy.objects.filter(vacancy__in=vacancies.values("pk"))
    seats = Seat.objects.filter(session__vacancy__in=vacancies.values("pk"))
    roads = funnel.roads(candidacies)
    by_source = sources.by_source(candidacies)
    return {
        "stages": funnel.stage_rows(roads, funnel.kinds_of(vacancies)),
        "people": sum(road.people for road in roads),
        "hired": funnel.hired(roads),
        "shows": shows.shows(seats),
        "sources": by_source,
        "comparison": sources.comparison(by_source),
        "tiers": sources.by_tier(candidacies),
        "time": time.time_to_hire(vacancies, now=timezone.now()),
    }


def _needed(form: NumbersForm) -> dict:
    attrition = form.cleaned_data.get("attrition")
    if attrition is None:
        attrition = HiringSettings.current().attrition_percent
    return {"good": form.cleaned_data.get("good") or 1, "attrition": attrition}
