"""Who stands in follows the absence: longer, shorter, earlier, called off, come back."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.commands import absence as commands
from accounts.commands import cover as covers
from accounts.models import Account, Assignment, Cover
from common.errors import RuleBroken
from people.models import Absence, Employment, Notification
from tests.care import in_days, make_absence, make_employment, make_key, make_key_account
from tests.cast import LONG_AGO, make_account, make_cast

pytestmark = pytest.mark.django_db
DEEDS = ["cancel", "restore", "ask", "agree", "decline", "tend"]


def days_of(user, account, first=-10, last=40) -> set[int]:
    rows = list(Assignment.objects.filter(account=account, user=user, role="deputy"))
    return {
        day for day in range(first, last)
        if any(r.valid_from <= in_days(day) < r.valid_to for r in rows)
    }  # fmt: skip


def covered(cast, absence, account) -> Cover:
    row = covers.propose_cover(
        actor=cast.karl, absence_id=absence.pk, chosen={account.pk: cast.kim.pk}
    )[0]
    return covers.agree_cover(actor=cast.kim, cover_id=row.pk)


def change(cast, absence, start, to):
    return commands.change_absence(
        actor=cast.karl, absence_id=absence.pk, start=in_days(start), to=in_days(to), kind="holiday"
    )


@pytest.mark.parametrize(
    ("was", "becomes", "days"),
    [
        ((3, 10), (3, 15), range(3, 15)),  # longer
        ((3, 10), (3, 6), range(3, 6)),  # shorter
        ((3, 10), (5, 12), range(5, 12)),  # later
        ((5, 10), (2, 8), range(2, 8)),  # earlier
        ((3, 10), (20, 25), range(20, 25)),  # elsewhere
        ((-2, 10), (-2, 15), range(15)),  # longer while it runs; agreed today
        ((-2, 10), (-2, 4), range(4)),  # shorter while it runs
    ],
)
def test_rights_become_longer_and_shorter_with_it(cast, was, becomes, days):
    account, absence = make_account(owner=cast.karl), make_absence(cast.karl, *was)
    covered(cast, absence, account)
    change(cast, absence, *becomes)
    assert days_of(cast.kim, account) == set(days)
    before = list(Assignment.objects.values())
    commands.follow_absence(Absence.objects.get(pk=absence.pk), actor=None)
    assert list(Assignment.objects.values()) == before


def test_back_today_the_rights_end_at_once_and_it_is_handed_back(cast):
    account, absence = make_account(owner=cast.karl), make_absence(cast.karl, -2, 10)
    row = covered(cast, absence, account)
    change(cast, absence, -2, 0)
    row.refresh_from_db()
    assert row.state == "ended" and not days_of(cast.kim, account)


def test_called_off_and_restored_everybody_is_where_they_were(cast):
    account, absence = make_account(owner=cast.karl), make_absence(cast.karl, 3, 10)
    row = covered(cast, absence, account)
    commands.cancel_absence(actor=cast.karl, absence_id=absence.pk)
    row.refresh_from_db()
    assert row.state == "cancelled" and not days_of(cast.kim, account)
    commands.restore_absence(actor=cast.karl, absence_id=absence.pk)
    row.refresh_from_db()
    assert row.state == "agreed" and days_of(cast.kim, account) == set(range(3, 10))


def test_an_account_that_became_anothers_is_not_stood_in_for_any_more(cast):
    account, absence = make_account(owner=cast.karl), make_absence(cast.karl, 3, 10)
    row = covered(cast, absence, account)
    Assignment.objects.filter(account=account, role="owner").update(user=cast.lena)
    assert commands.tend_covers(day=in_days(0)) == 1
    row.refresh_from_db()
    assert row.state == "cancelled" and not days_of(cast.kim, account)


def test_who_may_no_longer_is_out_when_it_becomes_longer_and_it_is_told(cast):
    account, absence = make_account(owner=cast.karl), make_absence(cast.karl, 3, 10)
    row = covered(cast, absence, account)
    make_key(account)  # and Kim has no grade
    change(cast, absence, 3, 20)
    row.refresh_from_db()
    assert row.state == "cancelled" and not days_of(cast.kim, account)
    assert Notification.objects.filter(user=cast.karl, kind="cover_lost").exists()


def test_a_holiday_next_week_without_somebody_for_a_key_account_is_told_once_a_week(cast):
    account, absence = make_key_account(owner=cast.karl), make_absence(cast.karl, 5, 12)
    for _time in (1, 2):
        commands.tend_covers(day=in_days(0))
    missing = Notification.objects.filter(kind="cover_missing")
    assert set(missing.values_list("user__name", flat=True)) == {"Karl", "Lena", "Dora"}
    assert missing.count() == 3
    make_employment(cast.kim)
    covered(cast, absence, account)
    assert commands.uncovered_keys(absence) == []


def test_a_standing_deputy_is_somebody(cast):
    account, absence = make_key_account(owner=cast.karl), make_absence(cast.karl, 5, 12)
    assert commands.uncovered_keys(absence) == [account]
    Assignment.objects.create(account=account, user=cast.kim, role="deputy", valid_from=LONG_AGO)
    assert commands.uncovered_keys(absence) == []


class Sequences(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(
        steps=st.lists(
            st.one_of(
                st.tuples(st.just("change"), st.integers(0, 8), st.integers(1, 12)),
                st.tuples(
                    st.sampled_from(["cancel", "restore", "ask", "agree", "decline", "tend"])
                ),
                st.tuples(st.just("probation"), st.booleans()),
            ),
            max_size=12,
        )
    )
    def test_rights_are_never_more_than_the_agreed_days(self, steps):
        """Whatever is done in whatever order: a deputy's days are those of an agreed cover."""
        cast = make_cast()
        account = make_key_account(owner=cast.karl)
        employment = make_employment(cast.kim)
        absence = make_absence(cast.karl, 2, 9)
        for step in steps:
            with contextlib.suppress(RuleBroken, Cover.DoesNotExist):
                _do(cast, account, absence, employment, *step)
            absence.refresh_from_db()
            live = Cover.objects.filter(absence=absence, state="agreed").first()
            days = days_of(cast.kim, account)
            expected = set()
            if live and absence.cancelled_at is None:
                away = range((absence.valid_to - absence.valid_from).days)
                begin = (absence.valid_from - in_days(0)).days
                expected = {begin + n for n in away if begin + n >= 0}
            assert days == expected, (step, steps)
            assert account.assignments.owners().today().get().user == cast.karl


def _do(cast, account: Account, absence: Absence, employment: Employment, what: str, *values):
    if what == "change":
        change(cast, absence, values[0], values[0] + values[1])
    elif what == "cancel":
        commands.cancel_absence(actor=cast.karl, absence_id=absence.pk)
    elif what == "restore":
        commands.restore_absence(actor=cast.karl, absence_id=absence.pk)
    elif what == "ask":
        covers.propose_cover(
            actor=cast.karl, absence_id=absence.pk, chosen={account.pk: cast.kim.pk}
        )
    elif what == "agree":
        covers.agree_covers(actor=cast.kim, absence_id=absence.pk)
    elif what == "decline":
        row = Cover.objects.filter(substitute=cast.kim, state__in=("proposed", "agreed")).first()
        covers.decline_cover(actor=cast.kim, cover_id=row.pk if row else 0)
    elif what == "tend":
        commands.tend_covers(day=in_days(0))
    else:
        Employment.objects.filter(pk=employment.pk).update(on_probation=values[0])
