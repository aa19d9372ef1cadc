"""Data for search engines: a block that browsers do not run, so the content policy lets it be."""

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def linked_data(value: dict) -> SafeString:
    """`value` as application/ld+json, with <, > and & escaped as json_script does."""
    script = json_script(value, encoder=DjangoJSONEncoder)
    return mark_safe(script.replace("application/json", "application/ld+json", 1))  # noqa: S308
