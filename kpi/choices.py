"""Enumerations of kpi."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanState(TextChoices):
    """Whether an adopted version is in force, or replaced, say its days."""

    DRAFT = "draft", pgettext_lazy("plan", "draft")
    ADOPTED = "adopted", pgettext_lazy("plan", "adopted")
    DISCARDED = "discarded", pgettext_lazy("plan", "discarded")


class PlanMeasure(TextChoices):
    SALES = "sales", _("sales")
    ACTIVE = "active", _("active customers")
    NEW = "new", _("new customers")
    WIDTH = "width", _("assortment width")


class Scope(TextChoices):
    """Whose figure a reading is; `key` of the reading says which one."""

    COMPANY = "company", _("Company")
    TEAM = "team", _("Team")
    MANAGER = "manager", _("Manager")
    SEGMENT = "segment", _("Segment")
    TIER = "tier", _("Tier")
    LINE = "line", _("Service line")


class Unit(TextChoices):
    SHARE = "share", _("share")
    MONEY = "money", _("money")
    COUNT = "count", _("count")


class Better(TextChoices):
    """Which way is better; NEITHER is shown and never judged."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")
    NEITHER = "neither", _("shown, not judged")
