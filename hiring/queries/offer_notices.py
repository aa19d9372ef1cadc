"""News about offers. No name and no sum: the bell is read over shoulders."""

from collections.abc import Callable, Collection

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiring.models import Offer
from people import notices
from people.models import User

OFFER_PROPOSED, OFFER_APPROVED = "offer_proposed", "offer_approved"
OFFER_SENT_BACK, OFFER_EXPIRED = "offer_sent_back", "offer_expired"
OFFER_ACCEPTED, OFFER_DECLINED = "offer_accepted", "offer_declined"
OFFER_INVITE, VACANCY_FULL = "offer_invite", "vacancy_full"


def _offers(user: User, ids: Collection[int]) -> dict[int, Offer]:
    rows = Offer.objects.visible_to(user).select_related("candidacy__vacancy")
    return rows.in_bulk(ids)


def _proposed(user: User, ids: Collection[int]) -> dict[int, Offer]:
    found = _offers(user, ids) if user.is_director else {}
    return {pk: row for pk, row in found.items() if row.state == "proposed"}


def _url(row: Offer) -> str:
    return reverse("hiring:offer_page", args=[row.pk])


def _vacancy_url(row: Offer) -> str:
    return reverse("hiring:vacancy_page", args=[row.candidacy.vacancy_id])


def _says(words: str | Promise) -> Callable[[Offer, dict], str]:
    return lambda row, data: words % {"title": row.candidacy.vacancy.title}


def _kind(
    icon: str, words: str | Promise, find: Callable = _offers, url: Callable = _url
) -> notices.Kind:
    return notices.Kind(icon=icon, find=find, sentence=_says(words), url=url)


notices.register(
    {
        OFFER_PROPOSED: _kind(
            "file-earmark-text", _("An offer waits for your approval: %(title)s"), _proposed
        ),
        OFFER_APPROVED: _kind("check-lg", _("An offer is approved, ready to send: %(title)s")),
        OFFER_SENT_BACK: _kind(
            "arrow-counterclockwise", _("An offer was sent back with a reason: %(title)s")
        ),
        OFFER_EXPIRED: _kind("clock", _("An offer expired without an answer: %(title)s")),
        OFFER_ACCEPTED: _kind("check-circle", _("An offer was accepted: %(title)s")),
        OFFER_DECLINED: _kind("x-circle", _("An offer was declined: %(title)s")),
        OFFER_INVITE: _kind(
            "person-plus", _("Somebody was hired; invite them to KAM Hub by hand: %(title)s")
        ),
        VACANCY_FULL: _kind(
            "person-check",
            _("As many are hired as were wanted; mark the vacancy as filled: %(title)s"),
            url=_vacancy_url,
        ),
    }
)
