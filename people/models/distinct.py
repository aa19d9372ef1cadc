from collections.abc import Collection

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from people.models.user import User


class DistinctQuerySet(models.QuerySet):
    def of(self, kind: type[models.Model]):
        return self.filter(kind=kind._meta.label_lower)

    def between(self, one: models.Model, other: models.Model):
        low, high = sorted((one.pk, other.pk))
        return self.of(type(one)).filter(low=low, high=high)

    def about(self, rows: Collection[models.Model]):
        """Pairs of which one is among `rows`, all of one kind."""
        ids = [row.pk for row in rows]
        return self.filter(Q(low__in=ids) | Q(high__in=ids))

    def pairs(self) -> set[tuple[int, int]]:
        """(lower, higher) numbers of the records."""
        return set(self.values_list("low", "high"))


class Distinct(models.Model):
    """Two records that look alike and are not one: somebody looked and said so."""

    kind = models.CharField(max_length=60)
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DistinctQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "low", "high"], name="distinct_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="distinct_two"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.low} is not {self.high}"
