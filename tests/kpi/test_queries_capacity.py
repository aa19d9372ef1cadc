import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AccountScore, KeySpan, ManagerDay
from hiring.models import Need, Probation
from kpi.queries.capacity import outlook as query
from kpi.queries.capacity.moving import moved
from kpi.queries.capacity.people import by_team, manager_rows, totals
from people.models import Absence, Departure, Employment
from tests.accounts.test_queries_load import filled
from tests.cast import LONG_AGO, make_account
from tests.hiring.test_models_need import FIELDS
from tests.recruiting import make_vacancy

TODAY = timezone.localdate()
DAY = dt.date(2026, 5, 20)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def span(since: dt.date, until: dt.date | None = None) -> KeySpan:
    return KeySpan.objects.create(
        account=make_account(), valid_from=since, valid_to=until, reason="cut", rule_version="1"
    )


# People


def test_the_heaviest_comes_first_and_the_totals_add_up(cast):
    filled(cast.karl, "A", 8)
    filled(cast.kim, "A", 16, key=True)
    rows = manager_rows(cast.dora, DAY)
    assert [row.user.name for row in rows] == ["Kim", "Karl", "Lena"]
    whole = totals(rows)
    assert (whole.hours, whole.capacity, whole.key, whole.regular) == (108, 360, 1, 1)
    assert [name for name, _totals in by_team(rows)] == ["North", "South"]
    assert sum(team.hours for _name, team in by_team(rows)) == whole.hours


def test_a_director_who_holds_an_account_is_among_them(cast):
    filled(cast.dora, "A", 1)
    assert "Dora" in [row.user.name for row in manager_rows(cast.dora, DAY)]


def test_the_trend_is_of_the_nights(cast):
    for n in range(9):
        ManagerDay.objects.create(
            user=cast.karl, day=DAY - days(n), hours=60, capacity=120, key=0, regular=0,
            relationships=0, rule_version="load-2",
        )  # fmt: skip
    row = next(one for one in manager_rows(cast.dora, DAY) if one.user == cast.karl)
    assert row.trend == [0.5, 0.5, 0.5] and not row.is_running_over


# What if


def test_a_move_needs_an_account_that_the_giver_has(cast):
    account, other = filled(cast.karl, "A", 2), filled(cast.kim, "A", 2)
    rows = manager_rows(cast.dora, DAY)

    def move(giver, chosen, taker):
        return moved(rows, cast.dora, giver=giver.pk, account_id=chosen.pk, taker=taker.pk, day=DAY)

    found = move(cast.karl, account, cast.kim)
    assert found.sides[0].after.load.hours == 0
    assert found.sides[1].after.load.hours == 14 + 18
    assert move(cast.karl, other, cast.kim) is None
    assert move(cast.karl, account, cast.karl) is None
    assert move(cast.karl, account, cast.sam) is None


# What is ahead


def test_history_counts_who_became_key_and_who_ceased_to_be(db):
    start = DAY - days(365)
    span(start)  # of the first computed day: did not become key then
    span(start, DAY - days(100))
    span(DAY - days(200))
    span(DAY - days(50), DAY - days(20))
    new, lost = query.key_history(DAY)
    assert (new.events, lost.events) == (2, 2)
    assert new.months == pytest.approx(365 / query.MONTH)
    assert lost.months == pytest.approx((365 + 265 + 200 + 30) / query.MONTH)


def test_without_history_nothing_is_counted(db):
    assert query.key_history(DAY)[0].months == 0
    span(DAY)
    assert query.key_history(DAY)[0].months == 0


def test_key_accounts_are_those_of_the_last_night(cast):
    filled(cast.karl, "A", 1, key=True)
    child = filled(cast.karl, "A", 1, key=True)
    AccountScore.objects.filter(account=child).update(counts_with=make_account())
    filled(cast.karl, "A", 1, key=True, status="closed")
    assert query.key_accounts_now() == 1


def test_departures_are_counted_over_the_months_that_managers_were_there(cast):
    for user in (cast.karl, cast.kim, cast.lena):
        user.created_at = timezone.now() - days(100)
        user.save(update_fields=["created_at"])
    Departure.objects.create(user=cast.karl, kind="resigned", last_day=TODAY - days(10))
    cast.karl.is_active = False
    cast.karl.save(update_fields=["is_active"])
    pace = query.departures(TODAY)
    assert pace.events == 1
    assert pace.months == pytest.approx((100 + 100 + 90) / query.MONTH, abs=0.1)


def test_presence_is_known_since_absences_are_written_down(cast):
    assert query.presence([cast.karl.pk], DAY) == pytest.approx(0.9, abs=0.001)
    Absence.objects.create(
        user=cast.karl, kind="holiday", valid_from=DAY - days(100), valid_to=DAY - days(50)
    )
    assert query.presence([cast.karl.pk], DAY) < 0.85


def test_more_key_accounts_than_managers_can_hold_leave_a_gap(cast):
    for owner in (cast.karl, cast.kim, cast.lena) * 3:
        filled(owner, "A", 8, key=True)
    rows = manager_rows(cast.dora, TODAY)
    found = query.outlook(cast.dora, rows, TODAY)
    assert [one.months for one in found.ahead] == [3, 6, 12]
    assert found.basis.key == 9 and found.basis.is_thin
    assert found.basis.work.hours_of_key == 38
    assert all(one.gap.middle >= 1 and one.answers[0].hires > 0 for one in found.ahead)
    assert found.is_short and found.answer(6, 90) and found.answer(7, 90) is None


def test_newcomers_count_once_their_trial_is_decided_and_leavers_no_more(cast):
    Employment.objects.create(user=cast.kim, on_probation=True, valid_from=LONG_AGO)
    Probation.objects.create(
        user=cast.kim, state="running", grade=2, starts_on=TODAY - days(10),
        ends_on=TODAY + days(120), country="DE",
    )  # fmt: skip
    Departure.objects.create(user=cast.lena, kind="resigned", last_day=TODAY + days(20))
    found = query.outlook(cast.dora, manager_rows(cast.dora, TODAY), TODAY)
    basis = found.basis
    assert (basis.established, basis.on_probation, basis.leaving) == (2, 1, 1)
    near, middle, _far = (one.managers.mean for one in found.ahead)
    assert near < 1 < middle


def test_the_vacancy_under_way_is_linked(cast):
    need = Need.objects.create(vacancy=make_vacancy(recruiter=cast.rita), **FIELDS)
    found = query.outlook(cast.dora, manager_rows(cast.dora, TODAY), TODAY)
    assert found.under_way == need
    assert found.reckoning(found.ahead[0])["basis"]["key"] == 0
