"""Words of hiring in the reader's language, for templates."""

from django import template
from django.utils.translation import gettext as _

from hiring.models import Competency, Session, Vacancy
from hiring.queries import sections
from hiring.queries.sessions import when

register = template.Library()


@register.filter
def anchors(competency: Competency) -> list[tuple[int, str]]:
    """(mark, what it looks like) from 1 to 5."""
    return [(mark, competency.anchor(mark)) for mark in range(1, 6)]


@register.inclusion_tag("hiring/_vacancy_tabs.html", takes_context=True)
def vacancy_tabs(context: dict, vacancy: Vacancy, current: str) -> dict:
    """The tabs of a vacancy on any page of it; `current` is the key of the page's own tab."""
    tabs = sections.vacancy_tabs(vacancy, context["request"].user, current)
    return {"tabs": tabs, "label": vacancy.title}


@register.inclusion_tag("hiring/_vacancy_tabs.html", takes_context=True)
def hiring_tabs(context: dict, current: str) -> dict:
    """The rooms of hiring above a page; `current` is the key of the page's own."""
    tabs = sections.section_tabs(context["request"].user, current)
    return {"tabs": tabs, "label": _("Rooms of hiring")}


@register.filter
def held(session: Session) -> str:
    """The day and the hours by the clock of the place."""
    return when(session)
