"""Whatever happened, the stored readings of the groups of every split add up to the company's."""

import datetime as dt
import functools
import operator
from collections import Counter, defaultdict

import pytest
from django.db import transaction
from hypothesis import given, settings

from accounts.models import AccountDay
from common.money import to_units
from kpi.choices import Scope
from kpi.commands import readings, recompute, write_readings
from kpi.models import Reading, ReadingDay
from kpi.queries.measures import BY_CODE
from kpi.queries.measures.stored import paired
from kpi.queries.periods import pair_of
from kpi.queries.periods.rows import retention
from kpi.queries.periods.upsell import upsell
from kpi.rules.retention import Retention
from kpi.rules.upsell import Upsell
from tests.kpi.drawn import DAY, Drawn, Firm, histories

pytestmark = pytest.mark.django_db
SPLITS = (Scope.TEAM, Scope.MANAGER, Scope.SEGMENT, Scope.TIER)
OF_LINES = {"revenue": {"numerator"}, "services": {"numerator", "revenue"}}
APART = ("assessment", "plan-")  # of people, and of those who have a plan
ALWAYS = ("revenue", "growth", "margin", "retention", "churn", "nrr", "grr", "services", "upsell")
Parts = Counter[str]


@settings(max_examples=4 + settings.default.max_examples // 20)  # more if heavy
@given(histories)
def test_groups_of_every_split_add_up_to_the_company(history: Drawn):
    with transaction.atomic():
        firm = Firm()
        firm.live(history)
        read()
        assert_groups_add_up()
        firm.be_late(history)
        assert_accounts_add_up()  # while no night knows of it
        read()
        assert_groups_add_up()
        assert_accounts_add_up()
        transaction.set_rollback(True)


def read(day: dt.date = DAY) -> None:
    """A night's scores and readings; of month-ends one, as each is read the same way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readings, "MONTHS", 1)
        recompute(as_of=day)
        write_readings()


def assert_groups_add_up() -> None:
    company = sums(Scope.COMPANY)
    days = set(ReadingDay.objects.values_list("day", flat=True))
    assert len(days) == 3
    assert company.keys() >= {(code, day) for code in ALWAYS for day in days}
    for scope in SPLITS:
        parts = sums(scope)
        for code, day in company.keys() | parts.keys():
            if scope in BY_CODE[code].splits and not code.startswith(APART):
                assert parts[code, day] == company[code, day], (code, scope, day)
    parts = sums(Scope.LINE)
    for code, names in OF_LINES.items():
        for day in days:
            whole = company[code, day]
            assert all(parts[code, day][name] == whole[name] for name in names), (code, day)


def sums(scope: Scope) -> dict[tuple[str, dt.date], Parts]:
    """By measure and day numerators, denominators and the whole numbers beside them, of all groups
    and as known now; a name that is missing is nought."""
    found: dict[tuple[str, dt.date], Parts] = defaultdict(Counter)
    for (code, _scope, _key), days in paired(Reading.objects.filter(scope=scope)).items():
        for day, known in days.items():
            row, sums_of_all = known.now, found[code, day]
            parts = {**row.inputs, "numerator": row.numerator, "denominator": row.denominator}
            for name, value in parts.items():
                if isinstance(value, int):
                    add(sums_of_all, name, value)
    return found


def add(parts: Parts, name: str, value: int) -> None:
    """What went from one group came to another."""
    if name == "went_accounts":
        name, value = "came_accounts", -value
    parts["came" if name == "went" else name] += value


def assert_accounts_add_up() -> None:
    pair = pair_of(DAY)
    kept, more = retention(pair), upsell(pair)
    by_account = retention(pair, "account").values()
    assert functools.reduce(operator.add, by_account, Retention()) == kept[0]
    assert functools.reduce(operator.add, upsell(pair, "account").values(), Upsell()) == more[0]
    sold = AccountDay.objects.filter(day__range=(pair.current.first, pair.current.last))
    assert kept[0].total == sum(to_units(row.net) for row in sold)
