"""News for somebody: written once per cause, shown and mailed by what the reader may see then."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from people.models import Notification, User


@transaction.atomic
def tell(*, user: User, kind: str, target: Model, cause: str, **data) -> bool:
    """Whether it is new to them; who has left is told nothing. `data` is plain JSON, no names."""
    if not user.is_active:
        return False
    row = Notification(
        user=user, kind=kind, target_kind=target._meta.label_lower, target_id=target.pk,
        cause=cause[:120], data=data,
    )  # fmt: skip
    known = Notification.objects.filter(user=user, cause=row.cause).exists()
    Notification.objects.bulk_create([row], ignore_conflicts=True)
    return not known


@transaction.atomic
def read_news(*, user: User, ids: Iterable[int] | None = None) -> int:
    """Mark as read, these or (None) all; how many were unread."""
    rows = Notification.objects.filter(user=user).unread()
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return rows.update(read_at=timezone.now())


def forget_old_news(*, before: dt.datetime) -> int:
    """Notifications older than this go; what they told of stays where it is."""
    return Notification.objects.filter(at__lt=before).delete()[0]
