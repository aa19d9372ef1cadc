import pytest

from common.errors import RuleBroken
from hiring.commands import settings as commands
from hiring.models import HiringSettings
from people.models import Event

pytestmark = pytest.mark.django_db
SEEN = {"seats": "8", "remind_hours": [72, 24, 3]}


def save(actor, seen=SEEN, **values):
    return commands.set_hiring_settings(actor=actor, seen=seen, **values)


def test_figures_are_saved_and_recorded_once(cast):
    for _twice in range(2):
        save(cast.rita, seats=6, remind_hours=[24])
    row = HiringSettings.objects.get()
    assert (row.seats, row.remind_hours) == (6, [24])
    changes = Event.objects.get(verb="hiringsettings.changed").data["changes"]
    assert changes == {"seats": ["8", "6"], "remind_hours": [[72, 24, 3], [24]]}


def test_whoever_saves_second_is_told(cast):
    save(cast.rita, seats=6)
    with pytest.raises(commands.Conflict) as caught:
        save(cast.dora, seats=10)
    assert caught.value.settings.seats == 6


@pytest.mark.parametrize("name", ["karl", "anna", "ivan", "adam", "sam"])
def test_others_change_nothing(cast, name):
    with pytest.raises(RuleBroken):
        save(getattr(cast, name), seats=6)
    assert not HiringSettings.objects.exists()
