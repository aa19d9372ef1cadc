"""An offer on the candidate's own page: read, printed, answered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hiring.commands.offer_answer import answer_offer
from hiring.models import Candidate
from hiring.queries.offers import own_offers
from hiring.views.offer import letter
from hiring.views.own_link import own
from hiring.views.own_page import act_on_page, show_page


@require_safe
@own
def own_offer_letter(
    request: HttpRequest, candidate: Candidate, token: str, pk: int
) -> HttpResponse:
    return letter(request, get_object_or_404(own_offers(candidate), pk=pk))


@require_POST
@own
def own_offer_answer(
    request: HttpRequest, candidate: Candidate, token: str, pk: int
) -> HttpResponse:
    """`answer` is yes or no; anything else answers nothing."""
    said = request.POST.get("answer")
    if said not in ("yes", "no"):
        words = _("Choose whether you accept or decline. Nothing was sent.")
        return show_page(request, candidate, token, error=words)
    return act_on_page(
        request, candidate, token,
        lambda: answer_offer(
            candidate=candidate, offer_id=pk, accepts=said == "yes",
            note=request.POST.get("note", ""),
        ),
        _("Thank you. Your answer has reached us."),
    )  # fmt: skip
