from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.choices import Role


def default_second_factor_roles() -> list[str]:
    return [Role.DIRECTOR, Role.RECRUITER, Role.ADMINISTRATOR]


class Company(models.Model):
    """The one company this installation serves."""

    name = models.CharField(_("company"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    language = models.CharField(_("language"), max_length=5, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    night_hour = models.PositiveSmallIntegerField(_("hour of the night's work"), default=2)
    second_factor_roles = models.JSONField(
        _("roles that need a second factor"), default=default_second_factor_roles, blank=True
    )
    set_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="people_company_is_one"),
            models.CheckConstraint(condition=Q(night_hour__lt=24), name="people_company_hour"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Company":
        """The company's row, or an unsaved one with defaults before set-up.

        An answer to a reader reads it once (`company_known`); everybody else anew each time.
        """
        return known_company.get() or cls.read()

    @classmethod
    def read(cls) -> "Company":
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def is_set_up(self) -> bool:
        return not self._state.adding


known_company: ContextVar[Company | None] = ContextVar("known_company", default=None)


@contextmanager
def company_known(company: Company | None = None) -> Iterator[None]:
    """While one reader is answered the company is read no more than once."""
    company = company or Company.read()
    token = known_company.set(company if company.is_set_up else None)
    try:
        yield
    finally:
        known_company.reset(token)


def company_zone() -> ZoneInfo:
    return ZoneInfo(Company.current().time_zone)


def company_day() -> date:
    """Today where the company is: rights, and who answers for what, turn at its midnight for
    everybody, wherever the reader is. What a person plans for themselves turns at their own."""
    return timezone.localdate(timezone=company_zone())


def company_midnight(day: date) -> datetime:
    """The moment `day` begins where the company is."""
    return datetime.combine(day, time.min, tzinfo=company_zone())
