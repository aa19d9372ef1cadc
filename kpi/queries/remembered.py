"""What a page makes of the whole history, kept until the next night: nothing changes it before."""

import hashlib
from collections.abc import Callable

from django.core.cache import cache
from django.db.models import Exists

from accounts.models import DirtyAccount, Scoring

LONGEST = 26 * 3600  # seconds: a night comes every day


def remembered(name: str, make: Callable[[], dict], *parts: object) -> dict:
    """What `make` says, JSON only; asked again after a night, while facts wait for one, and for
    other `parts`: everything that it depends on besides the facts. One query."""
    return remembered_since(_stamp(), name, make, *parts)


def remembered_since(
    stamp: str | None, name: str, make: Callable[[], dict], *parts: object
) -> dict:
    """The same as long as `stamp` is the same; None: it may change at any time."""
    if stamp is None:
        return make()
    said = "|".join(map(str, (stamp, *parts)))
    key = f"figures:{name}:{hashlib.sha256(said.encode()).hexdigest()[:32]}"
    found = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, LONGEST)
    return found


def _stamp() -> str | None:
    """Which night the figures are of; None where they may change before the next one."""
    rows = Scoring.objects.filter(pk=1, whole=True).exclude(finished_at=None)
    waiting = Exists(DirtyAccount.objects.all())
    found = rows.annotate(waiting=waiting).values_list("as_of", "finished_at", "waiting").first()
    if found is None or found[2]:
        return None
    return f"{found[0]} {found[1].isoformat()}"
