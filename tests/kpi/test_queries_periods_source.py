"""What several days share is read once, and each is as if it were read alone."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Account, Assignment, DirtyAccount, Touchpoint
from kpi.commands import recompute
from kpi.queries.attribution import facts as attribution
from kpi.queries.measures.figures import figures
from kpi.queries.periods import Period, pair_of, services
from kpi.queries.periods.contacts import contacts
from kpi.queries.periods.period import before
from kpi.queries.periods.snapshots import Snapshots
from kpi.queries.periods.source import Source, stored_pair
from kpi.queries.periods.stretches import Stretches, Sums
from kpi.queries.state import State
from kpi.rules.attribution import Dated
from people.models import Company
from tests.cast import make_account, make_cast
from tests.field import make_touchpoint
from tests.kpi.facts import DAY
from tests.kpi.purchases import Purchases, own

ONE = dt.timedelta(days=1)
LATE = dt.datetime(2026, 3, 31, 22, 30, tzinfo=dt.UTC)
DAYS = (DAY, dt.date(2026, 2, 28), dt.date(2025, 12, 10), dt.date(2025, 3, 31))


@pytest.fixture
def book(db):
    """Three customers in changing hands, one merged into another, one credited."""
    cast, shop = make_cast(), Purchases()
    accounts = [make_account(), make_account(), make_account()]
    own(accounts[0], cast.karl, dt.date(2024, 1, 1), dt.date(2025, 11, 20))
    own(accounts[0], cast.kim, dt.date(2025, 11, 20))
    own(accounts[1], cast.karl, dt.date(2024, 1, 1))
    own(accounts[2], cast.kim, dt.date(2024, 1, 1), dt.date(2025, 6, 1))
    for number, account in enumerate(accounts):
        for month in range(40):
            day = dt.date(2022, 12, 5) + dt.timedelta(days=30 * month + number)
            shop.buy(account, day, 100 + month, f"line{(number + month // 12) % 2}", f"D{month}")
    shop.buy(accounts[0], dt.date(2025, 12, 1), -30, "line0", "D34")
    shop.roll_up()
    for days in range(0, 900, 23):
        make_touchpoint(
            accounts[days % 3], state="done", direction="both", author=cast.karl,
            at=LATE - dt.timedelta(days=days, minutes=40 * (days % 2)),
        )  # fmt: skip
    Account.objects.filter(pk=accounts[2].pk).update(merged_into=accounts[1])
    return cast


def test_days_read_together_are_as_days_read_alone(book):
    source = Source(pair_of(day) for day in DAYS)
    for day in DAYS:
        assert figures(day, is_newest=False, source=source) == figures(day, is_newest=False)


def test_what_the_night_has_stored_gives_the_same_figures(book):
    recompute(as_of=DAY)
    assert stored_pair() == pair_of(DAY)
    stored = figures(DAY, is_newest=False)
    DirtyAccount.objects.touch([Account.objects.first().pk])
    assert stored_pair() is None
    assert figures(DAY, is_newest=False) == stored


def test_revenue_of_each_owner_is_that_of_the_page(book):
    source = Source(pair_of(day) for day in DAYS)
    for day in DAYS:
        period = pair_of(day).current
        one, other = (
            _by_owner(source.owners, facts)
            for facts in (
                source.facts(period),
                attribution.facts(source.owners, period.first, period.last),
            )
        )
        assert one == other


def _by_owner(owners, facts) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    users = owners.on(facts.account, facts.day).tolist()
    for user, money in zip(users, facts.money.tolist(), strict=True):
        known = found.get(user, [0, 0, 0])
        found[user] = [a + b for a, b in zip(known, money, strict=True)]
    return {user: money for user, money in found.items() if any(money)}


day = st.dates(dt.date(2025, 1, 1), dt.date(2025, 3, 31))
periods = st.lists(
    st.tuples(day, day).map(lambda two: Period(min(two), max(two))), min_size=1, max_size=6
)


@given(periods, st.lists(st.tuples(st.integers(1, 3), day, st.integers(-5, 5)), max_size=30))
def test_stretches_add_up_to_each_period(wanted, rows):
    cut = Stretches(wanted)
    facts = np.array(
        [(pk, day.toordinal(), value) for pk, day, value in rows], dtype=np.int64
    ).reshape(len(rows), 3)
    table = np.column_stack([cut.on(facts[:, 1]), facts[:, 0], facts[:, 2]])
    sums = Sums(cut, table, keys=1)
    for period in wanted:
        plain: dict[int, int] = {}
        for pk, on, value in rows:
            if period.first <= on <= period.last:
                plain[pk] = plain.get(pk, 0) + value
        assert dict(sums.of(period).tolist()) == {pk: value for pk, value in plain.items() if value}


def test_contacts_of_a_day_are_those_of_the_zone_read_alone(book):
    Company.objects.update(time_zone="Europe/Berlin")
    source = Source(pair_of(day) for day in DAYS)
    for day in DAYS:
        period = pair_of(day).current
        found = source.contacts(period)
        assert sorted(found.tolist()) == sorted(contacts(period).tolist())
        talks = Touchpoint.objects.filter(at__gte=midnight(period.first))
        assert found[:, 2].sum() == talks.filter(at__lt=midnight(period.last) + ONE).count() > 0


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=ZoneInfo("Europe/Berlin"))


def test_services_by_stretch_are_those_of_each_period_alone(book):
    pairs = [pair_of(day) for day in (dt.date(2026, 3, 17), *DAYS)]
    source = Source(pairs)
    for pair in pairs:
        lines = source.lines(pair)
        for column, found, period in (
            (services.NET, source.sold(pair.current), pair.current),
            (services.NET, lines[:, :3], pair.current),
            (services.POSITIVE, lines[:, [0, 1, 3]], before(pair)),
        ):
            alone = services.sums(period)[:, [services.ACCOUNT, services.SERVICE, column]]
            assert _told(found) == _told(alone), period


def _told(table: np.ndarray) -> list[list[int]]:
    return table[table[:, -1] != 0].tolist()


hands = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 800), st.integers(0, 1)),
    max_size=8, unique_by=lambda one: one[:2],
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # all is rolled back
@given(hands)
def test_revenue_of_drawn_owners_is_that_of_the_page(book, turns):
    """An account that is told to a later owner is taken off the first one's, to the unit."""
    users, accounts = (book.karl, book.kim), list(Account.objects.order_by("pk"))
    with transaction.atomic():
        Assignment.objects.all().delete()
        for number, account in enumerate(accounts):
            days = sorted((DAY - back * ONE, who) for at, back, who in turns if at == number)
            ends = [day for day, _who in days[1:]]
            for (day, who), end in zip(days, [*ends, None], strict=False):
                own(account, users[who], day, end)
        source = Source(pair_of(day) for day in DAYS)
        for day in DAYS:
            for period in (pair_of(day).current, pair_of(day).base):
                first, last = period.first, period.last
                page = attribution.facts(source.owners, first, last)
                facts = source.facts(period, only_net=period == pair_of(day).base)
                assert _net(source.owners, facts) == _net(source.owners, page), period
        transaction.set_rollback(True)


