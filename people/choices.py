from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    DIRECTOR = "director", _("sales director")
    KAM = "kam", _("key account manager")
    ASSISTANT = "assistant", _("assistant")
    RECRUITER = "recruiter", _("recruiter")
    INTERVIEWER = "interviewer", _("interviewer")
    ADMINISTRATOR = "administrator", _("administrator")


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
