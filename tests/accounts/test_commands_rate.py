import datetime as dt
from decimal import Decimal

import pytest

from accounts.commands.ledger_undo import undo_import
from accounts.commands.rate import convert_lines, remove_rate, save_rates
from accounts.models import LedgerLine, Rate
from common.errors import RuleBroken
from common.models import Job
from people.models import Event
from tests.accounts.books import bring, recomputed, totals
from tests.cast import make_cast

pytestmark = pytest.mark.django_db

USD = "C1,2024-01-31,100.00,I1,1,P1,Boxes,USD,60"
JPY = "C1,2024-02-10,1000.4,I2,1,P1,Boxes,JPY,"


@pytest.fixture(autouse=True)
def cast():
    return make_cast()


def day(text):
    return dt.date.fromisoformat(text)


def nets():
    return dict(LedgerLine.objects.live().values_list("document", "net"))


def test_a_line_without_a_rate_is_kept_unconverted():
    batch = bring(USD)
    assert batch.counts["unconverted"] == 1
    assert nets() == {"I1": None}
    assert totals() == ({}, {})


def test_the_rate_in_force_is_the_latest_on_or_before_the_day(cast):
    rates = [
        ("USD", day("2024-01-01"), Decimal("0.9")),
        ("USD", day("2024-01-31"), Decimal("0.91555")),
        ("USD", day("2024-02-01"), Decimal("0.5")),
    ]
    assert save_rates(actor=cast.dora, rates=rates) == 3
    bring(USD)
    assert nets() == {"I1": Decimal("91.56")}
    assert totals() == recomputed()


def test_a_later_rate_converts_waiting_lines(cast):
    bring(USD, JPY)
    save_rates(actor=cast.dora, rates=[("USD", day("2023-01-01"), Decimal("0.9"))])
    assert convert_lines() == 1
    assert nets() == {"I1": Decimal("90.00"), "I2": None}
    assert totals() == recomputed()
    assert convert_lines() == 0


def test_a_corrected_rate_moves_what_it_converted_and_a_removed_one_lets_it_wait(cast):
    bring(USD)
    save_rates(actor=cast.dora, rates=[("USD", day("2024-01-01"), Decimal("0.9"))])
    convert_lines()
    save_rates(actor=cast.dora, rates=[("USD", day("2024-01-01"), Decimal("0.8"))])
    convert_lines()
    assert nets() == {"I1": Decimal("80.00")}
    assert totals() == recomputed()
    remove_rate(actor=cast.dora, rate_id=Rate.objects.get().pk)
    convert_lines()
    assert nets() == {"I1": None}
    assert totals() == ({}, {})
    assert set(Event.objects.values_list("verb", flat=True)) >= {"rate.saved", "rate.removed"}


def test_undo_after_a_conversion_takes_the_converted_worth_away(cast):
    batch = bring(USD)
    save_rates(actor=cast.dora, rates=[("USD", day("2024-01-01"), Decimal("0.9"))])
    convert_lines()
    undo_import(import_id=batch.pk)
    assert totals() == ({}, {})


def test_an_amount_is_rounded_to_the_exponent_of_its_own_currency():
    bring(JPY)
    assert LedgerLine.objects.get().amount == 1000


@pytest.mark.parametrize("rate", [("EUR", Decimal(2)), ("USD", Decimal(0)), ("USD", Decimal(-1))])
def test_impossible_rates_are_refused(cast, rate):
    with pytest.raises(RuleBroken):
        save_rates(actor=cast.dora, rates=[(rate[0], day("2024-01-01"), rate[1])])
    assert not Rate.objects.exists() and not Job.objects.exists()


def test_only_directors_enter_rates(cast):
    with pytest.raises(RuleBroken):
        save_rates(actor=cast.karl, rates=[("USD", day("2024-01-01"), Decimal(1))])
    row = Rate.objects.create(currency="USD", day=day("2024-01-01"), rate=1)
    with pytest.raises(RuleBroken):
        remove_rate(actor=cast.adam, rate_id=row.pk)


def test_saving_the_same_rate_again_changes_nothing(cast):
    rates = [("USD", day("2024-01-01"), Decimal("0.9"))]
    save_rates(actor=cast.dora, rates=rates)
    assert save_rates(actor=cast.dora, rates=rates) == 0
