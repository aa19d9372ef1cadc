"""Remind people of their session: three days, a day, three hours before, or as the settings say."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from hiring.choices import CandidacyState
from hiring.commands import seat_letters
from hiring.models import HiringSettings, Seat, Session
from hiring.models.session import HOLDING, OPEN
from hiring.rules.reminders import due_reminder

# Ending a candidacy can be taken back for a while; so long the place is kept.
UNDOABLE = dt.timedelta(minutes=10)


def seats_to_remind(now: dt.datetime) -> list[tuple[int, int]]:
    """(seat, hours before) of every reminder that is due and has not been written."""
    hours = HiringSettings.current().remind_hours
    if not hours:
        return []
    soon = Session.objects.coming(now).filter(starts_at__lte=now + dt.timedelta(hours=max(hours)))
    rows = Seat.objects.filter(
        session__in=soon.values("pk"), state__in=HOLDING, candidacy__state=CandidacyState.ACTIVE
    )
    found = []
    for pk, booked, reminded, starts in rows.values_list(
        "pk", "booked_at", "reminded_at", "session__starts_at"
    ):
        due = due_reminder(starts, hours, now=now, booked=booked, reminded=reminded)
        if due is not None:
            found.append((pk, due))
    return found


def ended_with_seats(now: dt.datetime) -> list[int]:
    """Candidacies that ended long enough ago to be no slip, with places at sessions to come."""
    rows = Seat.objects.filter(
        state__in=OPEN, session__in=Session.objects.coming(now).values("pk"),
        candidacy__ended_at__lt=now - UNDOABLE,
    ).exclude(candidacy__state=CandidacyState.ACTIVE)  # fmt: skip
    return sorted(set(rows.values_list("candidacy", flat=True)))


@transaction.atomic
def remind_seat(*, seat_id: int, hours: int, now: dt.datetime | None = None) -> bool:
    """Write one reminder; of two workers one does. False when there is nothing to remind of."""
    now = now or timezone.now()
    seat = Seat.objects.select_related("session", "candidacy__candidate").get(pk=seat_id)
    due = due_reminder(
        seat.session.starts_at, [hours], now=now, booked=seat.booked_at, reminded=seat.reminded_at
    )
    if due is None or seat.candidacy.candidate is None:
        return False
    mine = Seat.objects.filter(pk=seat_id, state__in=HOLDING, reminded_at=seat.reminded_at)
    if not mine.update(reminded_at=now):
        return False
    seat_letters.remind(seat, session=seat.session, hours=hours)
    return True
