from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    DIRECTOR = "director", _("sales director")
    KAM = "kam", _("key account manager")
    ASSISTANT = "assistant", _("assistant")
    RECRUITER = "recruiter", _("recruiter")
    INTERVIEWER = "interviewer", _("interviewer")
    ADMINISTRATOR = "administrator", _("administrator")


class Grade(models.IntegerChoices):
    TRAINED = 1, _("1: a strong salesperson to be trained")
    PRACTISED = 2, _("2: builds individual offers")
    MASTER = 3, _("3: mastery proved in numbers")


class AbsenceKind(models.TextChoices):
    HOLIDAY = "holiday", _("holiday")
    TRIP = "trip", _("business trip")
    ILLNESS = "illness", _("illness")
    PARENTAL = "parental", _("parental leave")
    OTHER = "other", pgettext_lazy("absence", "other")


class DepartureKind(models.TextChoices):
    RESIGNED = "resigned", _("resigned")
    DISMISSED = "dismissed", _("dismissed")
    MOVED = "moved", _("moves to other work in the company")
    OTHER = "other", pgettext_lazy("departure", "other")


class Density(models.TextChoices):
    COMFORTABLE = "comfortable", _("comfortable")
    COMPACT = "compact", _("compact")


class Scheme(models.TextChoices):
    AUTO = "auto", _("as the system")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")


class Digest(models.TextChoices):
    """How often the bell's news come by mail."""

    NEVER = "never", _("never")
    DAILY = "daily", _("every morning")
    WEEKLY = "weekly", _("on Mondays")
