"""Sessions in the database, each with its person, device and times in columns of their own."""

import datetime as dt
import time

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from people import rules
from people.models import Session

STARTED, SEEN, DEVICE = "signed_in_at", "seen_at", "device"


def _moment(seconds: float | None) -> dt.datetime | None:
    return None if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data: dict) -> Session:
        row = super().create_model_instance(data)
        user_id = data.get("_auth_user_id")
        row.user_id = int(user_id) if user_id else None
        row.device = data.get(DEVICE, "")[:80]
        row.started_at = _moment(data.get(STARTED))
        row.seen_at = _moment(data.get(SEEN))
        return row


def begin(request) -> None:
    """Note when and where this session began; called once after sign-in."""
    now = time.time()
    request.session[STARTED] = request.session[SEEN] = now
    request.session[DEVICE] = rules.device_name(request.headers.get("User-Agent", ""))
