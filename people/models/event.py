from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from people.models.user import User


class EventQuerySet(models.QuerySet):
    def about(self, target):
        return self.filter(target_kind=target._meta.label_lower, target_id=target.pk)

    def visible_to(self, user):
        """Of the whole record: directors and administrators all, everybody else their own deeds.

        Administrators see no values (queries.event). The history of one object is read by whoever
        may open the object.
        """
        if not user.is_active:
            return self.none()
        return self if user.manages_people else self.filter(actor=user)

    def update(self, **fields):
        raise ValidationError("The record of who did what is never edited.")

    def delete(self):
        raise ValidationError("The record of who did what is never deleted.")

    def without_values(self) -> int:
        """Who did what and when stays; the values go with the person they were about."""
        return super().update(data={})


class Event(models.Model):
    """Who did what to which object, and when. Written by commands, never edited."""

    actor = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    verb = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_kind", "target_id", "-id"], name="event_target")]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.target_kind}:{self.target_id}"
