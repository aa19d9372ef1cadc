from django import template

from common.i18n import pick
from hiring.models import Exercise

register = template.Library()


@register.filter
def exercise_name(exercise: Exercise) -> str:
    return pick(exercise.names) or exercise.get_kind_display()
