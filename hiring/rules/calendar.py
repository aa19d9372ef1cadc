"""The text of a calendar file by RFC 5545: CRLF, lines of at most 75 octets, escaped words, UTC."""

import datetime as dt
from dataclasses import dataclass

OCTETS = 75
PRODUCT = "-//KAM Hub//Hiring//EN"


@dataclass(frozen=True)
class Entry:
    uid: str
    sequence: int
    stamp: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str = ""
    link: str = ""
    organizer: str = ""
    is_cancelled: bool = False
    alarm: dt.timedelta | None = None


def calendar(entry: Entry) -> str:
    method = "CANCEL" if entry.is_cancelled else "PUBLISH"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{moment(entry.stamp)}",
        f"DTSTART:{moment(entry.starts_at)}",
        f"DTEND:{moment(entry.ends_at)}",
        f"SUMMARY:{escaped(entry.title)}",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
    ]
    if entry.place:
        lines.append(f"LOCATION:{escaped(entry.place)}")
    if entry.organizer:
        lines.append(f"ORGANIZER:mailto:{entry.organizer}")
    if entry.link:
        lines.append(f"URL:{entry.link}")
    if entry.alarm and not entry.is_cancelled:
        lines += [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{escaped(entry.title)}",
            f"TRIGGER:-PT{int(entry.alarm.total_seconds() // 60)}M",
            "END:VALARM",
        ]
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def moment(value: dt.datetime) -> str:
    """In UTC: every calendar turns it into its owner's own time."""
    return value.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """
    >>> print(escaped("Room 4; floor 2, left\\nRing"))
    Room 4\\; floor 2\\, left\\nRing
    """
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """Continuation lines begin with a space; no character is cut in the middle of its octets."""
    parts, room = [""], OCTETS
    size = 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > room:
            parts.append("")
            size, room = 0, OCTETS - 1
        parts[-1] += sign
        size += octets
    return "\r\n ".join(parts)
