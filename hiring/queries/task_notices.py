"""News about test tasks: one was handed in, or its graders are too far apart."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring.models import HomeTask
from people import notices
from people.models import User

HANDED_IN, THIRD_NEEDED = "task_handed_in", "task_third_needed"
GRADED_WORDS = gettext_lazy("Test task graded")


def _visible(user: User, ids: Collection[int]) -> dict[int, HomeTask]:
    return HomeTask.objects.visible_to(user).in_bulk(ids)


def _handed_in(task: HomeTask, data: dict) -> str:
    return _("A test task was handed in: %(code)s") % {"code": task.code}


def _third(task: HomeTask, data: dict) -> str:
    return _("Two graders differ by more than a point: %(code)s needs a third") % {
        "code": task.code
    }


def _url(task: HomeTask) -> str:
    return reverse("hiring:home_task_page", args=[task.pk])


notices.register(
    {
        HANDED_IN: notices.Kind("inbox", _visible, _handed_in, _url),
        THIRD_NEEDED: notices.Kind("people", _visible, _third, _url),
    }
)
