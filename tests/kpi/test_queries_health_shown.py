"""What lists show after a night: the score, or what is set over it, whatever stood there."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Account, ShownHealth
from kpi.commands.health import refresh_health
from kpi.models import HealthOverride
from kpi.queries.health import of
from people.choices import Role
from tests.cast import make_account, make_user
from tests.kpi.health import DAY, day_before, health, make_whole

pytestmark = pytest.mark.django_db
points = st.one_of(st.none(), st.integers(0, 100))
# What is shown, with which confidence (None: nothing is), the account's state, and how it was set
# by hand: value, from and until so many days before DAY, and whether it was taken back.
by_hand = st.tuples(points.filter(lambda value: value is not None), st.integers(0, 3),
                    st.integers(-3, 2), st.booleans())  # fmt: skip
states = st.tuples(points, points, st.sampled_from(("active", "prospect", "closed")),
                   st.lists(by_hand, max_size=2), st.booleans())  # fmt: skip


def shown() -> dict:
    rows = ShownHealth.objects.values_list("account", "points", "confidence")
    return {pk: found for pk, *found in rows}


@given(st.lists(states, min_size=1, max_size=3))
def test_a_night_mends_whatever_lists_show(drawn):
    with transaction.atomic():
        user = make_user("Karl", Role.KAM)
        accounts = [make_account() for _state in drawn]
        for account, (value, confidence, status, given_by_hand, is_known) in zip(
            accounts, drawn, strict=True
        ):
            if is_known:
                make_whole(account, user)
            Account.objects.filter(pk=account.pk).update(status=status)
            if confidence is not None:
                ShownHealth.objects.create(account=account, points=value, confidence=confidence)
            for other, begun, ended, is_back in given_by_hand:
                HealthOverride.objects.create(
                    account=account, value=other, reason="Told", valid_from=day_before(begun + 3),
                    valid_to=day_before(ended), removed_at="2026-01-01T00:00Z" if is_back else None,
                )  # fmt: skip
        refresh_health(day=DAY)
        assert shown() == {pk: row for pk, row in map(wanted, accounts) if row}
        transaction.set_rollback(True)


def wanted(account: Account) -> tuple[int, list]:
    account.refresh_from_db()
    if account.status == "closed":
        return account.pk, []
    rows = HealthOverride.objects.standing().filter(account=account, valid_from__lte=DAY)
    newest = rows.filter(valid_to__gt=DAY).order_by("-id").first()
    computed = of([account.pk])[account.pk].computed
    points = None if computed is None else (computed + 5) // 10
    return account.pk, [newest.value if newest else points, health(account).confidence]


def test_what_was_set_over_a_merged_account_is_shown_at_its_survivor(cast, account):
    make_whole(account, cast.karl)
    gone = make_account()
    Account.objects.filter(pk=gone.pk).update(status="merged", merged_into=account)
    HealthOverride.objects.create(
        account=gone, value=7, reason="Told", valid_from=day_before(1), valid_to=day_before(-9)
    )
    refresh_health(day=DAY)
    assert ShownHealth.objects.get(account=account).points == 7
