"""What a new session begins with: the vacancy's place and the company's own figures."""

from django.utils import timezone

from hiring.choices import SessionKind
from hiring.models import HiringSettings, Vacancy

FIELDS = (
    "kind", "title", "starts_at", "ends_at", "time_zone", "seats", "minimum", "limit", "closes_at",
    "place", "video_link", "cost_empty", "cost_over", "spare", "too_many_percent",
)  # fmt: skip


def defaults(vacancy: Vacancy, fields: dict) -> dict:
    """All figures of a session; TypeError for fields it does not have."""
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not fields of a session: {sorted(unknown)}")
    own = HiringSettings.current()
    found = {
        "kind": SessionKind.GROUP,
        "seats": own.seats,
        "cost_empty": own.cost_empty,
        "cost_over": own.cost_over,
        "time_zone": vacancy.time_zone or timezone.get_default_timezone_name(),
    }
    found |= {name: value for name, value in fields.items() if value is not None}
    found.setdefault("minimum", min(found["seats"], max(3, found["seats"] // 2)))
    found.setdefault("spare", 2)
    found.setdefault("limit", found["seats"] + found["spare"])
    return found
