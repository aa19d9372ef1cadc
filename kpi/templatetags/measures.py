"""The pages of measures as tabs: those that exist and that the reader may open."""

from functools import cache

from django import template
from django.urls import is_valid_path
from django.utils.translation import gettext as _

register = template.Library()


@cache
def _exists(path: str) -> bool:
    return is_valid_path(path)


@register.simple_tag
def measures_tabs(user, active: str) -> list[dict]:
    """Tabs for components/_tabs.html; `active` is the code of one of them."""
    sells = user.is_director or user.is_kam
    pages = [
        ("explorer", "/kpi/", _("All measures"), sells),
        ("mine", "/kpi/mine/", _("My figures"), user.is_kam),
        ("warnings", "/kpi/warnings/", _("Warnings"), sells),
        ("plans", "/kpi/plans/", _("Plans"), sells),
        ("managers", "/kpi/by-manager/", _("Managers"), sells or user.is_assistant),
        ("cohorts", "/kpi/cohorts/", _("Cohorts"), sells),
        ("losses", "/kpi/losses/", _("Losses"), sells),
        ("groups", "/kpi/groups/", _("Groups of customers"), sells),
        ("health", "/kpi/health/", _("Health"), user.is_director),
        ("forecast", "/kpi/forecast/", _("Forecast"), user.is_director),
    ]
    return [
        {"url": url, "label": label, "count": None, "is_current": code == active}
        for code, url, label, is_open in pages
        if is_open and _exists(url)
    ]
