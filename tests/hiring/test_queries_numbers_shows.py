import datetime as dt

import pytest
from django.utils import timezone

from hiring.choices import SeatState
from hiring.models import Seat
from hiring.queries.numbers.shows import NOTICE, shows
from tests.cast import make_cast
from tests.recruiting import make_candidacy, make_seat, make_session, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    make_cast()
    return make_session(make_vacancy(), starts_at=timezone.now() - dt.timedelta(days=1))


def seat(session, state, *, hours=None, confirmed=False, source="other"):
    row = make_candidacy(session.vacancy, stage="session", source=source)
    booked = session.starts_at - dt.timedelta(hours=hours) if hours is not None else None
    stamp = session.starts_at if confirmed else None
    return make_seat(session, row, state=state, booked_at=booked, confirmed_at=stamp)


def test_late_is_there_and_open_seats_do_not_count(session):
    for state in (SeatState.CAME, SeatState.LATE, SeatState.NO_SHOW, SeatState.BOOKED,
                  SeatState.DECLINED):  # fmt: skip
        seat(session, state)
    found = shows(Seat.objects.all()).all
    assert (found.hits, found.cases) == (2, 3)


@pytest.mark.parametrize(
    ("hours", "key"),
    [(23, "short"), (24, "good"), (72, "good"), (73, "long"), (None, "unknown")],
)
def test_notice_is_sorted_at_its_borders(session, hours, key):
    seat(session, SeatState.CAME, hours=hours)
    (row,) = shows(Seat.objects.all()).by_notice
    assert row.label == NOTICE[key]


def test_by_confirmation_and_source(session):
    seat(session, SeatState.CAME, confirmed=True, source="form")
    seat(session, SeatState.NO_SHOW, source="form")
    found = shows(Seat.objects.all())
    assert [(row.rate.hits, row.rate.cases) for row in found.by_assent] == [(1, 1), (0, 1)]
    assert [(str(row.label), row.rate.cases) for row in found.by_source] == [("public form", 2)]
    assert len(found.groups) == 3


def test_nobody_yet(session):
    found = shows(Seat.objects.all())
    assert found.all.share is None
    assert found.groups == []
