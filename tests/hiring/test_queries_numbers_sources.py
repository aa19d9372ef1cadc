import pytest
from django.utils import timezone

from hiring.choices import CandidacyState, StageKind, TierKind
from hiring.models import Candidacy, SearchTier, Vacancy
from hiring.queries.numbers.sources import by_source, by_tier, comparison, tiers_opened
from tests.recruiting import make_candidacy

pytestmark = pytest.mark.django_db


def people(vacancy, source, *, hired=0, rejected=0, active=0, **fields):
    states = (("hired", hired), ("rejected", rejected), ("active", active))
    for state, number in states:
        for _person in range(number):
            make_candidacy(
                vacancy, source=source, state=state,
                ended_at=None if state == "active" else timezone.now(), **fields,
            )  # fmt: skip


def test_only_finished_people_make_a_rate(vacancy):
    people(vacancy, "hh", hired=1, rejected=3, active=5)
    (row,) = by_source(Candidacy.objects.all())
    assert (row.people, row.open, row.hired.hits, row.hired.cases) == (9, 5, 1, 4)


def test_one_lucky_person_hardly_lifts_a_source(vacancy):
    people(vacancy, "referral", hired=1)
    people(vacancy, "hh", hired=20, rejected=20)
    drawn = {str(row.label): row.drawn for row in by_source(Candidacy.objects.all())}
    assert drawn["referral"] == pytest.approx((10 * 21 / 41 + 1) / 11)
    assert drawn["referral"] - drawn["HeadHunter"] < 0.06


def test_who_came_to_a_session_counts_even_after_a_step_back(vacancy):
    row = make_candidacy(vacancy, stage=StageKind.CALL, state=CandidacyState.REJECTED,
                         ended_at=timezone.now(), shortlisted_at=timezone.now())  # fmt: skip
    assert row.stage.kind == StageKind.CALL
    (found,) = by_source(Candidacy.objects.all())
    assert found.invited.hits == 1


def test_too_few_are_not_compared(vacancy):
    people(vacancy, "hh", hired=5, rejected=5)
    people(vacancy, "linkedin", rejected=9)
    assert comparison(by_source(Candidacy.objects.all())) is None


def test_the_best_is_compared_with_all_others_together(vacancy):
    people(vacancy, "hh", hired=10)
    people(vacancy, "linkedin", hired=1, rejected=11)
    found = comparison(by_source(Candidacy.objects.all()))
    assert str(found.best.label) == "HeadHunter"
    assert found.difference.is_proven


def test_tiers_stand_in_the_order_of_the_search(vacancy):
    first, last = (
        SearchTier.objects.create(vacancy=vacancy, kind=kind, position=place)
        for place, kind in enumerate((TierKind.OWN_MARKET, TierKind.EVERYONE))
    )
    people(vacancy, "hh", hired=3, tier=last)
    people(vacancy, "target", rejected=3, tier=first)
    people(vacancy, "form", rejected=1)
    labels = [str(row.label) for row in by_tier(Candidacy.objects.all())]
    assert labels == [str(TierKind.OWN_MARKET.label), str(TierKind.EVERYONE.label)]


def test_a_tier_shows_when_it_was_first_opened(vacancy):
    now = timezone.now()
    SearchTier.objects.create(vacancy=vacancy, kind=TierKind.NICHE, position=1, opened_at=now)
    SearchTier.objects.create(vacancy=vacancy, kind=TierKind.EVERYONE, position=2)
    assert tiers_opened(Vacancy.objects.all()) == {TierKind.NICHE: now}
