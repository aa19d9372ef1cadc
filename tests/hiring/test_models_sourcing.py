import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hiring.models import OffLimits, SearchTier, TargetCompany
from tests.recruiting import make_off_limits, make_vacancy

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 10)


def test_a_place_in_the_order_is_taken_once_and_a_company_stands_once(cast):
    vacancy = make_vacancy()
    tier = SearchTier.objects.create(vacancy=vacancy, kind="own_market", position=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchTier.objects.create(vacancy=vacancy, kind="niche", position=0)
    TargetCompany.objects.create(tier=tier, name="Polus", plain="polus")
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetCompany.objects.create(tier=tier, name="POLUS", plain="polus")


def test_the_search_and_its_limits_are_for_those_who_hire(cast):
    tier = SearchTier.objects.create(vacancy=make_vacancy(), kind="niche")
    TargetCompany.objects.create(tier=tier, name="Polus", plain="polus")
    make_off_limits("Vega")
    tables = (SearchTier, TargetCompany, OffLimits)
    for table in tables:
        for user in (cast.rita, cast.dora):
            assert table.objects.visible_to(user).count() == 1
        for user in (cast.lena, cast.karl, cast.anna, cast.ivan, cast.adam, cast.sam):
            assert not table.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("until", "lifted", "answer"),
    [
        (None, False, True), (TODAY, False, True), (TODAY - dt.timedelta(days=1), False, False),
        (None, True, False),
    ],
)  # fmt: skip
def test_an_entry_is_in_force_to_its_last_day_unless_lifted(cast, until, lifted, answer):
    make_off_limits("Vega", until=until, lifted_at=timezone.now() if lifted else None)
    assert OffLimits.objects.in_force(TODAY).exists() is answer