def _net(owners, facts) -> dict[int, int]:
    found: dict[int, int] = {}
    users = owners.on(facts.account, facts.day).tolist()
    for user, net in zip(users, facts.money[:, attribution.NET].tolist(), strict=True):
        found[user] = found.get(user, 0) + net
    return {user: net for user, net in found.items() if net}


spans = st.lists(st.tuples(st.integers(1, 6), st.integers(1, 9), st.integers(1, 9)), max_size=12)


@given(spans, st.lists(st.tuples(st.integers(1, 6), st.integers(1, 9)), max_size=8))
def test_what_is_looked_up_for_all_is_what_each_was(told, asked):
    rows = [(pk, start, start + days, 10 * pk + start) for pk, start, days in told]
    dated = Dated(np.array(rows, dtype=np.int64))
    ids = np.array([1, 2, 3, 5], dtype=np.int64)  # 4 and 6 came while the night ran
    state = State(ids=ids, head=np.arange(4), merged=np.zeros(4, dtype=bool))
    taken = Snapshots(dated, state)
    accounts, days = np.array(asked, dtype=np.int64).reshape(-1, 2).T
    plain = [int(dated.on(np.array([pk]), on)[0]) for pk, on in asked]
    assert taken.on_days(accounts, days).tolist() == plain
    for on in days.tolist():
        found = taken.on(accounts, dt.date.fromordinal(on))
        assert found.tolist() == dated.on(accounts, on).tolist()
