"""Keeps where the health of every account stood, for the warning of a fast fall."""

import datetime as dt

from common import dbops
from kpi.models import KeptCourse
from kpi.queries.health import course
from kpi.queries.health.course import Slope

LOCK = "health"  # nobody else writes the history meanwhile


def falls(*, day: dt.date) -> dict[int, Slope]:
    """Who fell fast until `day`; what was read is kept for the next night."""
    with dbops.exclusive(LOCK) as free:
        kept = KeptCourse.objects.filter(version=course.FORMAT, day__lte=day).first()
        if kept is None:
            found = course.course(day)
        else:
            found = course.slid(course.unpacked(bytes(kept.packed)), kept.day, day)
        if free:
            row = {"day": day, "version": course.FORMAT, "packed": course.packed(found)}
            KeptCourse.objects.update_or_create(pk=1, defaults=row)
    return course.falls(found, day)


def forget_course(*, after: dt.date) -> None:
    """To be called before the history is written or cut at a day that lies before the kept one."""
    KeptCourse.objects.filter(day__gt=after).delete()
