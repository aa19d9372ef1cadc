import datetime as dt

import pytest

from accounts.choices import PinKind
from accounts.commands import pin as commands
from accounts.models import Pin
from common.errors import RuleBroken
from common.models import Job
from people.models import Event

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
NEXT_YEAR = dt.date(2027, 11, 20)


def pin(cast, account, kind=PinKind.KEY, **fields):
    return commands.pin_account(
        **{
            "actor": cast.dora,
            "account": account,
            "kind": kind,
            "reason": "Opens the whole north to us",
            "day": DAY,
            "until": NEXT_YEAR,
            **fields,
        }
    )


def test_a_pin_has_a_reason_an_end_and_an_author(cast, account):
    made = pin(cast, account)
    assert (made.by, made.valid_from, made.valid_to) == (cast.dora, DAY, NEXT_YEAR)
    event = Event.objects.about(account).get()
    assert (event.verb, event.data["until"]) == ("account.pinned", "2027-11-20")
    assert Job.objects.get().name == "kpi.jobs.recompute"


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": " "},
        {"until": DAY},
        {"until": DAY - dt.timedelta(days=1)},
        {"until": DAY.replace(year=2030)},
    ],
)
def test_a_pin_without_reason_or_proper_end_is_refused(cast, account, fields):
    with pytest.raises(RuleBroken):
        pin(cast, account, **fields)
    assert not Pin.objects.exists()
    assert not Event.objects.exists()
    assert not Job.objects.exists()


def test_only_the_director_pins(cast, account):
    for actor in (cast.karl, cast.lena, cast.anna, cast.adam):
        with pytest.raises(RuleBroken):
            pin(cast, account, actor=actor)
    made = pin(cast, account)
    with pytest.raises(RuleBroken):
        commands.unpin_account(actor=cast.karl, pin=made, reason="x", day=DAY)
    assert Pin.objects.get() == made


def test_a_new_pin_ends_the_one_it_contradicts_and_leaves_the_other_kind(cast, account):
    key = pin(cast, account)
    tier = pin(cast, account, PinKind.TIER_A)
    later = DAY + dt.timedelta(days=30)
    pin(cast, account, PinKind.NOT_KEY, day=later, until=NEXT_YEAR)
    key.refresh_from_db()
    tier.refresh_from_db()
    assert key.valid_to == later
    assert tier.valid_to == NEXT_YEAR


def test_unpinning_ends_it_and_needs_a_reason(cast, account):
    made = pin(cast, account)
    later = DAY + dt.timedelta(days=10)
    with pytest.raises(RuleBroken):
        commands.unpin_account(actor=cast.dora, pin=made, reason="", day=later)
    commands.unpin_account(actor=cast.dora, pin=made, reason="They left the region", day=later)
    made.refresh_from_db()
    assert made.valid_to == later
    with pytest.raises(RuleBroken):
        commands.unpin_account(actor=cast.dora, pin=made, reason="Again", day=later)


def test_a_pin_taken_back_the_same_day_was_never_in_force(cast, account):
    commands.unpin_account(actor=cast.dora, pin=pin(cast, account), reason="A slip", day=DAY)
    assert not Pin.objects.exists()
    assert Event.objects.about(account).count() == 2
