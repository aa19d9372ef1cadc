"""Offers: accepted by whom was hired, one that waits for the director."""

import datetime as dt
from decimal import Decimal

from hiring.choices import CandidacyState, OfferState, StageKind
from hiring.models import Candidacy, Offer
from kpi.demo.hiring import CandidatePlan
from kpi.demo.write import World
from kpi.demo.write.hiring.book import Book

DAY = dt.timedelta(days=1)


def write_offers(world: World, book: Book) -> None:
    waiting = False
    for key in book.vacancies:
        for person, row in book.people(key):
            is_decision = person.path[-1][0] == StageKind.DECISION
            if row.state == CandidacyState.HIRED:
                _offer(world, person, row, OfferState.ACCEPTED)
            elif is_decision and row.state == CandidacyState.ACTIVE and not waiting:
                _offer(world, person, row, OfferState.PROPOSED)
                waiting = True


def _offer(world: World, person: CandidatePlan, row: Candidacy, state: str) -> None:
    """A little below the middle of the range; the first day four weeks on."""
    vacancy, at = row.vacancy, world.at(person.path[-1][1], 11)
    low, high = vacancy.pay_from or Decimal(120_000), vacancy.pay_to or Decimal(160_000)
    is_over = state == OfferState.ACCEPTED
    Offer.objects.create(
        candidacy=row, state=state,
        title=vacancy.texts.get(person.language, {}).get("title") or vacancy.title,
        grade=vacancy.profile.grade,
        salary=low + (high - low) * Decimal("0.4"), currency=vacancy.pay_currency or "RUB",
        commission=vacancy.profile.commissions[person.language], starts_on=at.date() + 28 * DAY,
        expires_at=at + 5 * DAY if is_over else world.at(0, 18) + 4 * DAY,
        language=person.language, made_by=world.users["natalia_orlova"], made_at=at - 2 * DAY,
        approved_by=world.users["marina_sokolova"] if is_over else None,
        approved_at=at - DAY if is_over else None, sent_at=at - DAY if is_over else None,
        answered_at=at if is_over else None,
    )  # fmt: skip
