"""Offers as they are read: the list, one beside its range and the market, the candidate's own."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from common.folding import fold
from hiring.choices import EmployerKind, OfferState
from hiring.models import Candidacy, Candidate, Offer
from hiring.models.offer import LIVE
from hiring.queries import own
from hiring.queries.benchmark import Compared, compared
from hiring.queries.calls import zone_for
from hiring.queries.letter import language_of
from hiring.queries.timeline_line import Entry
from hiring.rules.benchmark import experience_of
from people.models import Company, User

ANSWER_WITHIN = dt.timedelta(days=5)
STARTS_IN = dt.timedelta(days=28)
VIEWS = ("live", "answered", "over")
STATES = {
    "live": LIVE,
    "answered": (OfferState.ACCEPTED, OfferState.DECLINED),
    "over": (OfferState.EXPIRED, OfferState.WITHDRAWN),
}
TONES = {
    OfferState.PROPOSED: "cau",
    OfferState.APPROVED: "inf",
    OfferState.SENT: "inf",
    OfferState.ACCEPTED: "pos",
    OfferState.DECLINED: "dan",
    OfferState.EXPIRED: "cau",
}


def offers(reader: User, *, view: str = "live", q: str = "") -> QuerySet[Offer]:
    """Those of one part of the list, what waits longest first."""
    rows = Offer.objects.visible_to(reader).filter(state__in=STATES[view])
    if q.strip():
        rows = rows.filter(candidacy__candidate__search_text__contains=fold(q))
    rows = rows.select_related("candidacy__candidate", "candidacy__vacancy", "made_by")
    return rows.order_by("expires_at" if view == "live" else "-id")


@dataclass(frozen=True, slots=True)
class Pay:
    """The range an offer lies in or not; `words` is "" when it does or there is no range."""

    low: Decimal | None
    high: Decimal | None
    currency: str
    words: str
    market: Compared | None


def pay_beside(
    reader: User, candidacy: Candidacy, *, grade: int, salary: Decimal | None, currency: str
) -> Pay:
    """The vacancy's range (else the profile's) and the benchmark of its city beside the sum."""
    vacancy = candidacy.vacancy
    home = vacancy if vacancy.pay_from or vacancy.pay_to else vacancy.profile
    low, high, unit = home.pay_from, home.pay_to, home.pay_currency
    words = ""
    if salary is not None and unit == currency:
        if high is not None and salary > high:
            words = _("This is above the range of the vacancy; the director will ask why.")
        elif low is not None and salary < low:
            words = _("This is below the range of the vacancy.")
    market = compared(
        reader, city=vacancy.city, employer=EmployerKind.COMPANY,
        experience=experience_of(grade), pay_from=salary or low, pay_to=salary or high,
        currency=currency,
    )  # fmt: skip
    return Pay(low=low, high=high, currency=unit, words=words, market=market)


def first_terms(candidacy: Candidacy) -> dict:
    """What a new offer begins with: the advert's title, which the candidate knows, the profile's
    grade and commission."""
    vacancy, now = candidacy.vacancy, timezone.localtime()
    profile = vacancy.profile
    answer_by = (now + ANSWER_WITHIN).replace(hour=18, minute=0, second=0, microsecond=0)
    low = vacancy.pay_from or profile.pay_from
    high = vacancy.pay_to or profile.pay_to
    language = language_of(candidacy.candidate)
    with translation.override(language):
        commission = profile.commission
    title = vacancy.texts.get(language, {}).get("title") or vacancy.text("title")
    return {
        "title": title or vacancy.title,
        "grade": profile.grade,
        "salary": low if high is None else high if low is None else (low + high) / 2,
        "currency": vacancy.pay_currency or profile.pay_currency or Company.current().currency,
        "commission": commission,
        "starts_on": now.date() + STARTS_IN,
        "probation_weeks": 12,
        "expires_at": answer_by,
        "language": language,
    }


def own_offers(candidate: Candidate) -> QuerySet[Offer]:
    """What the person may read: offers that were sent to them and not taken back."""
    return (
        Offer.objects.filter(candidacy__candidate=candidate, sent_at__isnull=False)
        .exclude(state=OfferState.WITHDRAWN)
        .select_related("candidacy__candidate", "candidacy__vacancy__recruiter")
    )


def zone_of(offer: Offer) -> str:
    """Where the candidate lives; "" of somebody erased."""
    candidacy, one = offer.candidacy, offer.candidacy.candidate
    return zone_for(one.time_zone, one.city, one.country, candidacy.vacancy)[0] if one else ""


def own_part(candidate: Candidate, now: dt.datetime) -> dict | None:
    """The newest offer on the candidate's own page."""
    offer = own_offers(candidate).order_by("-sent_at").first()
    if offer is None:
        return None
    is_open = offer.state == OfferState.SENT and offer.expires_at > now
    return {"offer": offer, "is_open": is_open, "zone": zone_of(offer)}


own.register("offer", own_part)


def timeline_of(candidate: Candidate, reader: User) -> list[Entry]:
    """What became of offers, without sums."""
    rows = Offer.objects.visible_to(reader).filter(candidacy__candidate=candidate)
    found = []
    for offer in rows.select_related("candidacy__vacancy", "made_by"):
        words = {"vacancy": offer.candidacy.vacancy.title, "state": offer.get_state_display()}
        found.append(
            Entry(
                at=offer.answered_at or offer.sent_at or offer.made_at,
                icon="file-earmark-text",
                sentence=_("%(vacancy)s: offer, %(state)s") % words,
                url=f"/hiring/offers/{offer.pk}/",
                who=str(offer.made_by or ""),
                tone=TONES.get(offer.state, ""),
            )
        )
    return found
