"""The same lines in other files and another order, one file taken back, a night of this day or an
earlier one between: the same figures."""

import datetime as dt
import random
from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import AccountScore
from common.dates import year_before
from kpi.commands.health import refresh_health
from kpi.models import Health, Reading
from kpi.queries.measures.stored import paired
from kpi.rules.windows import month_end_before
from tests.kpi.drawn import DAY, Drawn, Firm, added, corrected, day_of, histories, rows
from tests.kpi.test_figures_add_up import read
from tests.kpi.whole import plain

pytestmark = pytest.mark.django_db
MOST = 4  # lines of a file
SCORE = sorted({one.attname for one in AccountScore._meta.fields} - {"as_of"})
HEALTH = (
    "account", "score", "mean", "confidence", "known", "ceiling", "missing",
    "cap",
)  # fmt: skip
READING = ("numerator", "denominator", "value", "low", "high", "inputs")
READ = (DAY, year_before(DAY), month_end_before(DAY))
BY_TIER = ("tier", "key-share")
# A night that was there remembers which tier was in force when, and which health it showed.
REMEMBERED = {"by tier", "health"}
looks = st.sampled_from((None, 0, 1, 17, 18, 40))  # how many days before another night looked
Event = str | Callable[[], None]  # a line of a file, or something people do, or a night


@settings(max_examples=3 + settings.default.max_examples // 40)  # more if heavy
@given(histories, st.randoms(use_true_random=False), looks)
def test_the_order_of_what_came_changes_nothing(
    history: Drawn, dice: random.Random, look: int | None
):
    with transaction.atomic():
        firm = Firm()
        firm.hand_round(history)
        events = [
            *(partial(firm.talk, *one) for one in history.talks), partial(firm.relate, history.kin),
            *rows(history.lines), *added(history), *corrected(history),
        ]  # fmt: skip
        first = told(firm, events)
        mixed = shuffled(events, dice)
        early = partial(night, day_of(look)) if look is not None else lambda: None
        for event in (partial(firm.bring_in_vain, history, early), early):
            mixed.insert(dice.randint(0, len(mixed)), event)
        second = told(firm, mixed)
        for name, found in first.items():
            if look is None or name not in REMEMBERED:
                assert second[name] == found, name
        transaction.set_rollback(True)


def what(event: Event) -> Hashable:
    """Versions of a line have its document and number in common."""
    return tuple(event.split(",")[3:5]) if isinstance(event, str) else event


def shuffled(events: list[Event], dice: random.Random) -> list[Event]:
    """Versions of the same line keep their turn."""
    versions: dict[Hashable, deque[Event]] = defaultdict(deque)
    for event in events:
        versions[what(event)].append(event)
    turns = dice.sample(events, len(events))
    return [versions[what(event)].popleft() for event in turns]


def told(firm: Firm, events: list[Event]) -> dict[str, set]:
    """What a night tells after all this, and nothing of it happened."""
    with transaction.atomic():
        file: dict[Hashable, str] = {}
        for event in [*events, night]:
            if file and (callable(event) or what(event) in file or len(file) == MOST):
                firm.bring(list(file.values()))
                file = {}
            if callable(event):
                event()
            else:
                file[what(event)] = event
        found = figures()
        transaction.set_rollback(True)
    return found


def night(day: dt.date = DAY) -> None:
    read(day)
    refresh_health(day=day)


def figures() -> dict[str, set]:
    """A figure that is gone is kept as nought: it is left out. Whether customers are met in time is
    known of each night by itself."""
    wanted = Reading.objects.filter(day__in=READ).exclude(Q(code="coverage") & ~Q(day=DAY))
    known = [
        (name, plain((*name, day, *(getattr(one.now, part) for part in READING))))
        for name, days in paired(wanted).items()
        for day, one in days.items()
        if one.now.numerator or one.now.denominator
    ]
    return {
        "scores": set(map(plain, AccountScore.objects.values_list(*SCORE))),
        "health": set(map(plain, Health.objects.values_list(*HEALTH))),
        "by tier": {said for name, said in known if set(name) & set(BY_TIER)},
        "readings": {said for name, said in known if not set(name) & set(BY_TIER)},
    }
