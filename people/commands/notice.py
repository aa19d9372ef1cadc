"""News for somebody: written once per cause, shown and mailed by what the reader may see then."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model, Q
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


def claim_digest(*, user_id: int, day: dt.date) -> dt.date | None | bool:
    """Take the digest of this day: one caller only; the day of the last one, False if taken."""
    before = User.objects.filter(pk=user_id).values_list("digest_on", flat=True).first()
    free = Q(digest_on=None) | Q(digest_on__lt=day)
    taken = User.objects.active().filter(free, pk=user_id).update(digest_on=day)
    return before if taken else False


def give_digest_back(*, user_id: int, day: dt.date, before: dt.date | None) -> None:
    """The letter did not leave; another try may send it."""
    User.objects.filter(pk=user_id, digest_on=day).update(digest_on=before)


def note_mailed(*, user: User, ids: Iterable[int]) -> None:
    rows = Notification.objects.filter(user=user, pk__in=list(ids))
    rows.update(mailed_at=timezone.now())


def forget_old_news(*, before: dt.datetime) -> int:
    """Notifications older than this go; what they told of stays where it is."""
    return Notification.objects.filter(at__lt=before).delete()[0]
