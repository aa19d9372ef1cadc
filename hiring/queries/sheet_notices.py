"""News about scorecards: somebody was asked for one."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from hiring.choices import SheetKind
from hiring.models import Sheet
from people import notices
from people.models import User

SHEET_ASKED = "sheet_asked"


def _own(user: User, ids: Collection[int]) -> dict[int, Sheet]:
    return Sheet.objects.within_window(user).select_related("home_task").in_bulk(ids)


def _asked(sheet: Sheet, data: dict) -> str:
    """Without the person's name: the bell is read over shoulders."""
    if sheet.kind == SheetKind.TASK and sheet.home_task:
        return _("A test task is yours to grade: %(code)s") % {"code": sheet.home_task.code}
    return _("You were asked for a scorecard: %(round)s") % {"round": sheet.get_kind_display()}


def _sheet_url(sheet: Sheet) -> str:
    return reverse("hiring:sheet_page", args=[sheet.pk])


notices.register({SHEET_ASKED: notices.Kind("clipboard-check", _own, _asked, _sheet_url)})
