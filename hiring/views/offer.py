"""Offers: all of them, one with its terms and steps, and the letter to print."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.answers import acted
from common.errors import RuleBroken
from common.toasts import toast
from hiring.choices import AccessAct, CandidacyState
from hiring.commands import offer as commands
from hiring.commands.access import note_access
from hiring.forms.offer import OfferForm
from hiring.models import Candidacy, Letter, Offer
from hiring.queries import offers as queries
from hiring.queries.sections import section_tabs
from hiring.rules import offer as rules
from people.guards import director_only, hirers_only, recruiters_only
from people.models import Company

PER_PAGE = 50


@hirers_only
@require_safe
def offer_list(request: HttpRequest) -> HttpResponse:
    view = request.GET.get("view")
    view = view if view in queries.VIEWS else "live"
    q = request.GET.get("q", "").replace("\x00", "")[:100]
    rows = queries.offers(request.user, view=view, q=q)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    known = Offer.objects.visible_to(request.user)
    views = [(name, known.filter(state__in=queries.STATES[name]).count()) for name in queries.VIEWS]
    lines = [(row, queries.TONES.get(row.state, "")) for row in page.object_list]
    context = {
        "page": page, "lines": lines, "view": view, "views": views, "q": q,
        "sections": section_tabs(request.user, "offers"),
    }  # fmt: skip
    return render(request, "hiring/offers.html", context)


def visible_offer(request: HttpRequest, pk: int) -> Offer:
    rows = Offer.objects.visible_to(request.user).select_related(
        "candidacy__candidate", "candidacy__vacancy__profile", "candidacy__stage", "made_by",
        "approved_by", "user", "invitation",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@hirers_only
@require_safe
def offer_page(request: HttpRequest, pk: int) -> HttpResponse:
    offer = visible_offer(request, pk)
    is_maker = offer.made_by_id == request.user.pk
    candidate = offer.candidacy.candidate
    if candidate is not None:
        note_access(
            actor=request.user, candidate_id=candidate.pk, act=AccessAct.VIEWED, purpose="offer"
        )
    context = {
        "offer": offer,
        "tone": queries.TONES.get(offer.state, ""),
        "actions": rules.actions(offer.state, commands.roles_of(request.user), is_maker=is_maker),
        "is_own": is_maker and offer.state == rules.PROPOSED and request.user.is_director,
        "pay": queries.pay_beside(
            request.user, offer.candidacy, grade=offer.grade, salary=offer.salary,
            currency=offer.currency,
        ),
        "letter": Letter.objects.filter(cause=commands.cause(offer)).first(),
    }  # fmt: skip
    return render(request, "hiring/offer.html", context)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def offer_create(request: HttpRequest, pk: int) -> HttpResponse:
    """For a candidacy; the offer under way, when there is one."""
    rows = Candidacy.objects.editable_by(request.user).filter(candidate__isnull=False)
    candidacy = get_object_or_404(
        rows.select_related("candidate", "vacancy__profile", "stage"), pk=pk
    )
    live = Offer.objects.filter(candidacy=candidacy, state__in=rules.LIVE).first()
    if live is not None:
        return redirect("hiring:offer_page", pk=live.pk)
    form = OfferForm(request.POST or None, initial=queries.first_terms(candidacy))
    if request.method == "POST" and form.is_valid():
        try:
            offer = commands.draft_offer(
                actor=request.user, candidacy_id=candidacy.pk, **form.terms()
            )
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Offer drafted. Hand it in for approval when the terms are right."))
            return redirect("hiring:offer_page", pk=offer.pk)
    return _form(request, form, candidacy)


def _form(
    request: HttpRequest, form: OfferForm, candidacy: Candidacy, offer: Offer | None = None,
    status: int = 0,
) -> HttpResponse:  # fmt: skip
    first = form.initial
    context = {
        "form": form, "candidacy": candidacy, "offer": offer,
        "pay": queries.pay_beside(
            request.user, candidacy, grade=int(first.get("grade") or 1),
            salary=first.get("salary"), currency=first.get("currency") or "",
        ),
        "is_over": candidacy.state != CandidacyState.ACTIVE,
    }  # fmt: skip
    status = status or (422 if form.errors else 200)
    return render(request, "hiring/offer_form.html", context, status=status)


@recruiters_only
@require_http_methods(["GET", "HEAD", "POST"])
def offer_edit(request: HttpRequest, pk: int) -> HttpResponse:
    offer = visible_offer(request, pk)
    if rules.next_state(offer.state, "edit") is None or offer.candidacy.candidate is None:
        toast(request, _("The terms stay as they were handed in."))
        return redirect("hiring:offer_page", pk=pk)
    first = {name: getattr(offer, name) for name in rules.TERMS}
    form = OfferForm(request.POST or None, initial={**first, "version": offer.version})
    status = 0
    if request.method == "POST" and form.is_valid():
        try:
            commands.edit_offer(
                actor=request.user, offer_id=pk,
                version=form.cleaned_data["version"] or 0, **form.terms(),
            )  # fmt: skip
        except commands.Conflict as conflict:
            form = OfferForm(
                {**request.POST.dict(), "version": conflict.offer.version}, initial=first
            )
            form.add_error(
                None, _("%(what)s Save again to keep your terms.") % {"what": str(conflict)}
            )
            status = 409
        except RuleBroken as broken:
            form.add_error(None, str(broken))
        else:
            toast(request, _("Terms saved."))
            return redirect("hiring:offer_page", pk=pk)
    return _form(request, form, offer.candidacy, offer, status)


def _step(
    request: HttpRequest, pk: int, act: Callable[..., Offer], words: str, **given
) -> HttpResponse:
    visible_offer(request, pk)
    return acted(
        request, lambda: act(actor=request.user, offer_id=pk, **given), words,
        to=reverse("hiring:offer_page", args=[pk]),
    )  # fmt: skip


@recruiters_only
@require_POST
def offer_propose(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, commands.propose_offer, _("Handed in: the directors see it now."))


@recruiters_only
@require_POST
def offer_revise(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, commands.revise_offer, _("It is a draft again."))


@director_only
@require_POST
def offer_approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, commands.approve_offer, _("Approved. Its terms stay from now on."))


@director_only
@require_POST
def offer_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _step(request, pk, commands.send_back_offer, _("Sent back."), reason=reason)


@recruiters_only
@require_POST
def offer_send(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, commands.send_offer, _("Sent. The letter is on its way."))


@hirers_only
@require_POST
def offer_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, commands.take_back_offer, _("Taken back. It holds no longer."))


@recruiters_only
@require_POST
def offer_decline(request: HttpRequest, pk: int) -> HttpResponse:
    note = request.POST.get("note", "")
    return _step(request, pk, commands.note_decline, _("Written down: they declined."), note=note)


@hirers_only
@require_safe
def offer_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter on paper, in the candidate's language."""
    return letter(request, visible_offer(request, pk))


def letter(request: HttpRequest, offer: Offer) -> HttpResponse:
    with translation.override(offer.language):
        context = {
            "offer": offer, "company": Company.current(), "language": offer.language,
            "candidate": offer.candidacy.candidate, "zone": queries.zone_of(offer),
        }  # fmt: skip
        return render(request, "hiring/offer_letter.html", context)
