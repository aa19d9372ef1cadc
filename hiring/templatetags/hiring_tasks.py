"""What graders read of an answer: words of files, never their names, which may tell the author."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def answer_files(task) -> list[dict]:
    """Files of a HomeTask as numbered texts."""
    return [
        {"label": _("File %(n)s") % {"n": number}, "text": file.text}
        for number, file in enumerate(task.files.order_by("pk"), start=1)
    ]
