"""Who is away, as an iCalendar file: whole days, neutral titles, rights of the moment."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.queries.absences import MOST, known
from people.models import Absence, User, company_day

MIME = "text/calendar"
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
BACK = dt.timedelta(days=31)


def ics(reader: User) -> str:
    """RFC 5545: DTEND is the first day back; a changed absence keeps its UID."""
    rows = Absence.objects.live().filter(known(reader), valid_to__gt=company_day() - BACK)
    stamp = f"{timezone.now().astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//KAM Hub//absences//EN"]
    for row in rows.select_related("user").order_by("valid_from", "pk")[:MOST]:
        title = _("Away: %(name)s") % {"name": row.user}
        lines += [
            "BEGIN:VEVENT", f"UID:absence-{row.pk}@kamhub", f"DTSTAMP:{stamp}",
            f"SEQUENCE:{row.version}", f"DTSTART;VALUE=DATE:{row.valid_from:%Y%m%d}",
            f"DTEND;VALUE=DATE:{row.valid_to:%Y%m%d}", f"SUMMARY:{title.translate(ESCAPED)}",
            "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    parts = [part for line in [*lines, "END:VCALENDAR"] for part in _folded(line)]
    return "\r\n".join(parts) + "\r\n"


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets, the following ones begun with a space."""
    parts, part, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 75:
            parts.append(part)
            part, size = " ", 1
        part, size = part + letter, size + width
    return [*parts, part]
