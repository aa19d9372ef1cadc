"""The log of looks as a chain: a row holds a digest over the row before, so none can be changed.

Keyed: whoever can write to the database but has not our key cannot make another chain. Whom a look
was at stands in it as a seal alone, for the candidate's number goes when they are erased.
"""

import datetime as dt
import hmac
import json
from hashlib import sha256


def seal(key: bytes, candidate_id: int, at: dt.datetime) -> str:
    return _keyed(key, "seal", candidate_id, _moment(at))


def link(
    key: bytes, *, before: str, seal: str, actor_id: int | None, act: str, purpose: str,
    at: dt.datetime,
) -> str:  # fmt: skip
    """The digest of a row that follows the one whose digest is `before` ("" for the first)."""
    return _keyed(key, "link", before, seal, actor_id, act, purpose, _moment(at))


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _keyed(key: bytes, *parts: str | int | None) -> str:
    return hmac.new(key, json.dumps(parts).encode(), sha256).hexdigest()
