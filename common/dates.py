"""Days and intervals. An interval is half-open: valid_from <= day < valid_to."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def year_before(day: dt.date) -> dt.date:
    """The same day a year earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def month_end(day: dt.date) -> dt.date:
    """The last day of the month that holds `day`."""
    first_of_next = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    return first_of_next - dt.timedelta(days=1)


def is_month_end(day: dt.date) -> bool:
    return (day + dt.timedelta(days=1)).day == 1


class SpanQuerySet(models.QuerySet):
    """Rows with valid_from and valid_to."""

    def on(self, day: dt.date):
        return self.filter(on(day))

    def open_ended(self):
        return self.filter(valid_to=None)


def on(day: dt.date, prefix: str = "") -> Q:
    """In force on `day`; `prefix` reaches through a relation ("assignments__")."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to": None}) | Q(**{f"{prefix}valid_to__gt": day})
    )


class Span(models.Model):
    """A dated interval, open while valid_to is empty."""

    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        abstract = True

    @staticmethod
    def forward() -> models.CheckConstraint:
        """The constraint every span carries in its Meta."""
        return models.CheckConstraint(
            condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            name="%(app_label)s_%(class)s_forward",
            violation_error_message=_("The end must lie after the beginning."),
        )
