"""Whatever is observed, confirmed, forgotten, taken back and put back: no row changes or goes.

And any day of the past reads as a plain model of the same story would.
"""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.commands import fact as commands
from accounts.models import Observation
from accounts.queries.facts import facts_of
from common.errors import RuleBroken
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_touchpoint

pytestmark = pytest.mark.django_db

DAYS = 12
STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("observe"),
            st.tuples(st.sampled_from(["stance", "power"]), st.sampled_from(["1", "2", "3", ""])),
            st.integers(0, DAYS),
        ),
        st.tuples(st.just("confirm"), st.integers(0, 30), st.integers(0, DAYS)),
        st.tuples(st.just("forget"), st.integers(0, 30), st.just(0)),
        st.tuples(st.just("retract"), st.integers(0, 30), st.just(0)),
    ),
    max_size=14,
)


class Model:
    """The same story told by a list."""

    def __init__(self):
        self.rows: list[dict] = []

    def stands(self, row: dict) -> bool:
        backs = [back for back in self.rows if back["retracts"] is row]
        return not any(self.stands(back) for back in backs)

    def value(self, fact: str, day: dt.date) -> str | None:
        known = [
            row for row in self.rows
            if row["fact"] == fact and row["retracts"] is None and row["day"] <= day
            and self.stands(row)
        ]  # fmt: skip
        return max(known, key=lambda row: (row["day"], row["id"]))["value"] if known else None

    def add(self, made: Observation) -> None:
        if any(row["id"] == made.pk for row in self.rows):
            return
        undone = next((row for row in self.rows if row["id"] == made.retracts_id), None)
        self.rows.append(
            {"id": made.pk, "fact": made.fact, "value": made.value, "day": made.day,
             "retracts": undone}
        )  # fmt: skip


def snapshot() -> dict[int, tuple]:
    return {row[0]: row for row in Observation.objects.values_list()}


def act(step, cast, account, contact, meetings) -> Observation | None:
    """One step; None when it was refused."""
    verb, what, ago = step
    rows = list(Observation.objects.order_by("pk"))
    if verb == "observe":
        fact, value = what
        day = timezone.localdate() - dt.timedelta(days=ago)
        return commands.observe(
            actor=cast.karl, account_id=account.pk, contact_id=contact.pk, fact=fact, value=value,
            day=day,
        )  # fmt: skip
    if not rows:
        return None
    row = rows[what % len(rows)]
    more = {"evidence": meetings[ago]} if verb == "confirm" and ago else {}
    try:
        return getattr(commands, verb)(actor=cast.karl, observation_id=row.pk, **more)
    except RuleBroken:
        return None


@pytest.fixture
def story():
    cast = make_cast()
    account = make_account(owner=cast.karl)
    contact = make_contact(account)
    meetings = [make_touchpoint(account, contact, days_ago=ago) for ago in range(DAYS + 1)]
    return cast, account, contact, meetings


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_nothing_is_ever_lost_or_overwritten(story, steps):
    cast, account, contact, meetings = story
    today = timezone.localdate()
    with transaction.atomic():
        model, before = Model(), {}
        for step in steps:
            made = act(step, cast, account, contact, meetings)
            after = snapshot()
            assert {pk: after.get(pk) for pk in before} == before
            assert made is not None or after == before
            before = after
            if made is not None:
                model.add(made)
        for ago in range(DAYS + 2):
            day = today - dt.timedelta(days=ago)
            found = facts_of(account, day, with_unknown=True).get(contact.pk, {})
            for fact in ("stance", "power"):
                assert (found[fact].value if fact in found else None) == model.value(fact, day)
        transaction.set_rollback(True)
