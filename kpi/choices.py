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
