from decimal import Decimal

import pytest

from hiring.commands.benchmark import install_benchmarks
from hiring.queries import offers, profile, vacancy
from tests.recruiting import make_candidacy, make_profile, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("grade", [1, 2, 3])
def test_profile_approval_and_offer_are_held_beside_the_same_row(cast, grade):
    install_benchmarks()
    pay = {"pay_from": Decimal(70_000), "pay_to": Decimal(80_000), "pay_currency": "RUB"}
    wanted = make_profile(grade=grade, **pay)
    row = make_vacancy(profile=wanted, city="СПб", recruiter=cast.rita, **pay)
    offer = offers.pay_beside(
        cast.rita, make_candidacy(row), grade=grade, salary=Decimal(75_000), currency="RUB"
    )
    shown = [
        profile.comparison(cast.rita, wanted).found,
        vacancy.benchmark_of(row, cast.rita),
        offer.market,
    ]
    assert len({(one.row.pk, one.sentence) for one in shown}) == 1
