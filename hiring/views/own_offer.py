"""An offer on the candidate's own page: read, printed, answered."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.errors import RuleBroken
from common.toasts import toast
from hiring.commands.offer_answer import answer_offer
from hiring.models import Candidate, Offer
from hiring.queries.offers import own_offers
from hiring.views.offer import letter
from hiring.views.own_link import own


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
        toast(request, _("Choose whether you accept or decline. Nothing was sent."))
        return redirect("hiring:own_page", token=token)
    try:
        answer_offer(
            candidate=candidate, offer_id=pk, accepts=said == "yes",
            note=request.POST.get("note", ""),
        )  # fmt: skip
    except Offer.DoesNotExist as missing:
        raise Http404 from missing
    except RuleBroken as broken:
        toast(request, str(broken))
    else:
        toast(request, _("Thank you. Your answer has reached us."))
    return redirect("hiring:own_page", token=token)
