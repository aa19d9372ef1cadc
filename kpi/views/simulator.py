"""/simulator/: think somebody away and see what falls."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.ids import row_id
from kpi.queries import simulator
from kpi.queries.simulator import choice
from kpi.views.portfolio import readers_only

LONGEST = 100


@login_required
@require_safe
def simulator_page(request: HttpRequest) -> HttpResponse:
    """`ours` and `theirs` name those who leave, any number of times; `q` finds more of them."""
    readers_only(request.user)
    try:
        who = choice.who_leaves(request.user, numbers(request, "ours"), numbers(request, "theirs"))
    except ObjectDoesNotExist:
        raise Http404 from None
    text = request.GET.get("q", "")[:LONGEST].strip()
    currency = request.company.currency
    context = {
        "who": who,
        "chosen": choice.chosen(request.user, who),
        "search": text,
        "candidates": choice.found_by(request.user, text, who) if text else [],
        "currency": currency,
    }
    if request.htmx and request.htmx.target == "found":
        return render(request, "kpi/simulator/_found.html", context)
    if who:
        context["simulation"] = simulator.if_leaves(request.user, who, currency)
    else:
        context["begin"] = choice.most_hangs_on(request.user, currency)
    return render(request, "kpi/simulator/simulator_page.html", context)


def numbers(request: HttpRequest, name: str) -> Iterable[int]:
    found = [row_id(text) for text in request.GET.getlist(name)]
    if None in found:
        raise Http404
    return found
