from django.utils import timezone

from hiring.models import Sheet
from hiring.queries.sheet_notices import SHEET_ASKED
from people.commands import tell
from people.queries import news
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_candidate,
    make_home_task,
    make_sheet,
    make_vacancy,
)


def told(user):
    return [item.sentence for day in news(user) for item in day.news]


def ask(user, sheet):
    tell(user=user, kind=SHEET_ASKED, target=sheet, cause=f"sheet:{sheet.pk}")


def test_the_bell_names_the_round_and_nobody(cast):
    candidacy = make_candidacy(make_vacancy(), make_candidate("Olga Planted"))
    ask(cast.ivan, make_sheet(candidacy, cast.ivan))
    task = make_home_task(candidacy, state="submitted")
    ask(cast.ivan, make_sheet(candidacy, cast.ivan, kind="task", home_task=task))
    words = " ".join(told(cast.ivan))
    assert "structured interview" in words and task.code in words and "Planted" not in words


def test_after_the_window_the_bell_is_silent(cast):
    sheet = make_sheet(make_candidacy(make_vacancy()), cast.ivan)
    ask(cast.ivan, sheet)
    Sheet.objects.update(held_at=timezone.now() - 20 * DAY)
    assert told(cast.ivan) == []
