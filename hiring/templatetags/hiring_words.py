"""Words of hiring in the reader's language, for templates."""

from django import template

from hiring.models import Competency

register = template.Library()


@register.filter
def anchors(competency: Competency) -> list[tuple[int, str]]:
    """(mark, what it looks like) from 1 to 5."""
    return [(mark, competency.anchor(mark)) for mark in range(1, 6)]
