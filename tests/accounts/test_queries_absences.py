"""The list of absences and the weeks: who may know what, how far it is, bars over the days."""

import datetime as dt

import pytest

from accounts.models import Cover
from accounts.queries.absences import absence_for, absence_lines, calendar
from people.models import company_day
from tests.care import in_days, make_absence, make_employment, make_key_account
from tests.cast import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(cast):
    make_employment(cast.karl)
    return make_key_account("Key", owner=cast.karl), make_account("Plain", owner=cast.karl)


def only(reader, **look):
    (line,) = absence_lines(reader, **look)
    return line


def test_team_mates_know_the_days_and_near_ones_the_reason(cast, book):
    make_absence(cast.karl)
    near = {user.name: only(user).is_near for user in (cast.karl, cast.lena, cast.dora)}
    assert near == {"Karl": True, "Lena": True, "Dora": True}
    make_absence(cast.lena, 40, 50)
    assert [line.is_near for line in absence_lines(cast.karl)] == [True, False]
    assert absence_lines(cast.kim) == [] and absence_lines(cast.sam) == []


def test_what_is_open_is_counted_by_key_accounts(cast, book):
    absence = make_absence(cast.karl, 3, 9)
    assert only(cast.dora).open_keys == 1 and only(cast.dora).accounts == 2
    cover = Cover.objects.create(absence=absence, account=book[0], substitute=cast.lena)
    assert only(cast.dora).open_keys == 1 and only(cast.dora).asked == 1
    Cover.objects.filter(pk=cover.pk).update(state="agreed")
    line = only(cast.dora)
    assert (line.open_keys, line.agreed, line.asked, line.is_open) == (0, 1, 0, False)


def test_what_is_over_counts_what_was_handed_back_and_is_never_open(cast, book):
    absence = make_absence(cast.karl, -20, -10)
    Cover.objects.create(absence=absence, account=book[1], substitute=cast.lena, state="ended")
    line = only(cast.dora, past=True)
    assert (line.agreed, line.asked, line.is_open) == (1, 0, False)
    assert absence_lines(cast.dora) == []


def test_what_is_soon_and_open_comes_first(cast, book):
    make_absence(cast.kim, 1, 3)
    make_absence(cast.karl, 5, 9)
    assert [line.absence.user for line in absence_lines(cast.dora)] == [cast.karl, cast.kim]


def test_a_substitute_who_is_away_too_is_named(cast, book):
    absence = make_absence(cast.karl, 3, 9)
    Cover.objects.create(absence=absence, account=book[0], substitute=cast.kim)
    make_absence(cast.kim, 8, 12)
    assert absence_lines(cast.karl)[0].clashes == ["Kim"]


def test_bars_lie_over_the_days_away_week_by_week(cast, book):
    monday = company_day() + dt.timedelta(days=7 - company_day().weekday())
    start = (monday - company_day()).days
    make_absence(cast.karl, start + 2, start + 9)  # Wednesday to the next Tuesday
    weeks = calendar(cast.karl, start=monday, weeks=3)
    (row,) = weeks.rows
    bars = [
        [(bar.first, bar.last, bar.begins, bar.ends) for bar in cell.bars] for cell in row.cells
    ]
    assert bars == [[(3, 7, True, False)], [(1, 2, False, True)], []]
    assert not weeks.weeks[0].is_now and calendar(cast.karl).weeks[0].is_now


def test_the_page_is_for_the_near_ones_and_who_is_asked(cast, book):
    absence = make_absence(cast.lena)
    assert absence_for(cast.karl, absence.pk) is None
    cover = Cover.objects.create(absence=absence, account=book[0], substitute=cast.karl)
    assert absence_for(cast.karl, absence.pk) == (absence, False)
    Cover.objects.filter(pk=cover.pk).update(state="cancelled")
    assert absence_for(cast.karl, absence.pk) is None
    assert absence_for(cast.dora, absence.pk) == (absence, True)
    assert in_days(7) == absence.valid_from
